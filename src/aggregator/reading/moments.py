"""When the items of a document were published, and how far that may be believed (rules 17-31).

Dates are judged together: what is undated takes its place below the newest dated item, and a stamp
that all items share is the site's rebuild and nobody's news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model.reading import Facts, Finding, RawEntry
from aggregator.text import dates

# Clocks differ; what is ahead of ours by less is the present.
_CLOCK_SKEW = timedelta(minutes=10)
# Rule 30: what claims to be later is no announcement, but a broken date.
_PLAUSIBLE = timedelta(days=2)
# Rule 32: no two zones are farther apart (UTC-12 and UTC+14).
_FARTHEST_ZONES = timedelta(hours=26)
_HOUR = timedelta(hours=1)
_ZONE = re.compile(r"(?:Z|[A-Z]{2,5}|[+-]\d\d:?\d\d)$", re.IGNORECASE)
_UTC = re.compile(r"(?i)GMT|UTC?|[+-]00:?00")
# Rule 22 needs enough items to tell a rebuild from two stories filed in one minute.
_MIN_REBUILT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`published` is the source's claim if `dated`, else our guess; `updated` the source's."""

    published: datetime
    dated: bool
    updated: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the dates of a document say together: the `newest` claim that is not ahead, and whether
    all items were `rebuilt` at one moment. `at` is when the document was fetched."""

    at: datetime
    newest: datetime | None
    rebuilt: bool


def calendar(items: Sequence[Facts], at: datetime) -> tuple[Calendar, tuple[Finding, ...]]:
    """The calendar of a document's items, and what is odd about their dates."""
    claims = [item.claim for item in items]
    past = [claim for claim in claims if claim is not None and claim <= at + _CLOCK_SKEW]
    rebuilt = len(items) >= _MIN_REBUILT and len({item.updated for item in items}) == 1
    found = Calendar(at=at, newest=max(past, default=None), rebuilt=rebuilt)
    return found, _findings(claims, at)


def judge(item: RawEntry, said: datetime | None, calendar: Calendar, zone: ZoneInfo) -> Moment:
    """The moment of an item that claims to be published when it `said`."""
    updated = dates.parse(item.updated, zone) if item.updated and not calendar.rebuilt else None
    return replace(
        _moment(said, calendar.at, item.position, calendar.newest),
        updated=updated if updated and updated <= calendar.at + _CLOCK_SKEW else None,
    )


def claim(item: RawEntry, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The first of an item's dates that can be read; of two whose zones slipped, the likelier."""
    said = [text for text in (item.published, item.updated) if text]
    stamps = {text: found for text in said if (found := dates.parse(text, zone))}
    if len(stamps) == 2 and _have_slipped(*stamps.items()):
        return min(stamps.values(), key=lambda stamp: abs(at - stamp))
    return next(iter(stamps.values()), None)


def _have_slipped(one: tuple[str, datetime], other: tuple[str, datetime]) -> bool:
    """Whether two stamps are one moment under two zones (rule 32): whole hours apart, and written
    in different zones, since edits a whole hour later are written in the same."""
    apart = abs(one[1] - other[1])
    zones = (_ZONE.search(text) for text, _ in (one, other))
    first, second = ("" if zone is None else _UTC.sub("Z", zone[0]) for zone in zones)
    return timedelta() < apart <= _FARTHEST_ZONES and not apart % _HOUR and first != second


def _moment(claim: datetime | None, at: datetime, position: int, newest: datetime | None) -> Moment:
    if claim is None or claim > at + _PLAUSIBLE:
        guess = at - timedelta(seconds=position)
        capped = guess if newest is None else min(guess, newest)
        return Moment(published=capped, dated=False, updated=None)
    if claim > at + _CLOCK_SKEW:
        return Moment(published=at, dated=False, updated=None)
    return Moment(published=claim, dated=True, updated=None)


def _findings(claims: Sequence[datetime | None], at: datetime) -> tuple[Finding, ...]:
    undated = sum(claim is None for claim in claims)
    future = [claim for claim in claims if claim is not None and claim > at + _CLOCK_SKEW]
    findings = []
    if undated:
        detail = f"{undated} of {len(claims)} items carry no date that can be read"
        findings.append(Finding(name="undated", detail=detail))
    if future:
        detail = f"{len(future)} items are dated ahead, the furthest {max(future):%Y-%m-%d %H:%MZ}"
        findings.append(Finding(name="future-date", detail=detail))
    return tuple(findings)
