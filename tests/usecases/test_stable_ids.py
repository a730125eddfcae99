"""Ten thousand joins, splits and changes of who speaks, and every id stays what it was.

What an article is called follows from its first entry, whatever joined or left since; so an id that
goes in a join comes back with the split, on the same article, at the same place in its feeds.
"""

from __future__ import annotations

import random  # noqa: TID251
from collections import Counter
from dataclasses import replace
from pathlib import Path

from aggregator.model.entry import Entry, EntryRef
from aggregator.model.source import Kind
from aggregator.text import ids
from tests.support.world import MINUTE, NOON, World, config, entry, source

SEED = 20260312
CHANGES = 10_000
SOURCES = tuple(f"s{number}" for number in range(8))
EACH, ADDRESSES = 8, 24

Told = dict[EntryRef, str]


def test_ids_and_places_outlive_ten_thousand_joins_splits_and_changes_of_lead(
    tmp_path: Path,
) -> None:
    print(f"seed {SEED}")
    play = Play(tmp_path)
    while play.seen.total() < CHANGES:
        play.step()
    print(f"{play.seen} in {play.polls} polls")
    assert min(play.seen[kind] for kind in ("join", "split")) > CHANGES / 3
    assert play.seen["lead"] > CHANGES / 50
    play.world.store.close()


class Play:
    """A world whose entries move between pages at random, and what it has shown so far."""

    def __init__(self, folder: Path) -> None:
        agency = source(SOURCES[0], kind=Kind.AGENCY, agency="a")
        others = (source(name) for name in SOURCES[1:])
        self.world = World(folder / "a.db", config(agency, *others))
        self.polls = 0
        self.seen: Counter[str] = Counter()
        self._chance = random.Random(SEED)
        self._places: dict[str, str] = {}
        self._leads: dict[str, EntryRef] = {}
        self._entries: dict[str, list[Entry]] = {}
        for name in SOURCES:
            self._entries[name] = [self._first(name, number) for number in range(EACH)]
            self._poll(name)
        self._articles = self._look()

    def step(self) -> None:
        """A source moves some of its entries to other pages, or edits their titles."""
        name = self._chance.choice(SOURCES)
        self._entries[name] = [self._changed(one) for one in self._entries[name]]
        self._poll(name)
        before, self._articles = self._articles, self._look()
        for kind, count in _moves(before, self._articles).items():
            self.seen[kind] += count
        self._check_feed()

    def _poll(self, name: str) -> None:
        self.polls += 1
        self.world.lists(name, *self._entries[name], at=NOON + self.polls * MINUTE)

    def _first(self, name: str, number: int) -> Entry:
        title = f"{name} tells of {number} {''.join(self._chance.choices('abcdefgh', k=12))}"
        return self._at(entry(name, f"guid:{name}-{number}", title))

    def _changed(self, one: Entry) -> Entry:
        if self._chance.random() < 0.2:
            return replace(one, summary=f"edit {self.polls}", digest=f"{self.polls}")
        return self._at(one)

    def _at(self, one: Entry) -> Entry:
        page = f"https://page.example/{self._chance.randrange(ADDRESSES)}"
        return replace(one, url=page, canonical=page, aliases=(), digest=f"{page} {self.polls}")

    def _look(self) -> Told:
        """Which article each entry is in; its id must be that of its first, its place the old."""
        rows = self.world.store._conn.execute(
            "SELECT source_id, key, articles.uid, articles.position FROM entries "
            "JOIN articles ON articles.id = article_id "
            "ORDER BY entries.first_seen, source_id, key"
        )
        told: Told = {}
        for row in rows:
            ref = EntryRef(source_id=row["source_id"], key=row["key"])
            if row["uid"] not in told.values():
                assert row["uid"] == ids.of_article(ref), "the first entry names its article"
                assert self._places.setdefault(row["uid"], row["position"]) == row["position"]
            told[ref] = row["uid"]
        return told

    def _check_feed(self) -> None:
        """The feed lists each article once, under its id; a change of who speaks changes no id."""
        items = self.world.feed("all", limit=1000).items
        assert Counter(item.uid for item in items) == Counter(set(self._articles.values()))
        for item in items:
            assert self._articles[item.lead.ref] == item.uid
            before = self._leads.get(item.uid, item.lead.ref)
            self.seen["lead"] += before != item.lead.ref
        self._leads |= {item.uid: item.lead.ref for item in items}


def _moves(before: Told, after: Told) -> Counter[str]:
    """How many entries joined another's article, and how many left one."""
    ours, theirs = Counter(before.values()), Counter(after.values())
    moved = [ref for ref, uid in after.items() if before[ref] != uid]
    return Counter(
        join=sum(theirs[after[ref]] > 1 for ref in moved),
        split=sum(ours[before[ref]] > 1 for ref in moved),
    )
