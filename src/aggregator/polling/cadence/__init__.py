"""When a source is asked again, and what is remembered of its last answer: pure, and explained."""

from aggregator.polling.cadence.settling import settle

__all__ = ["settle"]
