"""When a source is asked again, and what is remembered: tables, and laws over any history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.fetched import Fetched, Freshness, NotModified, Refused, Validators, Why
from aggregator.model.reading import Listed, Reading, Window
from aggregator.model.source import Kind, Source, SourceState
from aggregator.polling import cadence
from aggregator.ports import Tally

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
OLD = Window(body="old", places=(Listed(key="a", digest="1"), Listed(key="b", digest="2")))
NEW = Window(body="new", places=(Listed(key="c", digest="3"), Listed(key="a", digest="9")))
HAD = Validators(etag='"old"', last_modified="Thu, 12 Mar 2026 11:00:00 GMT")
GOT = Validators(etag='"new"')
NO_FRESHNESS = Freshness()


def source(interval: timedelta = 10 * MINUTE, id: str = "ansa") -> Source:
    return Source(
        id=id,
        url="https://ansa.example/rss",
        name="ANSA",
        kind=Kind.AGENCY,
        interval=interval,
        timeout=timedelta(seconds=20),
        max_size=1_000_000,
    )


def state(**given: Any) -> SourceState:
    facts: dict[str, Any] = {
        "source_id": "ansa",
        "next_poll_at": NOW,
        "validators": HAD,
        "window": OLD,
        "last_attempt": NOW - HOUR,
        "last_success": NOW - 2 * HOUR,
        "last_new": NOW - 3 * HOUR,
        "lease_until": NOW + MINUTE,
        "moved_to": "https://ansa.example/new",
    }
    return SourceState(**facts | given)


def after_document(
    before: SourceState | None = None,
    *,
    interval: timedelta = 10 * MINUTE,
    freshness: Freshness = NO_FRESHNESS,
    complete: bool = True,
    new: int = 0,
) -> SourceState:
    fetched = Fetched(
        source_id="ansa", at=NOW, url="u", body=b"b", validators=GOT, freshness=freshness
    )
    reading = Reading(source_id="ansa", at=NOW, entries=(), window=NEW, complete=complete)
    before = before or state()
    return cadence.settle(source(interval), before, fetched, reading, Tally(new=new))


def after_304(validators: Validators = GOT, freshness: Freshness = NO_FRESHNESS) -> SourceState:
    result = NotModified(source_id="ansa", at=NOW, validators=validators, freshness=freshness)
    return cadence.settle(source(), state(), result, result, Tally())


def after_refusal(
    why: Why = Why.TIMEOUT,
    *,
    failures: int = 0,
    interval: timedelta = 10 * MINUTE,
    freshness: Freshness = NO_FRESHNESS,
    id: str = "ansa",
) -> SourceState:
    result = Refused(source_id=id, at=NOW, why=why, detail="words", freshness=freshness)
    before = state(failures=failures, source_id=id)
    return cadence.settle(source(interval, id), before, result, result, Tally())


def pause(after: SourceState) -> timedelta:
    """The pause that was decided, without the source's own share of the spread."""
    stretch = cadence.stretched(HOUR, after.source_id) / HOUR
    return timedelta(seconds=round((after.next_poll_at - NOW).total_seconds() / stretch, 3))


# -- what is remembered ----------------------------------------------------------------------------


def test_after_a_document_its_window_and_validators_are_the_sources() -> None:
    after = after_document(state(failures=3, detail="words"), new=2)

    assert (after.window, after.validators) == (NEW, GOT)
    assert (after.result, after.detail, after.failures) == ("fetched", "", 0)
    assert (after.last_attempt, after.last_success, after.last_new) == (NOW, NOW, NOW)


def test_a_document_without_anything_new_is_a_success_all_the_same() -> None:
    after = after_document(new=0)

    assert (after.last_success, after.last_new) == (NOW, NOW - 3 * HOUR)


def test_rule_048_a_304_keeps_the_window_and_takes_the_validators_it_brings() -> None:
    after = after_304(GOT)

    assert after.window == OLD
    assert after.validators == Validators(etag='"new"', last_modified=HAD.last_modified)
    assert (after.result, after.last_success, after.last_new) == (
        "not-modified",
        NOW,
        NOW - 3 * HOUR,
    )


def test_a_304_without_validators_keeps_those_we_have() -> None:
    assert after_304(Validators()).validators == HAD


def test_a_document_without_validators_takes_the_old_ones_away() -> None:
    fetched = Fetched(source_id="ansa", at=NOW, url="u", body=b"b")
    reading = Reading(source_id="ansa", at=NOW, entries=(), window=NEW)

    after = cadence.settle(source(), state(), fetched, reading, Tally())

    assert after.validators == Validators()


def test_a_refusal_changes_nothing_but_the_schedule_and_what_is_told() -> None:
    after = after_refusal(Why.SERVER_ERROR, failures=4)

    assert (after.window, after.validators) == (OLD, HAD)
    assert (after.result, after.detail, after.failures) == ("server-error", "words", 5)
    assert (after.last_attempt, after.last_success, after.last_new) == (
        NOW,
        NOW - 2 * HOUR,
        NOW - 3 * HOUR,
    )


def test_rule_052_a_page_instead_of_a_feed_changes_nothing_either() -> None:
    fetched = Fetched(source_id="ansa", at=NOW, url="u", body=b"<html>", validators=GOT)
    refused = Refused(source_id="ansa", at=NOW, why=Why.HTML_PAGE, detail="a page")

    after = cadence.settle(source(), state(), fetched, refused, Tally())

    assert (after.window, after.validators, after.result) == (OLD, HAD, "html-page")


def test_the_lease_ends_with_every_outcome() -> None:
    outcomes = (after_document(), after_304(), after_refusal())

    assert [after.lease_until for after in outcomes] == [None, None, None]


# -- cut documents ---------------------------------------------------------------------------------


def test_of_a_cut_document_nothing_counts_as_removed() -> None:
    after = after_document(complete=False)

    assert [place.key for place in after.window.places] == ["c", "a", "b"]
    assert [place.digest for place in after.window.places] == ["3", "9", "2"]


def test_a_cut_document_leaves_the_validators_so_that_the_whole_is_asked_for() -> None:
    assert after_document(complete=False).validators == HAD


def test_after_a_cut_document_no_body_counts_as_known() -> None:
    assert after_document(complete=False).window.body == ""


def test_a_source_that_sends_only_cut_documents_is_remembered_within_bounds() -> None:
    def places(first: int, count: int) -> tuple[Listed, ...]:
        return tuple(Listed(key=str(n), digest="") for n in range(first, first + count))

    old = Window(places=places(0, cadence.LONGEST_WINDOW))
    cut = Window(places=places(10_000, 3))

    joined = cadence.joined(old, cut)

    assert len(joined.places) == cadence.LONGEST_WINDOW
    assert joined.places[:4] == (*cut.places, old.places[0])


# -- when next -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("max_age", "expected"),
    [
        pytest.param(None, 10 * MINUTE, id="no-wish"),
        pytest.param(5 * MINUTE, 10 * MINUTE, id="shorter-than-the-interval"),
        pytest.param(30 * MINUTE, 30 * MINUTE, id="longer"),
        pytest.param(30 * 24 * HOUR, HOUR, id="rule-051-absurd"),
    ],
)
def test_a_servers_max_age_is_honoured_between_interval_and_ceiling(
    max_age: timedelta | None, expected: timedelta
) -> None:
    freshness = Freshness(max_age=max_age)

    assert pause(after_document(freshness=freshness)) == expected
    assert pause(after_304(freshness=freshness)) == expected


def test_an_interval_above_every_ceiling_is_the_operators_to_choose() -> None:
    week = timedelta(days=7)

    assert pause(after_document(interval=week)) == week
    assert pause(after_refusal(Why.TIMEOUT, failures=30, interval=week)) == week
    assert pause(after_refusal(Why.GONE, interval=week)) == week


@pytest.mark.parametrize(
    ("failures_before", "expected"),
    [
        (0, MINUTE),
        (1, 2 * MINUTE),
        (2, 4 * MINUTE),
        (3, 8 * MINUTE),
        (4, 16 * MINUTE),
        (7, 128 * MINUTE),
        (8, 4 * HOUR),
        (5_000, 4 * HOUR),
    ],
)
def test_rule_102_an_accident_is_retried_soon_then_slower_and_never_given_up(
    failures_before: int, expected: timedelta
) -> None:
    assert pause(after_refusal(Why.TIMEOUT, failures=failures_before)) == expected


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (Why.UNREACHABLE, MINUTE),
        (Why.SERVER_ERROR, MINUTE),
        (Why.EMPTY_BODY, MINUTE),
        (Why.INTERNAL_ERROR, MINUTE),
        (Why.NOT_FOUND, 10 * MINUTE),
        (Why.FORBIDDEN, 10 * MINUTE),
        (Why.RATE_LIMITED, 10 * MINUTE),
        (Why.HTML_PAGE, 10 * MINUTE),
        (Why.SECRET_MISSING, 10 * MINUTE),
        (Why.GONE, 24 * HOUR),
    ],
)
def test_what_was_meant_is_not_asked_again_before_its_time(why: Why, expected: timedelta) -> None:
    assert pause(after_refusal(why)) == expected


def test_a_fast_source_is_retried_at_its_own_pace() -> None:
    two_seconds = timedelta(seconds=2)

    assert pause(after_refusal(Why.UNREACHABLE, interval=two_seconds)) == two_seconds


def test_a_missing_secret_does_not_slow_a_source_down() -> None:
    assert pause(after_refusal(Why.SECRET_MISSING, failures=100)) == 10 * MINUTE


@pytest.mark.parametrize(
    ("retry_after", "expected"),
    [
        pytest.param(30 * MINUTE, 30 * MINUTE, id="as-asked"),
        pytest.param(timedelta(seconds=5), 10 * MINUTE, id="sooner-than-we-would"),
        pytest.param(24 * HOUR, 8 * HOUR, id="absurd"),
    ],
)
def test_rule_050_retry_after_is_honoured_within_bounds(
    retry_after: timedelta, expected: timedelta
) -> None:
    freshness = Freshness(retry_after=retry_after)

    assert pause(after_refusal(Why.RATE_LIMITED, freshness=freshness)) == expected


def test_rule_103_sources_of_one_interval_do_not_fire_together() -> None:
    pauses = {cadence.stretched(10 * MINUTE, f"source-{n}") for n in range(100)}
    seconds = {int(pause.total_seconds()) for pause in pauses}

    assert len(pauses) == 100
    assert min(seconds) >= 600
    assert max(seconds) <= 660
    assert len(seconds) > 40  # spread over the minute, not in a heap


def test_rule_103_a_sources_share_never_changes() -> None:
    assert cadence.stretched(10 * MINUTE, "ansa") == timedelta(seconds=647, microseconds=217_521)


INTERVALS = st.timedeltas(timedelta(seconds=1), timedelta(days=2))
WISHES = st.none() | st.timedeltas(timedelta(seconds=1), timedelta(days=31))


@given(why=st.sampled_from(Why), failures=st.integers(0, 10**9), interval=INTERVALS, wish=WISHES)
def test_rule_102_every_refusal_is_followed_by_another_poll_within_a_day_or_the_interval(
    why: Why, failures: int, interval: timedelta, wish: timedelta | None
) -> None:
    after = after_refusal(
        why, failures=failures, interval=interval, freshness=Freshness(retry_after=wish)
    )

    longest = max(interval, cadence.GONE) * (1 + cadence.SPREAD)
    assert timedelta() < after.next_poll_at - NOW <= longest


@given(why=st.sampled_from(Why), failures=st.integers(0, 100), interval=INTERVALS)
def test_one_more_failure_never_shortens_the_pause(
    why: Why, failures: int, interval: timedelta
) -> None:
    sooner = after_refusal(why, failures=failures, interval=interval)
    later = after_refusal(why, failures=failures + 1, interval=interval)

    assert sooner.next_poll_at <= later.next_poll_at


@given(interval=INTERVALS, wish=WISHES)
def test_the_interval_is_a_floor_for_answers(interval: timedelta, wish: timedelta | None) -> None:
    after = after_document(interval=interval, freshness=Freshness(max_age=wish))

    assert after.next_poll_at - NOW >= interval
