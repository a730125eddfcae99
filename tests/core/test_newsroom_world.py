"""The simulated world: the same for all who ask, true to its truth, and patient with outages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.newsroom import press, stories, truth, wire
from aggregator.newsroom.chance import Chance
from aggregator.newsroom.formats import document
from aggregator.newsroom.issue import Issue
from aggregator.newsroom.outlets import ROSTER, WIRES, Kind, Outlet
from aggregator.newsroom.world import World
from aggregator.text import urls
from tests.support.newsroom import BASE, shown

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PACE = timedelta(minutes=4)
EVERYONE = (*ROSTER, *WIRES)
by_outlet = pytest.mark.parametrize("outlet", EVERYONE, ids=lambda outlet: str(outlet.id))


def world(**given: object) -> World:
    return World(**({"seed": 1, "start": START, "roster": EVERYONE} | given))  # type: ignore[arg-type]


# Asking changes nothing, so that the tests below may ask one and the same.
WORLD = world()
TWIN = world()
FAST = world(speed=60.0)
OTHER = world(seed=2)
HAPPENED = [item for number in range(800) for item in WORLD.coverage(number)]


def feed(of: World, outlet: Outlet, at: datetime) -> bytes:
    items, changed = of.listed(outlet.id, at), of.changed(outlet.id, at)
    return document(Issue(outlet=outlet, items=items, at=at, changed=changed, base=BASE))


@by_outlet
def test_equal_seeds_and_moments_give_equal_bytes(outlet: Outlet) -> None:
    assert feed(WORLD, outlet, START + HOUR) == feed(TWIN, outlet, START + HOUR)


@by_outlet
def test_what_was_asked_before_changes_no_answer(outlet: Outlet) -> None:
    later = feed(WORLD, outlet, START + 9 * HOUR)
    assert feed(TWIN, outlet, START) == feed(WORLD, outlet, START)
    assert feed(TWIN, outlet, START + 9 * HOUR) == later


@by_outlet
def test_another_seed_is_another_day_of_news(outlet: Outlet) -> None:
    assert feed(WORLD, outlet, START) != feed(OTHER, outlet, START)


def test_the_truth_does_not_depend_on_when_the_world_starts() -> None:
    early = truth.truth(WORLD, START + HOUR)
    # A week, and not half a year: what is embargoed names an hour of the clock on the wall.
    late = truth.truth(world(start=START + 7 * DAY), START + 7 * DAY + HOUR)
    assert [(one.name, one.text, one.title) for one in early] == [
        (one.name, one.text, one.title) for one in late
    ]


@by_outlet
def test_a_feed_lists_what_the_truth_says_that_it_lists(outlet: Outlet) -> None:
    at = START + 3 * HOUR
    listed = {
        (one.name.link, one.title)
        for one in truth.truth(WORLD, at)
        if one.name.outlet == outlet.id and one.first_listed <= at < one.listed_until
    }
    entries = shown(feed(WORLD, outlet, at))
    assert {(one.link.removeprefix(BASE), one.title) for one in entries} == listed
    assert len(entries) == len(listed) > 5


@by_outlet
def test_a_guid_names_one_item(outlet: Outlet) -> None:
    entries = shown(feed(WORLD, outlet, START))
    assert len({one.guid or one.link for one in entries}) == len(entries)


@by_outlet
def test_a_feed_is_in_order_newest_first(outlet: Outlet) -> None:
    born = [item.born for item in WORLD.listed(outlet.id, START)]
    assert born == sorted(born, reverse=True)


@pytest.mark.parametrize(("speed", "keep"), [(1.0, 12 * HOUR), (60.0, 12 * HOUR), (1.0, HOUR)])
def test_every_item_stays_listed_as_long_as_was_promised(speed: float, keep: timedelta) -> None:
    known = truth.truth(world(speed=speed, keep=keep), START + 2 * HOUR / speed)
    stays = [one.listed_until - one.first_listed for one in known]
    assert min(stays) >= keep / speed - timedelta(microseconds=2)


def test_an_item_is_listed_from_its_first_moment_to_before_its_last() -> None:
    one = truth.truth(WORLD, START + HOUR)[-1]
    moments = (one.first_listed, one.listed_until - SECOND, one.listed_until)
    lists = [{item.link for item in WORLD.listed(one.name.outlet, at)} for at in moments]
    assert [one.name.link in listed for listed in lists] == [True, True, False]


def test_truth_tells_only_of_what_was_listed_in_between() -> None:
    known = truth.truth(WORLD, START + 2 * HOUR, since=START + HOUR)
    assert all(one.listed_until > START + HOUR for one in known)
    assert all(one.first_listed <= START + 2 * HOUR for one in known)


def test_no_item_comes_later_than_the_horizon() -> None:
    # Events happen between their number and the next on a grid of the pace.
    grid = {item.event: START - 12 * HOUR + item.event * PACE for item in HAPPENED}
    late = [item.born - grid[item.event] for item in HAPPENED]
    assert HOUR < max(late) <= press.HORIZON + PACE


def test_items_of_one_page_and_no_others_share_a_canonical_address() -> None:
    known = truth.truth(WORLD, START)
    canonical: dict[str, set[truth.Name]] = {}
    for one in known:
        canonical.setdefault(urls.canonical(BASE + one.name.link), set()).add(one.name)
    assert frozenset(map(frozenset, canonical.values())) == truth.by_page(known)


def test_copies_by_link_are_part_of_the_copies_by_text_and_these_of_the_stories() -> None:
    known = truth.truth(WORLD, START)
    pages, texts = truth.by_page(known), truth.by_text(known)
    assert all(any(page <= text for text in texts) for page in pages)
    assert len({one.event for one in known}) < len(texts) < len(pages) < len(known)


def test_a_good_share_of_items_has_a_copy_under_the_same_address() -> None:
    known = truth.truth(WORLD, START)
    shared = [name for page in truth.by_page(known) if len(page) > 1 for name in page]
    assert len(shared) > len(known) / 5


def test_titles_are_edited_in_place() -> None:
    edited = [item for item in HAPPENED if len({draft.title for draft in item.drafts}) > 1]
    one = next(item for item in edited if item.outlet == "il-portale" and item.born > START)
    moments = (one.born, one.drafts[-1].at)
    titles = [
        next(known.title for known in truth.truth(WORLD, at) if known.name.link == one.link)
        for at in moments
    ]
    assert len(edited) > len(HAPPENED) / 50
    assert titles == [one.drafts[0].title, one.drafts[-1].title]


def test_an_agency_corrects_in_place_and_some_copies_follow() -> None:
    corrected = {
        item.text for item in HAPPENED if len(item.drafts) > 1 and item.page.startswith("/agenzia")
    }
    following = [item for item in HAPPENED if item.text in corrected and len(item.drafts) > 1]
    assert len(corrected) > 5
    assert {item.outlet for item in following} > {"agenzia-nord"}


@pytest.mark.parametrize("take", [take for take in wire.Take if take.order])
def test_a_text_that_was_taken_back_is_followed_by_an_order_and_copied_no_more(
    take: wire.Take,
) -> None:
    orders = {item.run: item.born for item in HAPPENED if item.take is take}
    stopped = [item for item in HAPPENED if item.run in orders and not item.notice]
    assert len(orders) > 3
    assert all((item.killed or item.held) == orders[item.run] for item in stopped)
    assert all(item.born < orders[item.run] for item in stopped)
    assert all((item.held is None) == (take is not wire.Take.HOLD) for item in stopped)


def test_a_wire_whose_items_have_a_status_orders_by_that() -> None:
    own = [item for item in HAPPENED if item.outlet in ("adriatica", "northern-wire")]
    ends = {item.drafts[-1].status for item in own if item.killed}
    held = [[draft.status for draft in item.drafts[-2:]] for item in own if item.held]
    assert not any(item.notice for item in own)
    assert ends == {"canceled"}
    assert held
    assert all(states == ["withheld", "usable"] for states in held)


def test_what_is_embargoed_is_printed_by_its_author_alone_until_it_ends() -> None:
    runs = {item.run: item.embargo for item in HAPPENED if item.embargo}
    copies = [item for item in HAPPENED if item.run in runs and not item.embargo]
    assert len(runs) > 5
    assert copies
    ends = [(runs[item.run], item.born) for item in copies]
    assert all(end and born > end - timedelta(minutes=1) for end, born in ends)


def test_what_is_embargoed_says_so_in_words_or_in_a_field() -> None:
    own = [item for item in HAPPENED if item.embargo]
    worded = {item.outlet for item in own if "EMBARGO" in item.drafts[0].title}
    formal = {item.outlet for item in own} - worded
    assert worded
    assert formal == {"adriatica", "northern-wire"}
    assert "<embargoed>" in _listing(next(item for item in own if item.outlet == "adriatica"))
    assert '"embargoed"' in _listing(next(item for item in own if item.outlet == "northern-wire"))


def _listing(item: press.Item) -> str:
    outlet = WORLD.outlet(item.outlet)
    assert outlet
    return feed(WORLD, outlet, item.born).decode()


def test_what_is_sent_again_is_the_same_text_under_another_name() -> None:
    for take in (wire.Take.REFILE, wire.Take.REPEAT):
        again = [item for item in HAPPENED if item.take is take]
        # The author's comes before its copies.
        texts = [item for item in reversed(HAPPENED) if item.take is wire.Take.TEXT]
        first = {item.text: item for item in texts}
        assert len(again) > 3
        assert all(first[item.text].born < item.born for item in again)
        assert all(first[item.text].guid != item.guid for item in again)


def test_the_truth_knows_what_is_held_and_what_was_replaced() -> None:
    item = next(one for one in HAPPENED if one.embargo and one.born > START)
    assert item.embargo
    update = next(one for one in HAPPENED if one.take is wire.Take.UPDATE and one.born > START)
    assert _held(item, item.embargo - SECOND)
    assert not _held(item, item.embargo)
    known = [one for one in truth.truth(WORLD, update.born) if one.run == update.run]
    own = [one for one in known if one.name.outlet == update.outlet]
    assert {(one.take, one.superseded) for one in own} >= {
        (wire.Take.TEXT, True),
        (wire.Take.UPDATE, False),
    }


def _held(item: press.Item, at: datetime) -> bool:
    name = truth.Name(outlet=item.outlet, link=item.link)
    return next(one.held for one in truth.truth(WORLD, at) if one.name == name)


def test_the_truth_knows_a_kill_from_its_moment_on() -> None:
    kill = next(item for item in HAPPENED if item.killed and item.outlet == "agenzia-nord")
    assert kill.killed is not None
    since = kill.born - HOUR
    before, after = (
        {one.name: one.killed for one in truth.truth(WORLD, at, since=since)}
        for at in (kill.killed - SECOND, kill.killed)
    )
    name = truth.Name(outlet=kill.outlet, link=kill.link)
    assert (before[name], after[name]) == (False, True)


@by_outlet
def test_at_any_speed_nothing_is_dated_after_the_onlookers_clock(outlet: Outlet) -> None:
    at = START + timedelta(minutes=5)
    items = FAST.listed(outlet.id, at)
    assert max(item.draft(at).at for item in items) <= at
    assert max(item.born for item in items) > START


def test_a_newcomer_finds_a_past_and_sees_news_come_in() -> None:
    at_once = [outlet.id for outlet in EVERYONE if len(FAST.listed(outlet.id, START)) >= 5]
    soon = truth.truth(FAST, START + 10 * SECOND)
    assert at_once == [outlet.id for outlet in EVERYONE]
    assert len([one for one in soon if one.first_listed > START]) >= 4


def test_the_last_change_of_a_feed_never_lies_ahead() -> None:
    moments = [START + timedelta(minutes=7) * step for step in range(40)]
    changed = [WORLD.changed("il-portale", at) for at in moments]
    assert changed == sorted(changed)
    assert all(change <= at for change, at in zip(changed, moments, strict=True))


@by_outlet
def test_a_page_is_there_once_it_is_printed(outlet: Outlet) -> None:
    item = WORLD.listed(outlet.id, START)[0]
    there = WORLD.page(item.page, START)
    assert there is not None
    assert there.text == item.text
    assert WORLD.page(item.page, there.born - SECOND) is None


@pytest.mark.parametrize("path", ["/", "/il-portale/", "/il-portale/x-1", f"/x/{'9' * 40}a1-x"])
def test_an_address_that_nobody_printed_has_no_page(path: str) -> None:
    assert WORLD.page(path, START) is None


def test_a_roster_of_ones_own_takes_the_place_of_the_usual() -> None:
    alone = tuple(outlet for outlet in ROSTER if outlet.id == "quotidiano-nuovo")
    assert {one.name.outlet for one in truth.truth(world(roster=alone), START)} == {
        "quotidiano-nuovo"
    }


def test_only_agencies_send_more_than_texts() -> None:
    scene = stories.scenes("it")[0]
    story = stories.tell(scene, Chance("x"))
    events = [wire.Event(number=number, at=START, story=story) for number in range(400)]
    sent = [
        text for event in events for text in wire.texts(event, EVERYONE, Chance(f"{event.number}"))
    ]
    assert {text.take for text in sent if text.author.kind is Kind.AGENCY} == set(wire.Take)
    assert {text.take for text in sent if text.author.kind is Kind.PORTAL} == {wire.Take.TEXT}
