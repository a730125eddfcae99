"""Every notice that the simulated newsroom sends is recognised, and means the text it killed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.matching import notices
from aggregator.matching.notices import Candidate
from aggregator.model.entry import Entry
from aggregator.model.notice import Notice, NoticeKind
from aggregator.newsroom.press import Item
from aggregator.newsroom.world import World

WORLD = World(seed=7, start=datetime(2026, 3, 12, 9, 0, tzinfo=UTC))
ITEMS = tuple(item for number in range(600) for item in WORLD.coverage(number))


def entry_of(item: Item) -> Entry:
    draft = item.drafts[-1]
    return Entry(
        source_id=item.outlet,
        key=f"link:{item.page}",
        url="",
        canonical="",
        title=draft.title,
        summary=" ".join(draft.paragraphs)[:300],
        content="",
        published=item.born,
        dated=True,
        first_seen=item.born,
        digest="",
    )


def candidate(item: Item) -> Candidate:
    """An item of its outlet and of its text's author, as a credit would tell."""
    author = next(one.outlet for one in WORLD.coverage(item.event) if one.text == item.text)
    return Candidate(entry=entry_of(item), origins=frozenset({item.outlet, author}))


NOTICES: dict[Item, Notice] = {
    item: notice for item in ITEMS if (notice := notices.recognise(entry_of(item)))
}
KILLS = tuple(item for item in ITEMS if item.notice)


def test_rule_070_every_kill_of_the_newsroom_is_one_and_nothing_else_takes_down() -> None:
    assert len(KILLS) > 5
    assert {item for item, notice in NOTICES.items() if notice.kind.takes_down} == set(KILLS)
    assert {NOTICES[item].kind for item in KILLS} == {NoticeKind.KILL}


def test_updates_are_updates_and_nothing_else_is_a_notice() -> None:
    others = {notice.kind for item, notice in NOTICES.items() if not item.notice}
    assert others == {NoticeKind.UPDATE}
    assert all(notice.bears_text for item, notice in NOTICES.items() if not item.notice)


LISTED = {candidate(item): item for item in ITEMS}


def reached(kill: Item) -> set[Item]:
    found = notices.resolve(NOTICES[kill], candidate(kill), [*LISTED])
    return {item for one, item in LISTED.items() if one.entry.ref in notices.refs(found)}


@pytest.mark.parametrize("kill", KILLS, ids=lambda kill: str(kill.text))
def test_rule_070_every_kill_means_the_text_that_its_author_took_back(kill: Item) -> None:
    taken = reached(kill)
    assert {(item.event, item.killed is not None) for item in taken} == {(kill.event, True)}
    assert kill.outlet in {item.outlet for item in taken}
