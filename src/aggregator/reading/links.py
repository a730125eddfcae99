"""The addresses in a page that may be feeds: those that it announces, and those that look like one.

By pattern and not by a parser: only three tags matter, and pages of any size and state are read in
linear time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aggregator.text import urls

# Pages announce feeds in their heads, and name them in menus and feet; nobody has more.
_MOST = 20
_LONGEST_PAGE = 2_000_000
_TAG = re.compile(r"<(link|a|base)\s([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TYPES = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|(?:text|application)/xml", re.I
)
_LIKE_A_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|feeds?|atom)(?:[/._-]|$)|\.(?:rss|atom|rdf)$|feed\.json$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Absolute http(s) addresses, each once, in the page's order."""

    announced: tuple[str, ...]
    hinted: tuple[str, ...]


def feeds(page: str, url: str) -> Links:
    """What a page at `url` names. `announced` are its alternates, `hinted` its other links whose
    addresses look like a feed's."""
    tags = [
        (found[1].lower(), _attributes(found[2]))
        for found in _TAG.finditer(_COMMENT.sub("", page[:_LONGEST_PAGE]))
    ]
    bases = (given.get("href", "") for tag, given in tags if tag == "base")
    base = next((full for one in bases if (full := urls.absolute(one, url))), url)
    announced = _absolute((g["href"] for tag, g in tags if tag == "link" and _announces(g)), base)
    linked = (given["href"] for tag, given in tags if tag == "a" and given.get("href"))
    hinted = _absolute((one for one in linked if _LIKE_A_FEED.search(_path(one))), base)
    return Links(announced=announced, hinted=tuple(h for h in hinted if h not in announced))


def _announces(given: dict[str, str]) -> bool:
    is_alternate = "alternate" in given.get("rel", "").lower().split()
    return is_alternate and "href" in given and bool(_TYPES.match(given.get("type", "").strip()))


def _absolute(found: Iterable[str], base: str) -> tuple[str, ...]:
    full = (urls.absolute(one, base) for one in found)
    return tuple(dict.fromkeys(one for one in full if one))[:_MOST]


def _path(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/")


def _attributes(inside: str) -> dict[str, str]:
    return dict(_pairs(inside))


def _pairs(inside: str) -> Iterator[tuple[str, str]]:
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        yield name.lower(), html.unescape(double or single or bare).strip()
