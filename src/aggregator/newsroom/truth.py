"""What an aggregator that polled the world should have found out, item by item.

Names no address of a server: pages are paths, so two runs on two ports have one truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aggregator.newsroom.press import Item
from aggregator.newsroom.wire import Take
from aggregator.newsroom.world import World

_REPLACES = (Take.UPDATE, Take.REFILE)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Name:
    """An item as a poller can name it: its outlet, and its link without the server's address."""

    outlet: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of an item at a moment; `title` is the last that its feed showed by then.

    Items of one `page` have one canonical address; of one `text`, one text; of one `run`, one
    author's takes on one event; of one `event`, one story. `guid` is None where the item is named
    by its link. `killed`: its text was taken back by then; `held`: it must not be shown then, for a
    hold or an embargo, which ends at `held_until` if anybody knows; `superseded`: a later take of
    its author's brings its text again, mended or with more.
    """

    name: Name
    guid: str | None
    page: str
    text: str
    run: str
    event: int
    take: Take
    title: str
    killed: bool
    held: bool
    held_until: datetime | None
    superseded: bool
    notice: bool
    first_listed: datetime
    listed_until: datetime


Partition = frozenset[frozenset[Name]]


def truth(world: World, until: datetime, since: datetime | None = None) -> tuple[Truth, ...]:
    """All items that were listed at any moment from `since` (the world's start) to `until`."""
    items = tuple(world.items(since or world.start, until))
    later = {(one.outlet, one.run): one.born for one in items if one.take in _REPLACES}
    return tuple(_true_of(item, until, later) for item in items)


def by_page(known: Iterable[Truth]) -> Partition:
    """Items that share an address: what must be one article on the evidence of links alone."""
    return _partition((one.page, one.name) for one in known)


def by_text(known: Iterable[Truth]) -> Partition:
    """Items that print one text: the articles."""
    return _partition((one.text, one.name) for one in known)


def by_event(known: Iterable[Truth]) -> Partition:
    """Items that tell one event: the stories. Notices tell none."""
    return _partition((str(one.event), one.name) for one in known if not one.notice)


def by_run(known: Iterable[Truth]) -> Partition:
    """Items of one author's takes on one event: no article holds more than these."""
    return _partition((one.run, one.name) for one in known if not one.notice)


def _true_of(item: Item, until: datetime, later: Mapping[tuple[str, str], datetime]) -> Truth:
    seen = [draft for draft in item.drafts if draft.at <= until and draft.at < item.until]
    return Truth(
        name=Name(outlet=item.outlet, link=item.link),
        guid=item.guid,
        page=item.page,
        text=item.text,
        run=item.run,
        event=item.event,
        take=item.take,
        title=seen[-1].title,
        killed=item.killed is not None and item.killed <= until,
        held=_is_held(item, until),
        held_until=item.embargo or item.released,
        superseded=item.born < later.get((item.outlet, item.run), item.born) <= until,
        notice=item.notice,
        first_listed=item.born,
        listed_until=item.until,
    )


def _is_held(item: Item, at: datetime) -> bool:
    if item.embargo:
        return at < item.embargo
    return item.held is not None and item.held <= at and not (item.released and item.released <= at)


def _partition(pairs: Iterable[tuple[str, Name]]) -> Partition:
    groups: dict[str, set[Name]] = {}
    for group, name in pairs:
        groups.setdefault(group, set()).add(name)
    return frozenset(frozenset(group) for group in groups.values())
