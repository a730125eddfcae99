"""The world: what has happened by a moment, what every outlet lists then, and the truth about it.

Everything is a pure function of (seed, moment). Nothing is remembered between two questions but
what can be worked out again, so a server may be stopped, restarted or asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from aggregator.newsroom import copydesk, press, stories, wire
from aggregator.newsroom.chance import Chance
from aggregator.newsroom.outlets import ROSTER, Outlet
from aggregator.newsroom.press import Draft, Item

# Events are worked out once while any feed lists them; a day's worth at the usual pace is 360.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """How the world's time runs on the onlooker's clock.

    Up to `start` both are one; from then on `speed` hours of the world pass in one of the
    onlooker's. Dates are printed as the onlooker's clock shows them, so that no news of a fast
    world is ever dated in the onlooker's future.
    """

    start: datetime
    speed: float

    def world(self, shown: datetime) -> datetime:
        """The world's time when the onlooker's clock shows this."""
        passed = shown - self.start
        return self.start + passed * self.speed if passed > timedelta() else shown

    def shown(self, world: datetime) -> datetime:
        """What the onlooker's clock shows at this moment of the world."""
        passed = world - self.start
        return self.start + passed / self.speed if passed > timedelta() else world

    def item(self, item: Item) -> Item:
        """An item with all its times as the onlooker's clock shows them."""
        return replace(
            item,
            drafts=tuple(self._draft(draft) for draft in item.drafts),
            born=self.shown(item.born),
            until=self.shown(item.until),
            killed=item.killed and self.shown(item.killed),
            held=item.held and self.shown(item.held),
            released=item.released and self.shown(item.released),
            embargo=item.embargo and _next_minute(self.shown(item.embargo)),
        )

    def _draft(self, draft: Draft) -> Draft:
        return replace(draft, at=self.shown(draft.at))


class World:
    """A seeded world; all moments that go in and come out are the onlooker's, aware.

    `start` is when the onlooker arrives; `past` of news has happened by then. `pace` is the mean
    time between two events and `keep` how long every item stays listed, both in the world's time:
    at `speed` 60 a `keep` of twelve hours is twelve minutes for the onlooker.
    """

    def __init__(
        self,
        *,
        seed: int,
        start: datetime,
        speed: float = 1.0,
        pace: timedelta = timedelta(minutes=4),
        keep: timedelta = timedelta(hours=12),
        past: timedelta = timedelta(hours=12),
        roster: tuple[Outlet, ...] = ROSTER,
    ) -> None:
        self.roster = roster
        self.start = start
        self._keep = keep
        self._pace = pace
        self._first = start - past
        self._timeline = Timeline(start=start, speed=speed)
        self._chance = Chance(f"seed {seed}")
        self._deck = tuple(scene for name in stories.LANGUAGES for scene in stories.scenes(name))
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._covered)

    def outlet(self, outlet_id: str) -> Outlet | None:
        return next((outlet for outlet in self.roster if outlet.id == outlet_id), None)

    def listed(self, outlet_id: str, at: datetime) -> tuple[Item, ...]:
        """What an outlet's feed holds at a moment, the newest first."""
        return tuple(item for item in self._around(outlet_id, at) if item.born <= at < item.until)

    def changed(self, outlet_id: str, at: datetime) -> datetime:
        """When the outlet's feed last changed before a moment; the world's first day if never."""
        moments = [
            moment
            for item in self._around(outlet_id, at)
            for moment in (*(draft.at for draft in item.drafts), item.until)
            if moment <= at
        ]
        return max(moments, default=self._first)

    def page(self, path: str, at: datetime) -> Item | None:
        """The item whose page this is: the first that was printed on it, if it was by then."""
        number = _event_of(path)
        printed = self.coverage(number) if number is not None else ()
        there = [item for item in printed if item.page == path and item.born <= at]
        return min(there, key=lambda item: item.born, default=None)

    def coverage(self, number: int) -> tuple[Item, ...]:
        """Every item that is ever printed about the `number`-th event, authors' before copies."""
        return self._remembered(number)

    def items(self, since: datetime, until: datetime) -> Iterator[Item]:
        """Every item that any outlet lists at any moment of since ≤ t ≤ until."""
        earliest = self._timeline.world(since) - self._keep - press.HORIZON
        for number in range(self._number(earliest), self._number(self._timeline.world(until)) + 1):
            for item in self.coverage(number):
                if item.born <= until and item.until > since:
                    yield item

    def _around(self, outlet_id: str, at: datetime) -> list[Item]:
        """An outlet's items that are listed at a moment, or left the list shortly before."""
        lately = self._timeline.shown(self._timeline.world(at) - press.HORIZON)
        mine = [item for item in self.items(lately, at) if item.outlet == outlet_id]
        return sorted(mine, key=lambda item: (item.born, item.text), reverse=True)

    def _number(self, world: datetime) -> int:
        """The number of the last event that can have happened by this time of the world."""
        return max(0, (world - self._first) // self._pace)

    def _covered(self, number: int) -> tuple[Item, ...]:
        chance = self._chance.about(number)
        at = self._first + self._pace * (number + chance.about("at").unit())
        story = stories.tell(self._scene(number), chance.about("story"))
        event = wire.Event(number=number, at=at, story=story)
        texts = wire.texts(event, self.roster, chance.about("texts"))
        printed = press.items(texts, self.roster, self._keep, chance.about("press"))
        return tuple(self._shown(item) for item in printed)

    def _shown(self, item: Item) -> Item:
        """An item on the onlooker's clock, whose hour its embargo names if it has one."""
        shown, outlet = self._timeline.item(item), self.outlet(item.outlet)
        until = shown.embargo
        if outlet is None or until is None:
            return shown
        drafts = (
            replace(draft, title=copydesk.embargoed_title(outlet, draft.title, until))
            for draft in shown.drafts
        )
        return replace(shown, drafts=tuple(drafts))

    def _scene(self, number: int) -> stories.Scene:
        """The scenes are dealt from a shuffled deck, again and again: no two alike in a row."""
        deal, turn = divmod(number, len(self._deck))
        return self._chance.about("deal", deal).several(self._deck, len(self._deck))[turn]


def _next_minute(at: datetime) -> datetime:
    """Words name no seconds."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def _event_of(path: str) -> int | None:
    """The event's number in a page's path, `/<place>/<number><letter><digit>-<slug>`."""
    name = path.rpartition("/")[2]
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return int(digits) if digits and len(digits) < 10 else None
