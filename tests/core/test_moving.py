"""Where a source is: believed slowly, and never for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Why
from aggregator.model.reading import Listed, Reading, Window
from aggregator.model.source import SourceState
from aggregator.polling import moving
from aggregator.polling.moving import ANSWERS, LASTING, RECHECK

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEW, OTHER = "https://new.example/rss", "https://other.example/rss"
FULL = Window(body="b", places=(Listed(key="guid:1", digest="d"),))

Told = str | None
"""Where permanent redirects led, or None if there was none."""


def state(**given: Any) -> SourceState:
    return SourceState(source_id="s", next_poll_at=NOON, **given)


def adopted(**given: Any) -> SourceState:
    return state(**{"moved_to": NEW, "moved_checked": NOON, **given})


def document(
    before: SourceState,
    there: Told,
    at: datetime,
    *,
    window: Window = FULL,
    asked_new: bool = False,
) -> SourceState:
    """The state after a document that was read."""
    result = Fetched(
        source_id="s", at=at, url="https://x.example/", body=b"", moved_to=there, adopted=asked_new
    )
    outcome = Reading(source_id="s", at=at, entries=(), window=window)
    return moving.settled(before, result, outcome)


def unchanged(
    before: SourceState, there: Told, at: datetime, *, asked_new: bool = False
) -> SourceState:
    """The state after a 304."""
    result = NotModified(source_id="s", at=at, moved_to=there, adopted=asked_new)
    return moving.settled(before, result, result)


def refused(before: SourceState, why: Why, at: datetime) -> SourceState:
    result = Refused(source_id="s", at=at, why=why, detail="")
    return moving.settled(before, result, result)


def after(answers: list[Told], every: timedelta, before: SourceState | None = None) -> SourceState:
    now = before or state()
    for n, there in enumerate(answers):
        now = document(now, there, NOON + n * every)
    return now


def test_rule_040_an_address_is_adopted_after_equal_answers_over_a_day() -> None:
    moved = after([NEW] * ANSWERS, LASTING / (ANSWERS - 1))

    assert moved.moved_to == NEW
    assert moved.moved_checked == NOON + LASTING
    assert (moved.moving_to, moved.moving_since, moved.moving_count) == (None, None, 0)


@pytest.mark.parametrize(
    ("answers", "every"),
    [
        pytest.param([NEW] * (ANSWERS - 1), 10 * LASTING, id="too-few-answers"),
        pytest.param([NEW] * 100, LASTING / 100, id="too-short-a-time"),
        pytest.param([NEW, OTHER] * 50, HOUR, id="one-that-flaps"),
        pytest.param([NEW, NEW, NEW, None] * 20, HOUR, id="one-that-stops-now-and-then"),
        pytest.param([None] * 100, HOUR, id="none-at-all"),
    ],
)
def test_rule_040_nothing_is_adopted_before(answers: list[Told], every: timedelta) -> None:
    assert after(answers, every).moved_to is None


def test_rule_040_a_304_behind_the_same_redirects_counts_as_an_answer() -> None:
    now = document(state(), NEW, NOON)
    for n in range(1, ANSWERS):
        now = unchanged(now, NEW, NOON + n * LASTING)

    assert now.moved_to == NEW


def test_rule_040_a_304_alone_begins_nothing_for_no_feed_was_seen_there() -> None:
    assert unchanged(state(), NEW, NOON).moving_to is None


def test_rule_040_a_feed_without_entries_is_not_moved_to() -> None:
    empty = Window(body="e")

    assert document(state(), NEW, NOON, window=empty).moving_to is None
    assert document(document(state(), NEW, NOON), NEW, NOON, window=empty).moving_count == 0


@pytest.mark.parametrize("why", [Why.HTML_PAGE, Why.LOGIN, Why.CONSENT, Why.NOT_A_FEED])
def test_rule_041_a_redirect_to_what_is_no_feed_ends_the_row(why: Why) -> None:
    now = refused(after([NEW] * 4, LASTING), why, NOON + 5 * LASTING)

    assert (now.moved_to, now.moving_to, now.moving_count) == (None, None, 0)


@pytest.mark.parametrize("why", [Why.TIMEOUT, Why.UNREACHABLE, Why.SERVER_ERROR])
def test_an_accident_neither_counts_nor_ends_the_row(why: Why) -> None:
    before = after([NEW] * 4, LASTING)

    assert refused(before, why, NOON + 5 * LASTING) == before


def test_rule_045_the_configured_address_is_asked_again_after_three_days() -> None:
    moved = adopted()

    assert not moving.asks_configured(moved, NOON + RECHECK - HOUR)
    assert moving.asks_configured(moved, NOON + RECHECK)
    assert moving.asks_configured(moved, NOON - RECHECK)  # the clock was set back


def test_rule_045_it_is_asked_at_once_when_the_adopted_one_fails() -> None:
    assert moving.asks_configured(adopted(failures=1), NOON)


def test_one_that_has_not_moved_is_always_asked_where_it_is_configured() -> None:
    assert moving.asks_configured(state(moving_to=NEW, moving_count=4), NOON)


def test_rule_045_one_that_still_leads_there_stays_adopted_for_three_days_more() -> None:
    now = document(adopted(), NEW, NOON + RECHECK)

    assert (now.moved_to, now.moved_checked) == (NEW, NOON + RECHECK)


@pytest.mark.parametrize(("there", "row"), [(None, (None, 0)), (OTHER, (OTHER, 1))])
def test_rule_045_one_that_leads_there_no_more_is_asked_where_it_is_configured(
    there: Told, row: tuple[Told, int]
) -> None:
    now = document(adopted(), there, NOON + RECHECK)

    assert (now.moved_to, now.moved_checked) == (None, None)
    assert (now.moving_to, now.moving_count) == row


def test_an_empty_feed_at_the_old_address_does_not_end_the_move() -> None:
    now = document(adopted(), None, NOON + RECHECK, window=Window(body="e"))

    assert (now.moved_to, now.moved_checked) == (NEW, NOON + RECHECK)


def test_an_old_address_that_has_died_is_asked_every_three_days_only() -> None:
    now = document(adopted(), None, NOON + RECHECK, asked_new=True)

    assert (now.moved_to, now.moved_checked) == (NEW, NOON + RECHECK)


def test_a_moved_source_may_move_again() -> None:
    now = adopted()
    for n in range(ANSWERS):
        at = NOON + n * LASTING / (ANSWERS - 1)
        now = document(now, OTHER, at, asked_new=True)

    assert now.moved_to == OTHER


outcomes = st.lists(
    st.tuples(
        st.sampled_from([NEW, OTHER, None]),
        st.sampled_from(["document", "empty", "304", Why.TIMEOUT, Why.HTML_PAGE]),
        st.integers(0, 40),
    ),
    max_size=40,
)


@given(outcomes)
def test_whatever_is_answered_a_move_has_lasted_and_nothing_else_changes(
    said: list[tuple[Told, str, int]],
) -> None:
    now, at = state(), NOON
    for there, what, hours in said:
        at += hours * HOUR
        before, now = now, _step(now, there, what, at)
        gone = replace(now, moved_to=None, moved_checked=None) if now.moved_to else now
        assert replace(gone, moving_to=None, moving_since=None, moving_count=0) == state()
        if now.moved_to and now.moved_to != before.moved_to:
            assert before.moving_to == now.moved_to
            assert before.moving_count >= ANSWERS - 1
            assert before.moving_since is not None
            assert at - before.moving_since >= LASTING


def _step(before: SourceState, there: Told, what: str, at: datetime) -> SourceState:
    asked_new = not moving.asks_configured(before, at)
    match what:
        case "document":
            return document(before, there, at, asked_new=asked_new)
        case "empty":
            return document(before, there, at, window=Window(), asked_new=asked_new)
        case "304":
            return unchanged(before, there, at, asked_new=asked_new)
        case _:
            return refused(before, Why(what), at)


def test_a_document_that_was_refused_in_reading_is_a_refusal() -> None:
    result: FetchResult = Fetched(source_id="s", at=NOON, url=NEW, body=b"<html>", moved_to=NEW)
    page = Refused(source_id="s", at=NOON, why=Why.HTML_PAGE, detail="")

    assert moving.settled(state(), result, page) == state()
