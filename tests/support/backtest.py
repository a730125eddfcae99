"""How many polls which schedule needs, and how late it sees what is new: `make backtest`.

Every schedule is held against the same news: when which source brought an item. Two archives of
real polls tell it roughly (see `archived`), the simulated newsroom exactly. Other aggregators'
formulas are our own wording of what their sources do, with their defaults, and get every date that
they would have; ours is the real one, `cadence.settle` with all its bounds and its spread.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from pathlib import Path
from statistics import mean, median, quantiles

from aggregator.model.fetched import Fetched
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Kind, Source, SourceState
from aggregator.newsroom.world import World
from aggregator.polling import cadence
from aggregator.polling.cadence import rhythm
from aggregator.ports import Tally
from tests.support.replay import Poll, timeline, unpack
from tests.support.world import entry

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EPOCH = datetime(2026, 3, 9, tzinfo=UTC)  # a Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What one source brought between two moments: when each item appeared, in order.

    `before` are the dates of what its first document listed, for schedules that read dates.
    """

    source: str
    since: datetime
    until: datetime
    news: tuple[datetime, ...]
    before: tuple[datetime, ...] = ()


Asked = Callable[[datetime, Sequence[datetime]], timedelta]
"""One source's schedule: a poll and what appeared since the last one, in; the pause, out."""

Schedule = Callable[[Stream], Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a schedule came to: polls a source and day, and how late items were seen (minutes)."""

    polls: float
    median: float
    p90: float
    mean: float


# -- what is held against what ---------------------------------------------------------------------


def fixed(pause: timedelta) -> Schedule:
    return lambda stream: lambda at, new: pause


def miniflux(stream: Stream) -> Asked:
    """`entry_frequency` with factor 1: a poll an entry, by the mean gap of the last week."""
    dates = list(stream.before)

    def asked(at: datetime, new: Sequence[datetime]) -> timedelta:
        dates.extend(new)
        week = [date for date in dates if at - 7 * DAY < date]
        gap = (max(week) - min(week)) / (len(week) - 1) if len(week) > 1 else DAY
        return min(max(gap, 5 * MINUTE), DAY)

    return asked


def commafeed(stream: Stream) -> Asked:
    """Half the mean gap of the listed entries, less for sources that are silent for weeks."""
    dates = list(stream.before)

    def asked(at: datetime, new: Sequence[datetime]) -> timedelta:
        dates.extend(new)
        listed = sorted(dates)[-50:]
        silent = at - listed[-1] if listed else 30 * DAY
        for least, pause in ((30, 4 * HOUR), (14, 2 * HOUR), (7, HOUR)):
            if silent >= least * DAY:
                return pause
        gap = (listed[-1] - listed[0]) / (len(listed) - 1) if len(listed) > 1 else timedelta()
        return min(max(gap / 2, 5 * MINUTE), HOUR)

    return asked


def ours(interval: timedelta, floor: timedelta, ceiling: timedelta) -> Schedule:
    """The service's own, as it is."""

    def schedule(stream: Stream) -> Asked:
        source = _source(stream.source, interval, floor, ceiling)
        state = SourceState(source_id=source.id, next_poll_at=stream.since)
        listed = tuple(
            entry(source.id, str(n), "", published=date) for n, date in enumerate(stream.before)
        )

        def asked(at: datetime, new: Sequence[datetime]) -> timedelta:
            nonlocal state
            fetched = Fetched(source_id=source.id, at=at, url=source.url, body=b"")
            reading = Reading(source_id=source.id, at=at, entries=listed, window=Window())
            state = cadence.settle(source, state, fetched, reading, Tally(new=len(new)))
            return state.next_poll_at - at

        return asked

    return schedule


def ours_with_hours(
    interval: timedelta, floor: timedelta, ceiling: timedelta, known: Mapping[str, Sequence[int]]
) -> Schedule:
    """Ours, had it learnt the hours: `usually` times the share of the hour to come (of GMT).

    `known` counts each source's news by the hour beforehand; it goes on counting.
    """

    def schedule(stream: Stream) -> Asked:
        counts = [1 + count for count in known.get(stream.source, [0] * 24)]
        heard = rhythm.begun(stream.since, stream.before)

        def asked(at: datetime, new: Sequence[datetime]) -> timedelta:
            nonlocal heard
            heard = rhythm.heard(heard, len(new), at)
            for date in new:
                counts[date.hour] += 1
            share = counts[(at + HOUR / 2).hour] / mean(counts)
            expected = replace(heard, usually=heard.usually * share)
            pause = rhythm.interval(expected, interval)
            return min(max(pause, floor), ceiling)

        return asked

    return schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another schedule, and the bounds that ours is given beside it: its own, where it has any."""

    name: str
    schedule: Schedule
    floor: timedelta
    ceiling: timedelta

    def ours(self, interval: timedelta) -> Schedule:
        return ours(interval, min(self.floor, interval), max(self.ceiling, interval))


RIVALS = (
    Rival(name="fixed, 10 min", schedule=fixed(10 * MINUTE), floor=2 * MINUTE, ceiling=HOUR),
    Rival(
        name="Miniflux, round robin, 60 min",
        schedule=fixed(HOUR),
        floor=5 * MINUTE,
        ceiling=DAY,
    ),
    Rival(
        name="Miniflux, entry frequency, 5 min to 24 h",
        schedule=miniflux,
        floor=5 * MINUTE,
        ceiling=DAY,
    ),
    Rival(name="CommaFeed, 5 min to 4 h", schedule=commafeed, floor=5 * MINUTE, ceiling=4 * HOUR),
)
BUILT_IN = {
    "agencies": (2 * MINUTE, 3 * MINUTE, 18 * MINUTE),
    "portals": (5 * MINUTE, 10 * MINUTE, HOUR),
}


def _source(name: str, interval: timedelta, floor: timedelta, ceiling: timedelta) -> Source:
    return Source(
        id=name,
        url="https://source.example/",
        name=name,
        kind=Kind.PORTAL,
        interval=interval,
        min_interval=min(floor, interval),
        max_interval=max(ceiling, interval),
        timeout=MINUTE,
        max_size=1,
    )


# -- the simulation --------------------------------------------------------------------------------


def cost(streams: Sequence[Stream], schedule: Schedule) -> Cost:
    polls, delays = 0, list[float]()
    for stream in streams:
        asked, at, seen = schedule(stream), stream.since, 0
        while at < stream.until:
            polls += 1
            upto = bisect_right(stream.news, at)
            new = stream.news[seen:upto]
            delays += ((at - date) / MINUTE for date in new)
            seen, at = upto, at + asked(at, new)
    days = sum((stream.until - stream.since) / DAY for stream in streams)
    return Cost(
        polls=polls / days,
        median=median(delays),
        p90=quantiles(delays, n=10)[-1],
        mean=mean(delays),
    )


def matched(
    streams: Sequence[Stream], schedule: Callable[[timedelta], Schedule], wanted: Cost
) -> timedelta:
    """The interval, in quarters of a minute, at which a schedule's median is no longer."""
    low, high = 8, 4 * 240
    while high - low > 1:
        middle = (low + high) // 2
        longer = cost(streams, schedule(middle * MINUTE / 4)).median > wanted.median
        low, high = (low, middle) if longer else (middle, high)
    return low * MINUTE / 4


# -- the news --------------------------------------------------------------------------------------


@dataclass
class Provenance:
    """How the appearances of an archive's items are known."""

    dated: int = 0
    guessed: int = 0


@dataclass
class _Outlet:
    """What is known of one outlet while its archive is read."""

    polls: list[datetime] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    news: list[datetime] = field(default_factory=list)
    before: list[datetime] = field(default_factory=list)


def archived(window: Path) -> tuple[tuple[Stream, ...], Provenance]:
    """The news of an archive, whose polls lie half an hour to hours apart.

    An item appeared between two polls. Where its own date lies there as well, that is taken; else
    (a late or missing date) a moment between them that only its id decides.
    """
    outlets: dict[str, _Outlet] = {}
    told = Provenance()
    for poll in sorted(timeline(window), key=lambda poll: poll.at):
        outlet = outlets.setdefault(poll.outlet, _Outlet())
        for id, date in _items(poll):
            if id not in outlet.ids:
                outlet.ids.add(id)
                _place(outlet, id, date, poll.at, told)
        outlet.polls.append(poll.at)
    return tuple(_stream(name, outlet) for name, outlet in sorted(outlets.items())), told


def _place(outlet: _Outlet, id: str, date: datetime | None, at: datetime, told: Provenance) -> None:
    if not outlet.polls:
        outlet.before += [date] if date and date <= at else []
    elif date and outlet.polls[-1] < date <= at:
        told.dated += 1
        outlet.news.append(date)
    else:
        told.guessed += 1
        share = int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "big") / 2**64
        outlet.news.append(outlet.polls[-1] + (at - outlet.polls[-1]) * share)


def _stream(name: str, outlet: _Outlet) -> Stream:
    return Stream(
        source=name,
        since=outlet.polls[0],
        until=outlet.polls[-1],
        news=tuple(sorted(outlet.news)),
        before=tuple(sorted(outlet.before)),
    )


def _items(poll: Poll) -> Iterator[tuple[str, datetime | None]]:
    text = poll.body.read_bytes().decode("utf-8", "replace") if poll.body else ""
    for item in re.findall(r"<item\b[^>]*>(.*?)</item>", text, re.DOTALL):
        names = re.findall(r"<(?:guid|link)\b[^>]*>(.*?)</", item, re.DOTALL)
        dates = re.findall(r"<pubDate>(.*?)</pubDate>", item, re.DOTALL)
        yield (names[-1] if names else item), _date(dates[0] if dates else "")


def _date(written: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(written.strip())
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def invented(seed: int, days: int) -> tuple[Stream, ...]:
    """The news of a simulated newsroom, after a week of which only dates are known."""
    since, until = EPOCH, EPOCH + days * DAY
    born: dict[str, list[datetime]] = {}
    for item in World(seed=seed, start=EPOCH, past=7 * DAY, keep=2 * DAY).items(since, until):
        born.setdefault(item.outlet, []).append(item.born)
    return tuple(
        Stream(
            source=name,
            since=since,
            until=until,
            news=tuple(sorted(date for date in dates if since < date <= until)),
            before=tuple(sorted(date for date in dates if date <= since)),
        )
        for name, dates in sorted(born.items())
    )


# -- the report ------------------------------------------------------------------------------------

HEAD = (
    "| schedule | polls a source and day | median delay | 90 % seen within | mean delay |",
    "|---|---|---|---|---|",
)


def report(tuned: Sequence[Stream], held: Sequence[Stream]) -> Iterator[str]:
    """A table in Markdown, measured on `held`: each rival, ours at the interval that `tuned` gives
    for an equal median there, and ours at an equal median here."""
    yield from HEAD
    for rival in RIVALS:
        wanted = cost(held, rival.schedule)
        yield _row(f"**{rival.name}**", wanted)
        before = matched(tuned, rival.ours, cost(tuned, rival.schedule))
        yield _row(f"ours, {_written(before)}, as tuned", cost(held, rival.ours(before)))
        equal = matched(held, rival.ours, wanted)
        yield _row(f"ours, {_written(equal)}, equal median", cost(held, rival.ours(equal)))
    for kind, (floor, interval, ceiling) in BUILT_IN.items():
        yield _row(f"ours, built in for {kind}", cost(held, ours(interval, floor, ceiling)))


def hours_report(tuned: Sequence[Stream], held: Sequence[Stream]) -> Iterator[str]:
    """Ours without and with the hours of the day, learnt on `tuned` and on the way."""
    known = {stream.source: _by_hour(stream.news) for stream in tuned}
    floor, _, ceiling = BUILT_IN["portals"]
    yield from HEAD
    for interval in (12 * MINUTE, 15 * MINUTE, 18 * MINUTE):
        name = f"ours, {_written(interval)}"
        yield _row(name, cost(held, ours(interval, floor, ceiling)))
        learnt = ours_with_hours(interval, floor, ceiling, known)
        yield _row(f"{name}, with hours", cost(held, learnt))


def _by_hour(news: Sequence[datetime]) -> list[int]:
    return [sum(date.hour == hour for date in news) for hour in range(24)]


def _row(name: str, cost: Cost) -> str:
    delays = f"{cost.median:.1f} min | {cost.p90:.0f} min | {cost.mean:.1f} min"
    return f"| {name} | {cost.polls:.1f} | {delays} |"


def _written(interval: timedelta) -> str:
    minutes, seconds = divmod(round(interval.total_seconds()), 60)
    return f"{minutes}m{seconds}s" if seconds else f"{minutes}m"


def main() -> None:
    corpus = os.environ.get("AGGREGATOR_CORPUS")
    if not corpus:
        sys.exit("AGGREGATOR_CORPUS is not set: no archives to hold schedules against")
    with tempfile.TemporaryDirectory() as folder:
        windows = unpack(Path(corpus), Path(folder))
        tuned, first = archived(windows["A"])
        held, second = archived(windows["B"])
    print(f"tuned on: {first}; held out: {second}")
    print("\n".join(report(tuned, held)))
    print("\nHours of the day\n" + "\n".join(hours_report(tuned, held)))
    print("\nThe newsroom\n" + "\n".join(report(invented(1, 3), invented(2, 3))))


if __name__ == "__main__":
    main()
