"""Keys for sources that have none yet, made of their titles."""

from __future__ import annotations

import re
from collections.abc import Container

from aggregator.text.tokens import fold

_LONGEST = 60


def key(title: str, taken: Container[str]) -> str:
    """A key that may stand in feeds.yaml, and is not taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:_LONGEST].strip("-") or "source"
    number, name = 1, slug
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    return name
