"""A newsroom syndication service: polls wire and portal feeds, merges copies, serves feeds."""

__version__ = "0.1.0"
