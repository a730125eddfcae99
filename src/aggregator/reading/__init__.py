"""Bytes in, a `Reading` out: parsing and normalising, pure, in any order."""
