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
from aggregator.model.source import Source
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
_HALF_DAY = timedelta(hours=12)
# Rule 107: so many items with hours of 1 to 12 alone are no chance, and news is read so soon.
_MANY = 20
_SOONEST, _LATEST = timedelta(hours=11, minutes=30), timedelta(hours=13, minutes=30)
# Rule 22 needs enough items to tell a rebuild from two stories filed in one minute.
_MIN_REBUILT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`published` is the source's claim if `dated`, else our guess; `updated` the source's."""

    published: datetime
    dated: bool
    updated: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a source writes its dates: the zone of those that name none, and 12 `hours` without am
    and pm, or 24."""

    zone: ZoneInfo
    hours: int


def clock_of(source: Source) -> Clock:
    """The clock that the operator says a source has."""
    return Clock(zone=ZoneInfo(source.timezone), hours=source.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """When an item says that it was published; `hour` is what its clock shows, if there is doubt
    about what it means."""

    at: datetime | None
    hour: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the dates of a document say together: the `newest` claim that is not ahead, whether
    all items were `rebuilt` at one moment, and whether their clock is `halved`, so that what came
    now seems half a day old. `at` is when the document was fetched."""

    at: datetime
    newest: datetime | None
    rebuilt: bool
    halved: bool


def calendar(items: Sequence[Facts], at: datetime) -> tuple[Calendar, tuple[Finding, ...]]:
    """The calendar of a document's items, and what is odd about their dates."""
    claims = [item.claim for item in items]
    past = [claim for claim in claims if claim is not None and claim <= at + _CLOCK_SKEW]
    rebuilt = len(items) >= _MIN_REBUILT and len({item.updated for item in items}) == 1
    newest = max(past, default=None)
    halved = _is_halved([item.hour for item in items if item.claim], newest, at)
    found = Calendar(at=at, newest=newest, rebuilt=rebuilt, halved=halved)
    return found, (*_findings(claims, at), *_halved_finding(len(items), halved=halved))


def _is_halved(hours: Sequence[int | None], newest: datetime | None, at: datetime) -> bool:
    """Whether a clock leaves out am and pm (rule 107): no hour above 12 (or of 0) in many items,
    and nothing newer than half a day."""
    if len(hours) < _MANY or newest is None:
        return False
    return _is_half_a_day(newest, at) and all(hour and 1 <= hour <= 12 for hour in hours)


def _is_half_a_day(claim: datetime, at: datetime) -> bool:
    return _SOONEST <= at - claim <= _LATEST


def _halved_finding(items: int, *, halved: bool) -> list[Finding]:
    detail = (
        f"the hours of {items} items are all of 1 to 12 and the newest seems half a day old;"
        " if the source leaves out am and pm, write `hours: 12`"
    )
    return [Finding(name="half-day-clock", detail=detail)] if halved else []


def judge(item: RawEntry, said: datetime | None, calendar: Calendar, clock: Clock) -> Moment:
    """The moment of an item that claims to be published when it `said`."""
    at = calendar.at
    updated = _read(item.updated, at, clock) if item.updated and not calendar.rebuilt else None
    if said and calendar.halved and _is_half_a_day(said, at):
        return Moment(published=at, dated=False, updated=None)
    return replace(
        _moment(said, at, item.position, calendar.newest),
        updated=updated if updated and updated <= at + _CLOCK_SKEW else None,
    )


def claim(item: RawEntry, at: datetime, clock: Clock) -> Claim:
    """The first of an item's dates that can be read; of two whose zones slipped, the likelier."""
    said = [text for text in (item.published, item.updated) if text]
    stamps = {text: found for text in said if (found := _read(text, at, clock))}
    slipped = len(stamps) == 2 and _have_slipped(*stamps.items())
    text = min(stamps, key=lambda one: abs(at - stamps[one])) if slipped else next(iter(stamps), "")
    return Claim(at=stamps.get(text), hour=dates.hour(text) if clock.hours == 24 else None)


def _read(text: str, at: datetime, clock: Clock) -> datetime | None:
    """The instant of a date; of a clock without am and pm the half of the day that is not to come
    (rule 107)."""
    found, hour = dates.parse(text, clock.zone), dates.hour(text)
    if found is None or clock.hours == 24 or not hour or hour > 12:
        return found
    morning = found - _HALF_DAY if hour == 12 else found
    evening = morning + _HALF_DAY
    return evening if evening <= at + _CLOCK_SKEW else morning


def _have_slipped(one: tuple[str, datetime], other: tuple[str, datetime]) -> bool:
    """Whether two stamps are one moment under two zones (rule 32): whole hours apart, and written
    in different zones, since edits a whole hour later are written in the same."""
    apart = abs(one[1] - other[1])
    zones = (_ZONE.search(text) for text, _ in (one, other))
    first, second = ("" if zone is None else _UTC.sub("Z", zone[0]) for zone in zones)
    return timedelta() < apart <= _FARTHEST_ZONES and not apart % _HOUR and first != second


def _moment(claim: datetime | None, at: datetime, position: int, newest: datetime | None) -> Moment:
    if claim is None or claim > at + _PLAUSIBLE:
        top = at if newest is None else min(at, newest)
        guess = top - timedelta(seconds=position)
        return Moment(published=guess, dated=False, updated=None)
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
