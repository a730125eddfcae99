"""Subscriptions out of an OPML file.

On expat and our own mending. listparser was tried: it garbles letters where nothing declares UTF-8,
and reads with whichever parser is installed, one of which fails on an end tag too many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from xml.etree.ElementTree import ParseError, XMLParser

from aggregator.reading import charset, repair
from aggregator.reading.scan import TooComplex
from aggregator.text import language

# Without what stands before it, no DOCTYPE is left that could define an entity.
_ROOT = re.compile(r"<opml\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that an OPML file names: its title, its address, and the folders that it stands in.

    `url` is http(s); `folders` are names, outer ones first, without repetition.
    """

    title: str
    url: str
    folders: tuple[str, ...] = ()
    language: str | None = None


def parse(body: bytes) -> tuple[Subscription, ...]:
    """The feeds of an OPML file in its order, each address once; nothing if it is no OPML, or one
    of more depth or length than any list of feeds.

    A file with faults is read as far as it goes, as it is or mended, whichever gives more.
    """
    text = charset.decode(body, None)
    root = _ROOT.search(text)
    if not root:
        return ()
    whole = text[root.start() :]
    try:
        mended = repair.repaired(whole).body
    except TooComplex:
        return ()
    return max((_subscriptions(one) for one in (whole, mended)), key=len)


def _subscriptions(document: str | bytes) -> tuple[Subscription, ...]:
    found: dict[str, Subscription] = {}
    for one in _named(document):
        first = found.setdefault(one.url, one)
        folders = tuple(dict.fromkeys((*first.folders, *one.folders)))
        found[one.url] = replace(first, folders=folders)
    return tuple(found.values())


def _named(document: str | bytes) -> list[Subscription]:
    """Each outline that names a feed, until the document's end or its first fault."""
    outlines = _Outlines()
    parser = XMLParser(target=outlines)  # noqa: S314 - without DOCTYPE nothing expands
    with suppress(ParseError):
        parser.feed(document)
        # Expat may have kept the end of what it was given for a call that never comes.
        parser.close()
    return outlines.feeds


class _Outlines:
    """Told by the parser of each element; `feeds` is what was named so far."""

    def __init__(self) -> None:
        self.feeds: list[Subscription] = []
        self._above: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.lower() != "outline":
            return
        said = {name.lower(): value for name, value in attributes.items()}
        title = _words(said.get("text", "")) or _words(said.get("title", ""))
        url = said.get("xmlurl", "").strip()
        if url.lower().startswith(("http://", "https://")):
            folders = _folders(self._above, said.get("category", ""))
            tongue = language.normalise(said.get("language", ""))
            feed = Subscription(title=title, url=url, folders=folders, language=tongue)
            self.feeds.append(feed)
        self._above.append("" if url else title)

    def end(self, tag: str) -> None:
        if tag.lower() == "outline":
            self._above.pop()


def _folders(above: list[str], category: str) -> tuple[str, ...]:
    """OPML 2.0: `category` is a list of paths, as in `/politics/europe, sport`."""
    listed = (_words(name) for name in re.split("[,/]", category))
    return tuple(dict.fromkeys(name for name in (*above, *listed) if name))


def _words(text: str) -> str:
    return " ".join(text.split())
