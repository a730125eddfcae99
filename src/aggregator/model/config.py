"""A whole valid feeds.yaml, as values."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model.feed import FeedSpec, Service
from aggregator.model.matching import Matching
from aggregator.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that an operator configured; sources and feeds in the order of the file."""

    service: Service
    sources: tuple[Source, ...]
    feeds: tuple[FeedSpec, ...]
    matching: Matching = Matching()
