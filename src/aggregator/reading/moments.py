"""When the items of a document were published, and how far that may be believed (rules 17-31).

Dates are judged together: what is undated takes its place below the newest dated item, and a stamp
that all items share is the site's rebuild and nobody's news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.model.reading import Finding, RawEntry
from aggregator.text import dates

# Clocks differ; what is ahead of ours by less is the present.
_CLOCK_SKEW = timedelta(minutes=10)
# Rule 30: what claims to be later is no announcement, but a broken date.
_PLAUSIBLE = timedelta(days=2)
# Rule 22 needs enough items to tell a rebuild from two stories filed in one minute.
_MIN_REBUILT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`published` is the source's claim if `dated`, else our guess; `updated` the source's."""

    published: datetime
    dated: bool
    updated: datetime | None


def judge(
    items: Sequence[RawEntry], at: datetime, zone: ZoneInfo
) -> tuple[tuple[Moment, ...], tuple[Finding, ...]]:
    """A moment for each item, in order; `at` is when the document was fetched."""
    claims = [_claim(item, zone) for item in items]
    past = [claim for claim in claims if claim is not None and claim <= at + _CLOCK_SKEW]
    newest = max(past, default=None)
    updates = _updates(items, at, zone)
    moments = tuple(
        replace(_moment(claim, at, item.position, newest), updated=updated)
        for claim, item, updated in zip(claims, items, updates, strict=True)
    )
    return moments, _findings(claims, at)


def _claim(item: RawEntry, zone: ZoneInfo) -> datetime | None:
    """The first of an item's dates that can be read."""
    said = (item.published, item.updated)
    return next((found for text in said if text and (found := dates.parse(text, zone))), None)


def _moment(claim: datetime | None, at: datetime, position: int, newest: datetime | None) -> Moment:
    if claim is None or claim > at + _PLAUSIBLE:
        guess = at - timedelta(seconds=position)
        capped = guess if newest is None else min(guess, newest)
        return Moment(published=capped, dated=False, updated=None)
    if claim > at + _CLOCK_SKEW:
        return Moment(published=at, dated=False, updated=None)
    return Moment(published=claim, dated=True, updated=None)


def _updates(
    items: Sequence[RawEntry], at: datetime, zone: ZoneInfo
) -> tuple[datetime | None, ...]:
    """When each item says that it was changed; nothing where that is not to be believed."""
    said = [item.updated for item in items]
    rebuilt = len(said) >= _MIN_REBUILT and len(set(said)) == 1
    if rebuilt:
        return (None,) * len(said)
    read = (dates.parse(text, zone) if text else None for text in said)
    return tuple(found if found and found <= at + _CLOCK_SKEW else None for found in read)


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
