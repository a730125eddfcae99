"""Every notice that the simulated newsroom sends is recognised, and means the text it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aggregator.matching import notices
from aggregator.matching.notices import Candidate
from aggregator.model.entry import Entry
from aggregator.model.notice import Notice, NoticeKind
from aggregator.newsroom.outlets import ROSTER, WIRES
from aggregator.newsroom.press import Item
from aggregator.newsroom.wire import Take
from aggregator.newsroom.world import World

WORLD = World(seed=7, start=datetime(2026, 3, 12, 9, 0, tzinfo=UTC), roster=(*ROSTER, *WIRES))
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


def zone(item: Item) -> ZoneInfo:
    outlet = WORLD.outlet(item.outlet)
    assert outlet
    return ZoneInfo(outlet.zone)


def candidate(item: Item) -> Candidate:
    """An item of its outlet and of its text's author, as a credit would tell."""
    author = next(one.outlet for one in WORLD.coverage(item.event) if one.text == item.text)
    return Candidate(entry=entry_of(item), origins=frozenset({item.outlet, author}))


NOTICES: dict[Item, Notice] = {
    item: notice for item in ITEMS if (notice := notices.recognise(entry_of(item), zone(item)))
}
ORDERS = tuple(item for item in ITEMS if item.notice)
# What the newsroom calls its takes, we call by the same names; what it sends under an embargo is
# told as one.
KINDS = {Take.TEXT: None, Take.FLASH: None}


def kind_of(item: Item) -> NoticeKind | None:
    if item.embargo and not WORLD.outlet(item.outlet).formal:  # type: ignore[union-attr]
        return NoticeKind.EMBARGO
    return NoticeKind(item.take) if item.take not in KINDS else None


def own(item: Item) -> bool:
    """Whether it is its author's and not a copy, which bears no marks of a wire."""
    return item.guid is not None and item == next(
        one for one in WORLD.coverage(item.event) if (one.text, one.take) == (item.text, item.take)
    )


def test_rule_070_every_take_of_the_newsroom_is_known_by_its_kind_and_no_news_is_a_notice() -> None:
    found = {item: notice.kind for item, notice in NOTICES.items()}
    wanted = {item: kind for item in ITEMS if own(item) and (kind := kind_of(item))}
    assert found == wanted
    assert set(wanted.values()) == set(NoticeKind) - {NoticeKind.CORRECTION}


def test_rule_070_orders_and_nothing_else_bear_no_text() -> None:
    assert {item for item, notice in NOTICES.items() if not notice.bears_text} == set(ORDERS)


LISTED = {candidate(item): item for item in ITEMS}


def reached(order: Item) -> set[Item]:
    found = notices.resolve(NOTICES[order], candidate(order), [*LISTED], zone(order))
    return {item for one, item in LISTED.items() if one.entry.ref in notices.refs(found)}


def titled(order: Item) -> set[Item]:
    """What its author listed within two days under the very title that an order names."""
    (title, *_) = NOTICES[order].named.titles
    mine = (item for item in ITEMS if item.outlet == order.outlet and item.take is Take.TEXT)
    near = (item for item in mine if abs(item.born - order.born) < timedelta(hours=48))
    return {item for item in near if title in {draft.title for draft in item.drafts}}


TWINS = {order for order in ORDERS if len(titled(order)) > 1}


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.take}-{order.text}")
def test_rule_070_every_order_means_the_text_that_its_author_took_back(order: Item) -> None:
    taken = reached(order)
    if order in TWINS:
        assert not taken, "nobody can tell which of two is meant"
        return
    assert {(item.run, (item.killed or item.held) is not None) for item in taken} == {
        (order.run, True)
    }
    assert order.outlet in {item.outlet for item in taken}


def test_titles_that_an_author_used_twice_are_the_exception() -> None:
    assert len(TWINS) < len(ORDERS) / 10
