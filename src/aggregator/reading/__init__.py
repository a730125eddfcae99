"""Bytes in, a `Reading` out: parsing and normalising, pure, in any order."""

from aggregator.reading.files import read

__all__ = ["read"]
