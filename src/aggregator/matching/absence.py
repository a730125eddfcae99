"""What leaves the middle of a listing, and what its own page then says of it (rule 36).

Items that grow old leave a listing at its end. One that leaves from between others was taken away,
or its source lists what it likes at the moment; most do that, so an absence alone proves nothing.
Only the item's own page does, and only where the source is steady is it worth the question.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aggregator.matching.habits import Judged, recognised
from aggregator.model.fetched import FetchResult, Refused, Why
from aggregator.model.reading import Listed, Window
from aggregator.model.source import Source

STEADY = timedelta(days=7)
"""How long a source must have kept its items in order, and brought none back among them. In nine
days of real polls of 22 outlets, 2,602 items left the middle of a listing, and one in 38 came back;
of the 65 of steady sources that were away for `AWAY`, one did."""

AWAY = timedelta(hours=1)
"""How long a source must say that an item is away before its page is asked: an editor who takes a
piece down to mend it mostly has it back by then."""

GAP = timedelta(minutes=3)
"""Between two pages of one host: 20 an hour, and never in one burst."""

REST = timedelta(hours=1)
"""How long a host that refuses is left alone, unless its Retry-After asks for more."""

THERE = "there"
"""What a page answered that is not gone; any other answer is the stable name of a refusal."""

_GONE = frozenset({Why.NOT_FOUND, Why.GONE})


def is_restless(judged: Judged, now: Window) -> bool:
    """Whether a document has known items in another order than the one before, or among them some
    that it did not list: its source pages, reorders, or answers from several servers.

    What comes back below them all is no sign of that: a listing of ten has room for the eleventh
    again, once one of the ten was taken down.
    """
    known = _common(now, judged.before)
    if known != _common(judged.before, now):
        return True
    places = [place.key for place in now.places]
    among = set(places[: places.index(known[-1])]) if known else set()
    return any(not held.listed and entry.key in among for entry, held in recognised(judged))


def is_steady(restless: datetime | None, now: datetime) -> bool:
    """Whether so much time has passed since a source was `restless` that its absences count."""
    return restless is None or now - restless >= STEADY


def left_the_middle(before: Window, now: Window) -> frozenset[str]:
    """The keys that are listed no more although something older still is.

    What stood first has nothing above it to tell it from the oldest of a listing that grows at its
    end, so there the dates decide.
    """
    listed = now.keys
    still = [i for i, place in enumerate(before.places) if place.key in listed]
    if not still:
        return frozenset()
    first, last = before.places[still[0]], still[-1]
    return frozenset(
        place.key
        for i, place in enumerate(before.places[:last])
        if place.key not in listed and (i > still[0] or _is_newer(place, first))
    )


def may_be_asked(source: Source, url: str) -> bool:
    """Whether a page can be asked on behalf of a source. Through its proxy, which reaches what we
    cannot check, only pages of its own host are."""
    is_page = bool(host(url)) and url.startswith(("http://", "https://"))
    return is_page and (not source.proxy or is_home(source, url))


def is_home(source: Source, url: str) -> bool:
    """Whether a page is where the source itself is asked, and as well protected on its way."""
    try:
        home, there = urlsplit(source.url), urlsplit(url)
    except ValueError:
        return False
    return _host(home.netloc) == _host(there.netloc) and there.scheme in (home.scheme, "https")


def host(url: str) -> str:
    """The host of a page, "" if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_gone(answer: FetchResult) -> bool:
    """Whether a page says that it is no more: 404 or 410, after redirects, and nothing else."""
    return isinstance(answer, Refused) and answer.why in _GONE


def name_of(answer: FetchResult) -> str:
    """The stable name of what a page answered."""
    return answer.why.value if isinstance(answer, Refused) else THERE


def rest(answer: FetchResult) -> timedelta:
    """How long no other page of the host is asked after an answer."""
    refuses = isinstance(answer, Refused) and not is_gone(answer)
    return max(REST if refuses else GAP, answer.freshness.retry_after or GAP)


def _common(window: Window, other: Window) -> list[str]:
    keys = other.keys
    return [place.key for place in window.places if place.key in keys]


def _is_newer(place: Listed, other: Listed) -> bool:
    ours, theirs = _claim(place), _claim(other)
    return ours is not None and theirs is not None and ours > theirs


def _claim(place: Listed) -> datetime | None:
    return place.facts.claim if place.facts else None


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2].lower()
