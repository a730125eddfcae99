"""The feeds behind an address: what a page announces, else links to, else keeps where feeds are.

Each candidate is fetched and read as a poll would do it, so that what is named is a feed that can
be polled. The usual places are asked one after the other, and only if the page names nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin

from aggregator.model.fetched import Fetched, NotModified, Refused, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Kind, Source, SourceState
from aggregator.polling.poll import Fetch, Read
from aggregator.polling.sample import Sampler
from aggregator.reading import charset, links
from aggregator.text import language

WELL_KNOWN = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
"""Where most publishing systems keep a feed, WordPress's place first."""

_TIMEOUT = timedelta(seconds=20)
_MAX_SIZE = 10_000_000
# What is no page is not searched for links.
_PAGES = frozenset({Why.HTML_PAGE, Why.CONSENT, Why.LOGIN, Why.CHALLENGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed: its address, what it says of itself, how many items it lists, the newest one's date.

    `language` is the one that it declares. `newest` is None if no item carries a date.
    """

    url: str
    title: str
    language: str | None
    items: int
    newest: datetime | None


class Discoverer:
    """Looks behind one address. `allow_private` lets it ask addresses that are not public."""

    def __init__(
        self,
        *,
        fetch: Fetch,
        read: Read,
        clock: Callable[[], datetime],
        allow_private: bool = False,
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._clock = clock
        self._allow_private = allow_private

    async def run(self, url: str) -> tuple[Found, ...] | Refused:
        """The feeds, the address itself if it is one; else why there is none."""
        now, asked = self._clock(), self._source(url)
        fresh = SourceState(source_id=asked.id, next_poll_at=now)
        match await self._fetch(asked, fresh, now):
            case Fetched() as fetched:
                return await self._behind(fetched, asked)
            case Refused() as refused:
                return refused
            case NotModified(at=at):
                detail = "304 to a request without conditions"
                return Refused(source_id=asked.id, at=at, why=Why.BAD_STATUS, detail=detail)

    async def _behind(self, fetched: Fetched, asked: Source) -> tuple[Found, ...] | Refused:
        outcome = await self._read(fetched, asked, Window())
        if isinstance(outcome, Reading):
            return (_found(asked.url, outcome),)
        if outcome.why not in _PAGES:
            return outcome
        named = links.feeds(charset.decode(fetched.body, fetched.charset), fetched.url)
        found = await self._try(named.announced) or await self._try(named.hinted)
        if not found and not named.announced:
            found = await self._try_in_turn(urljoin(fetched.url, place) for place in WELL_KNOWN)
        detail = f"{outcome.detail}; it leads to no feed, and none is in the usual places"
        return found or replace(outcome, detail=detail)

    async def _try(self, addresses: Iterable[str]) -> tuple[Found, ...]:
        """Those that are feeds, each document once, in order."""
        sampler = Sampler(
            fetch=self._fetch, read=self._read, clock=self._clock, observe=lambda _: None
        )
        found: dict[str, Found] = {}
        for source, outcome in await sampler.run(map(self._source, addresses)):
            if isinstance(outcome, Reading):
                found.setdefault(outcome.window.body, _found(source.url, outcome))
        return tuple(found.values())

    async def _try_in_turn(self, addresses: Iterable[str]) -> tuple[Found, ...]:
        """The first that is a feed."""
        for address in addresses:
            if found := await self._try((address,)):
                return found
        return ()

    def _source(self, url: str) -> Source:
        return Source(
            id=url,
            url=url,
            name=url,
            kind=Kind.PORTAL,
            interval=_TIMEOUT,
            timeout=_TIMEOUT,
            max_size=_MAX_SIZE,
            allow_private=self._allow_private,
        )


def _found(url: str, reading: Reading) -> Found:
    return Found(
        url=url,
        title=reading.title,
        language=language.normalise(reading.language),
        items=len(reading.window.places),
        newest=max((one.published for one in reading.entries if one.dated), default=None),
    )
