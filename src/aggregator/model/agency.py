"""A news agency: a house whose texts many outlets print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A house, and how texts name it.

    `key` is its name in feeds.yaml, `name` the one that readers see. `spellings` are the ways in
    which credits write it, case and accents aside; `bracketed` are words that mean it only where
    nothing else stands with them (`Dire` is an Italian verb). `languages` are those that it writes.
    """

    key: str
    name: str
    spellings: tuple[str, ...] = ()
    bracketed: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


class Form(StrEnum):
    """Where a credit stands, the surest first."""

    PROVIDER = "provider"  # a field of a wire format: credit line, source, provider
    DATELINE = "dateline"  # ROMA, 12 MAR (ANSA) -
    SIGN_OFF = "sign-off"  # (ANSA). at the end
    SOURCE_LINE = "source line"  # Fonte: Agi
    BYLINE = "byline"  # By Anna Rossi, PA
    AUTHOR = "author"  # the author field of a feed
    FEED = "feed"  # the field that names another feed: RSS <source>, atom:source
    SLUG = "slug"  # >>>ANSA/ before a title
    SUFFIX = "suffix"  # - Reuters behind a title
    OWN = "own"  # nothing says otherwise, and the source is a wire of this agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whose text an entry is: the agency's key and name, and the words that prove it.

    `words` are the entry's own, "" where it is the source that speaks. `confidence` is the share
    of such credits that are right, between 0 and 1.
    """

    agency: str
    name: str
    words: str
    form: Form
    confidence: float
