"""Six hours of a newsroom through the whole service, held against the truth at every poll.

The newsroom kills, withdraws, holds, embargoes, corrects and repeats, in words and in the fields of
NewsML and ninjs. Seeded, on a clock that stands, so that every run is the same run.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from aggregator.newsroom import World
from aggregator.newsroom.copydesk import PHRASES
from aggregator.newsroom.outlets import ROSTER, WIRES
from aggregator.newsroom.press import Item
from aggregator.newsroom.truth import Name, Partition, Truth, by_run, by_text
from aggregator.newsroom.wire import Take
from tests.support import day
from tests.support.day import Day

STEP, STEPS = timedelta(minutes=5), 72
SEED = 48  # a day on which every kind of order comes
WORLD = World(
    seed=SEED,
    start=datetime(2026, 3, 12, 9, tzinfo=UTC),
    past=timedelta(hours=2),
    roster=(*ROSTER, *WIRES),
)
FORMAL = frozenset(outlet.id for outlet in WIRES)
AGENCIES = frozenset(outlet.id for outlet in WORLD.roster if outlet.kind == "agency")

NOTED = (Take.REFILE, Take.REPEAT)
NOTES = frozenset(phrases.notes[take] for phrases in PHRASES.values() for take in NOTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A title that changed in place: what was shown, what is, and what its outlet says now."""

    same_id: bool
    before: str
    after: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """The article of a text and of its repetition; its item before and after that came."""

    articles: tuple[str, str]
    dates: tuple[str, str]
    titles: tuple[str, str]


@dataclass
class Told:
    """What was seen in the course of the day that a test asks for."""

    wrong: list[tuple[datetime, str, Name]] = field(default_factory=list)
    missing: list[tuple[datetime, Name]] = field(default_factory=list)
    stale: set[Name] = field(default_factory=set)
    leaks: list[tuple[datetime, str, str]] = field(default_factory=list)
    notes: list[tuple[datetime, str, str]] = field(default_factory=list)
    stopped: Counter[str] = field(default_factory=Counter)
    first_shown: dict[Name, datetime] = field(default_factory=dict)
    embargoed: dict[Name, datetime] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    moved: list[tuple[datetime, str]] = field(default_factory=list)
    repeats: list[Repeated] = field(default_factory=list)
    articles: Partition = frozenset()
    known: dict[Name, Truth] = field(default_factory=dict)


class Witness:
    """Looks at the service after each poll of everything."""

    def __init__(self) -> None:
        self.told = Told()
        self._places: dict[str, datetime] = {}
        self._shown: dict[Name, tuple[str, str]] = {}
        self._listed: dict[str, dict[str, Any]] = {}
        self._before = WORLD.start

    def __call__(self, seen: Day) -> None:
        items = {name_of(item): item for item in WORLD.items(WORLD.start, seen.now)}
        self._see_what_is_shown(seen)
        self._see_orders(seen, items)
        self._see_places(seen)
        self._see_changes(seen, items)
        self._see_repeats(seen, items)
        self.told.articles, self.told.known = seen.articles(), seen.known
        self._before = seen.now

    def _see_what_is_shown(self, seen: Day) -> None:
        shown = seen.shown()
        for name in shown:
            self.told.first_shown.setdefault(name, seen.now)
            self.told.wrong += [(seen.now, why, name) for why in forbidden(seen.known[name])]
            self.told.stale |= {name} if seen.known[name].superseded else set()
        for name, one in seen.known.items():
            is_listed = one.first_listed <= seen.now < one.listed_until
            may_be_seen = is_listed and not one.superseded and not any(forbidden(one))
            if may_be_seen and name not in shown:
                self.told.missing.append((seen.now, name))

    def _see_orders(self, seen: Day, items: dict[Name, Item]) -> None:
        """Grep everything for what was taken back since the last poll."""
        taken = [item for item in items.values() if self._before < stop_of(item) <= seen.now]
        if not taken:
            return
        self.told.stopped.update(kind_of(item) for item in taken)
        living = {
            draft.title
            for name, item in items.items()
            if not any(forbidden(seen.known[name]))
            for draft in item.drafts
        }
        titles = {draft.title for item in taken for draft in item.drafts} - living
        self.told.leaks += grep(seen, seen.outputs(), titles)
        named = seen.named()
        for uid in {named[name_of(item)][1] for item in taken}:
            self.told.leaks += grep(seen, pages(seen, uid), titles)
            statuses = {status for _, status, _ in seen.pages(uid)}
            if statuses != {410}:
                self.told.leaks.append((seen.now, uid, f"its page answers {statuses}"))
            tombstone = f'deleted-entry ref="{uid}"'
            if tombstone not in seen.get("/feeds/everything.atom")[1]:
                self.told.leaks.append((seen.now, uid, "no tombstone"))

    def _see_places(self, seen: Day) -> None:
        """What feeds are ordered by is told once and never again."""
        feed = seen.store.feed("everything")
        assert feed
        for item in feed.items:
            if self._places.setdefault(item.uid, item.position) != item.position:
                self.told.moved.append((seen.now, item.uid))

    def _see_changes(self, seen: Day, items: dict[Name, Item]) -> None:
        shown = {ref: name for name, ref in seen.shown().items()}
        feed = seen.store.feed("entries")
        assert feed
        now = {shown[item.lead.ref]: (item.uid, item.lead.title) for item in feed.items}
        for name, (uid, title) in now.items():
            before, said = self._shown.get(name, (uid, title))
            right = items[name].draft(seen.now).title
            if said != title:
                change = Changed(same_id=uid == before, before=said, after=title, right=right)
                self.told.changed.append(change)
        self._shown |= now

    def _see_repeats(self, seen: Day, items: dict[Name, Item]) -> None:
        listed = {item["id"]: item for item in seen.items("everything")}
        come = [item for item in items.values() if self._before < item.born <= seen.now]
        self.told.embargoed |= {name_of(item): item.embargo for item in come if item.embargo}
        again = [item for item in come if item.take in NOTED]
        named = seen.named() if again else {}
        if again:
            self.told.notes += grep(seen, seen.outputs(), NOTES)
        for item in again:
            told = pages(seen, named[name_of(item)][1])
            public = ((place, text) for place, text in told if not place.startswith("explain"))
            self.told.notes += grep(seen, public, NOTES)
            if item.take is Take.REPEAT:
                first = next(one for one in WORLD.coverage(item.event) if one.text == item.text)
                uids = named[name_of(first)][1], named[name_of(item)][1]
                if uids[0] in self._listed:  # else both came at once
                    states = self._listed[uids[0]], listed[uids[0]]
                    self.told.repeats.append(_repeated(uids, states))
        self._listed = listed


def pages(seen: Day, uid: str) -> Iterator[tuple[str, str]]:
    return ((place, text) for place, _, text in seen.pages(uid))


def grep(
    seen: Day, places: Iterator[tuple[str, str]], words: Collection[str]
) -> Iterator[tuple[datetime, str, str]]:
    """Where any of these words can be read."""
    for place, text in places:
        plain = html.unescape(text)
        yield from ((seen.now, place, one) for one in words if one in plain)


def _repeated(uids: tuple[str, str], states: tuple[dict[str, Any], dict[str, Any]]) -> Repeated:
    before, after = states
    return Repeated(
        articles=uids,
        dates=(before["date_published"], after["date_published"]),
        titles=(before["title"], after["title"]),
    )


def forbidden(one: Truth) -> Iterator[str]:
    """Why an item must not be seen at its truth's moment."""
    reasons = {
        "killed": one.killed,
        "held": one.held,
        "an order": one.notice,
    }
    return (why for why, holds in reasons.items() if holds)


def name_of(item: Item) -> Name:
    return Name(outlet=item.outlet, link=item.link)


def stop_of(item: Item) -> datetime:
    """When it was taken back, the start of the world if never."""
    return item.killed or item.held or WORLD.start


def kind_of(item: Item) -> str:
    """By what it was taken back: an order in words, or the state of a wire's item."""
    orders = [one.take for one in WORLD.coverage(item.event) if one.run == item.run and one.notice]
    return orders[0].value if orders else "by status"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    witness = Witness()
    day.run(WORLD, tmp_path_factory.mktemp("day"), step=STEP, steps=STEPS, look=witness)
    return witness.told


def test_no_article_holds_texts_of_two_authors_or_events(told: Told) -> None:
    runs = pairs(by_run(told.known.values()))
    ours = pairs(told.articles)
    assert len(ours) > 300
    assert ours - runs == set()


def test_nearly_every_copy_is_in_its_texts_article(told: Told) -> None:
    wanted = pairs(by_text(one for one in told.known.values() if not one.notice))
    found = len(wanted & pairs(told.articles))
    print(
        f"{found} of {len(wanted)} pairs of copies are in one article ({found / len(wanted):.3f})"
    )
    assert found > 0.9 * len(wanted)


def pairs(partition: Partition) -> set[tuple[Name, Name]]:
    return {pair for group in partition for pair in combinations(sorted(group), 2)}


def test_rule_070_whatever_a_wire_takes_back_is_in_no_output_after_the_very_poll(
    told: Told,
) -> None:
    print(dict(told.stopped))
    assert set(told.stopped) == {"kill", "withdraw", "hold", "by status"}
    assert told.leaks == []


def test_rule_073_at_no_poll_is_anything_shown_that_must_not_be(told: Told) -> None:
    assert told.wrong == []


def test_at_every_poll_all_is_shown_that_may_be(told: Told) -> None:
    assert told.missing == []


def test_what_a_later_take_brings_again_stands_back(told: Told) -> None:
    """Unless the later one has another title, and names the earlier by none."""
    replaced = {name for name, one in told.known.items() if one.superseded}
    print(f"{len(told.stale)} of {len(replaced)} replaced texts were still shown")
    assert len(told.stale) < 0.1 * len(replaced)


def test_rule_075_what_is_embargoed_is_shown_from_the_first_poll_after_its_end(
    told: Told,
) -> None:
    ended = {name: end for name, end in told.embargoed.items() if end < WORLD.start + STEP * STEPS}
    assert {name.outlet in FORMAL for name in ended} == {True, False}
    late = {name: told.first_shown[name] - end for name, end in ended.items()}
    assert all(timedelta() <= wait < STEP for wait in late.values()), late


def test_rule_076_words_to_editors_are_in_no_output(told: Told) -> None:
    assert told.notes == []


def test_rule_078_a_repetition_joins_its_text_and_moves_nothing(told: Told) -> None:
    assert len(told.repeats) >= 3
    assert [one for one in told.repeats if len(set(one.articles)) > 1] == []
    assert [one for one in told.repeats if len(set(one.dates)) > 1] == []
    assert [one for one in told.repeats if len(set(one.titles)) > 1] == []


def test_no_article_ever_moves(told: Told) -> None:
    assert told.moved == []


def test_rule_071_a_correction_in_place_is_shown_under_the_same_id(told: Told) -> None:
    assert len(told.changed) > 20
    assert [one for one in told.changed if not one.same_id or one.after != one.right] == []
