"""When a source is asked again, and what is remembered: tables, and laws over any history."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.fetched import Fetched, Freshness, NotModified, Refused, Validators, Why
from aggregator.model.reading import Hints, Listed, Reading, Window
from aggregator.model.source import Kind, Rhythm, Source, SourceState
from aggregator.polling import cadence
from aggregator.polling.cadence import pauses, rhythm
from aggregator.polling.cadence.settling import LONGEST_WINDOW, joined
from aggregator.ports import Tally
from tests.support.world import entry

NOW = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
OLD = Window(body="old", places=(Listed(key="a", digest="1"), Listed(key="b", digest="2")))
NEW = Window(body="new", places=(Listed(key="c", digest="3"), Listed(key="a", digest="9")))
HAD = Validators(etag='"old"', last_modified="Thu, 12 Mar 2026 11:00:00 GMT")
GOT = Validators(etag='"new"')
NO_FRESHNESS = Freshness()
NO_HINTS = Hints()


def source(
    interval: timedelta = 10 * MINUTE,
    *,
    floor: timedelta | None = 5 * MINUTE,
    ceiling: timedelta | None = HOUR,
    id: str = "ansa",
) -> Source:
    return Source(
        id=id,
        url="https://ansa.example/rss",
        name="ANSA",
        kind=Kind.AGENCY,
        interval=interval,
        min_interval=floor,
        max_interval=ceiling,
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
    of: Source | None = None,
    freshness: Freshness = NO_FRESHNESS,
    hints: Hints | None = None,
    complete: bool = True,
    new: int = 0,
    at: datetime = NOW,
) -> SourceState:
    fetched = Fetched(
        source_id="ansa", at=at, url="u", body=b"b", validators=GOT, freshness=freshness
    )
    reading = Reading(
        source_id="ansa", at=at, entries=(), window=NEW, complete=complete, hints=hints
    )
    return cadence.settle(of or source(), before or state(), fetched, reading, Tally(new=new))


def after_304(
    validators: Validators = GOT,
    *,
    before: SourceState | None = None,
    freshness: Freshness = NO_FRESHNESS,
    at: datetime = NOW,
) -> SourceState:
    result = NotModified(source_id="ansa", at=at, validators=validators, freshness=freshness)
    return cadence.settle(source(), before or state(), result, result, Tally())


def after_refusal(
    why: Why = Why.TIMEOUT,
    *,
    failures: int = 0,
    of: Source | None = None,
    freshness: Freshness = NO_FRESHNESS,
) -> SourceState:
    result = Refused(source_id="ansa", at=NOW, why=why, detail="words", freshness=freshness)
    return cadence.settle(of or source(), state(failures=failures), result, result, Tally())


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

    old = Window(places=places(0, LONGEST_WINDOW))
    cut = Window(places=places(10_000, 3))

    kept = joined(old, cut)

    assert len(kept.places) == LONGEST_WINDOW
    assert kept.places[:4] == (*cut.places, old.places[0])


# -- the rhythm ------------------------------------------------------------------------------------


def heard(new: int, *, every: timedelta, during: timedelta) -> Rhythm:
    """The rhythm of a source that brings as many, in each of so many answers."""
    known = rhythm.begun(NOW)
    for turn in range(1, during // every + 1):
        known = rhythm.heard(known, new, NOW + turn * every)
    return known


def test_a_source_of_which_nothing_is_known_is_asked_in_its_configured_interval() -> None:
    known = rhythm.heard(Rhythm(), 50, NOW)

    assert known == rhythm.begun(NOW)
    assert rhythm.interval(known, 10 * MINUTE) == 10 * MINUTE


@pytest.mark.parametrize(
    ("new", "every"),
    [(1, 5 * MINUTE), (2, 10 * MINUTE), (12, HOUR), (48, 4 * HOUR)],
    ids=str,
)
def test_the_rate_comes_out_the_same_however_often_one_looks(new: int, every: timedelta) -> None:
    known = heard(new, every=every, during=timedelta(days=14))

    assert rhythm.rate(known) == pytest.approx(12, rel=1e-4)


@pytest.mark.parametrize(
    ("ages", "hourly"),
    [
        pytest.param([], rhythm.USUAL, id="none"),
        pytest.param([HOUR], rhythm.USUAL, id="one-says-nothing"),
        pytest.param([n * 10 * MINUTE for n in range(60)], 6.0, id="a-list-of-ten-hours"),
        pytest.param([n * 10 * MINUTE for n in range(600)], 6.0, id="a-list-of-days"),
        pytest.param([n * 6 * HOUR for n in range(40)], 0.2, id="a-slow-source"),
        pytest.param([timedelta()] * 30, 5.6, id="all-dated-when-the-site-was-built"),
        pytest.param([-HOUR, -2 * HOUR], rhythm.USUAL, id="dates-to-come-say-nothing"),
    ],
)
def test_the_dates_of_a_first_document_tell_its_rhythm(
    ages: list[timedelta], hourly: float
) -> None:
    known = rhythm.begun(NOW, [NOW - age for age in ages])

    assert known.usually == pytest.approx(hourly, rel=0.15)


def test_a_first_document_is_not_taken_for_a_flood() -> None:
    after = after_document(state(rhythm=Rhythm()), new=50)

    assert after.rhythm == rhythm.begun(NOW)


def test_dates_that_we_guessed_tell_no_rhythm() -> None:
    def read(*, dated: bool) -> SourceState:
        entries = tuple(
            entry("ansa", f"guid:{n}", "T", published=NOW - n * 5 * MINUTE, dated=dated)
            for n in range(300)
        )
        found = Reading(source_id="ansa", at=NOW, entries=entries, window=NEW)
        fetched = Fetched(source_id="ansa", at=NOW, url="u", body=b"b")
        return cadence.settle(source(), state(), fetched, found, Tally(new=300))

    assert read(dated=True).rhythm.usually == pytest.approx(12, rel=0.1)
    assert read(dated=False).rhythm == rhythm.begun(NOW)


def test_news_that_breaks_is_followed_within_the_hour() -> None:
    quiet = heard(0, every=30 * MINUTE, during=timedelta(days=2))
    breaking = rhythm.heard(quiet, 12, quiet_until := NOW + timedelta(days=2, minutes=30))
    calm = rhythm.heard(breaking, 0, quiet_until + 12 * HOUR)

    before, during, after = (
        rhythm.interval(known, 10 * MINUTE) for known in (quiet, breaking, calm)
    )
    assert before > 60 * MINUTE
    assert during < 10 * MINUTE
    assert during < after < before


def test_two_answers_in_one_moment_are_no_endless_rate() -> None:
    known = rhythm.heard(rhythm.begun(NOW), 3, NOW)

    assert 2 < rhythm.rate(known) < 4


def test_a_clock_that_goes_back_is_taken_for_one_that_stands() -> None:
    known = rhythm.begun(NOW)

    assert rhythm.heard(known, 0, NOW - HOUR) == rhythm.begun(NOW - HOUR)


def test_refusals_say_nothing_of_the_rhythm() -> None:
    known = Rhythm(lately=3.0, usually=1.0, at=NOW - HOUR)
    result = Refused(source_id="ansa", at=NOW, why=Why.TIMEOUT, detail="words")

    after = cadence.settle(source(), state(rhythm=known), result, result, Tally())

    assert after.rhythm == known


def test_a_304_is_an_answer_without_anything_new() -> None:
    known = Rhythm(lately=8.0, usually=8.0, at=NOW - HOUR)

    after = after_304(before=state(rhythm=known))

    assert after.rhythm == rhythm.heard(known, 0, NOW)


# -- why -------------------------------------------------------------------------------------------


def at_rate(hourly: float) -> SourceState:
    return state(rhythm=Rhythm(lately=hourly, usually=hourly, at=NOW))


@pytest.mark.parametrize(
    ("hourly", "words"),
    [
        (11.0, "every 5 min, the floor: 11 items an hour lately"),
        (3.0, "every 6.7 min: 3 items an hour lately"),
        (1.0, "every 20 min: 1 item an hour lately"),
        (0.5, "every 40 min: 12 items a day lately"),
        (0.0, "every 60 min, the ceiling: hardly anything lately"),
    ],
)
def test_the_pause_is_told_with_the_rate_that_made_it(hourly: float, words: str) -> None:
    assert after_304(before=at_rate(hourly)).why == words


def test_a_source_that_was_read_once_has_no_rhythm_to_tell_of() -> None:
    assert after_document().why == "every 10 min: its rhythm is not known yet"


def test_a_fixed_rhythm_is_told_as_such() -> None:
    fixed = source(floor=10 * MINUTE, ceiling=10 * MINUTE)

    after = after_document(at_rate(40.0), of=fixed)

    assert after.why == "every 10 min, as configured"
    assert after.next_poll_at == NOW + 10 * MINUTE


@pytest.mark.parametrize(
    ("freshness", "hints", "words"),
    [
        (Freshness(max_age=20 * MINUTE), Hints(), "every 20 min: its max-age asks for 20 min"),
        (Freshness(), Hints(ttl=720 * HOUR), "every 60 min, the ceiling: its ttl asks for 30 d"),
        (
            Freshness(),
            Hints(period=HOUR),
            "every 60 min, the ceiling: its sy:updatePeriod asks for 60 min",
        ),
        (
            Freshness(),
            Hints(skip_hours=(12,)),
            "in 60 min: it asks not to be read at this hour or day",
        ),
    ],
    ids=["max-age", "ttl", "period", "skip"],
)
def test_what_was_asked_for_is_told(freshness: Freshness, hints: Hints, words: str) -> None:
    assert after_document(freshness=freshness, hints=hints).why == words


@pytest.mark.parametrize(
    ("why", "failures", "words"),
    [
        (Why.TIMEOUT, 0, "in 5 min: refused (timeout)"),
        (Why.NOT_FOUND, 2, "in 40 min: refused 3 times in a row (not-found)"),
        (Why.GONE, 0, "in 24 h: it says that it is gone for good"),
        (Why.SECRET_MISSING, 4, "in 10 min: a secret is not set"),
    ],
)
def test_the_pause_after_a_refusal_is_told(why: Why, failures: int, words: str) -> None:
    assert after_refusal(why, failures=failures).why == words


# -- when next: answers ----------------------------------------------------------------------------


def after_answer(
    *,
    of: Source | None = None,
    hourly: float = rhythm.USUAL,
    freshness: Freshness = NO_FRESHNESS,
    hints: Hints = NO_HINTS,
    at: datetime = NOW,
) -> timedelta:
    known = Rhythm(lately=hourly, usually=hourly, at=at)
    return pauses.after_answer(of or source(), known, freshness, hints, at).length


@pytest.mark.parametrize(
    ("max_age", "expected"),
    [
        pytest.param(None, 10 * MINUTE, id="no-wish"),
        pytest.param(5 * MINUTE, 10 * MINUTE, id="sooner-than-we-would"),
        pytest.param(30 * MINUTE, 30 * MINUTE, id="longer"),
        pytest.param(30 * 24 * HOUR, HOUR, id="rule-051-absurd"),
    ],
)
def test_a_servers_max_age_is_honoured_up_to_the_ceiling(
    max_age: timedelta | None, expected: timedelta
) -> None:
    freshness = Freshness(max_age=max_age)

    assert after_answer(freshness=freshness) == expected
    assert (
        after_304(freshness=freshness).next_poll_at
        == after_document(freshness=freshness).next_poll_at
    )


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        pytest.param(Hints(ttl=5 * MINUTE), 10 * MINUTE, id="ttl-sooner"),
        pytest.param(Hints(ttl=30 * MINUTE), 30 * MINUTE, id="ttl"),
        pytest.param(Hints(ttl=43_200 * MINUTE), HOUR, id="ttl-of-a-month"),
        pytest.param(Hints(period=20 * MINUTE), 20 * MINUTE, id="period"),
        pytest.param(
            Hints(period=40 * MINUTE, base=NOW - 10 * MINUTE), 30 * MINUTE, id="period-from-a-base"
        ),
        pytest.param(
            Hints(period=40 * MINUTE, base=NOW + 15 * MINUTE), 15 * MINUTE, id="base-to-come"
        ),
        pytest.param(Hints(ttl=20 * MINUTE, period=30 * MINUTE), 30 * MINUTE, id="the-longest"),
    ],
)
def test_rule_051_what_a_document_asks_for_is_honoured_up_to_the_ceiling(
    hints: Hints, expected: timedelta
) -> None:
    assert after_answer(hints=hints) == expected


NINE = NOW.replace(hour=9, minute=55)
SUNDAY = datetime(2026, 3, 15, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hints", "at", "expected"),
    [
        pytest.param(Hints(skip_hours=(10, 11)), NINE, 125 * MINUTE, id="to-the-end-of-the-hours"),
        pytest.param(Hints(skip_hours=(9,)), NINE, 10 * MINUTE, id="an-hour-that-ends-before"),
        pytest.param(Hints(skip_hours=(13,)), NINE, 10 * MINUTE, id="another-hour"),
        pytest.param(Hints(skip_hours=(23, 0)), SUNDAY, 90 * MINUTE, id="across-midnight"),
        pytest.param(Hints(skip_days=(6,)), SUNDAY, 30 * MINUTE, id="to-the-end-of-the-day"),
        pytest.param(Hints(skip_hours=(10, 11, 12)), NINE, 3 * HOUR, id="up-to-the-ceiling"),
        pytest.param(
            Hints(skip_hours=(9, 10)),
            NINE.astimezone(timezone(-2 * HOUR)),
            65 * MINUTE,
            id="hours-are-of-gmt",
        ),
    ],
)
def test_the_hours_and_days_to_skip_are_waited_out(
    hints: Hints, at: datetime, expected: timedelta
) -> None:
    assert after_answer(of=source(ceiling=3 * HOUR), hints=hints, at=at) == expected


def test_the_hints_of_the_last_document_stand_for_an_unchanged_one_and_a_304() -> None:
    hints = Hints(ttl=30 * MINUTE, skip_hours=(3, 4))

    read = after_document(hints=hints)
    same = after_document(read, hints=None)
    kept = after_304(before=same)

    assert (read.hints, same.hints, kept.hints) == (hints, hints, hints)
    assert kept.why == "every 30 min: its ttl asks for 30 min"


def test_a_document_without_hints_ends_those_of_the_one_before() -> None:
    before = state(hints=Hints(ttl=30 * MINUTE))

    assert after_document(before, hints=Hints()).hints == Hints()


# -- when next: refusals ---------------------------------------------------------------------------


def refusal(why: Why, *, freshness: Freshness = NO_FRESHNESS) -> Refused:
    return Refused(source_id="ansa", at=NOW, why=why, detail="words", freshness=freshness)


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        (1, 5 * MINUTE),
        (2, 10 * MINUTE),
        (3, 20 * MINUTE),
        (4, 40 * MINUTE),
        (5, HOUR),
        (5_000, HOUR),
    ],
)
def test_rule_102_an_accident_is_retried_soon_then_slower_and_never_given_up(
    failures: int, expected: timedelta
) -> None:
    assert pauses.after_refusal(source(), refusal(Why.TIMEOUT), failures).length == expected


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (Why.UNREACHABLE, 5 * MINUTE),
        (Why.SERVER_ERROR, 5 * MINUTE),
        (Why.EMPTY_BODY, 5 * MINUTE),
        (Why.INTERNAL_ERROR, 5 * MINUTE),
        (Why.NOT_FOUND, 10 * MINUTE),
        (Why.FORBIDDEN, 10 * MINUTE),
        (Why.RATE_LIMITED, 10 * MINUTE),
        (Why.HTML_PAGE, 10 * MINUTE),
        (Why.SECRET_MISSING, 10 * MINUTE),
        (Why.GONE, 24 * HOUR),
    ],
)
def test_what_was_meant_is_not_asked_again_before_its_time(why: Why, expected: timedelta) -> None:
    assert pauses.after_refusal(source(), refusal(why), 1).length == expected


def test_a_missing_secret_does_not_slow_a_source_down() -> None:
    assert pauses.after_refusal(source(), refusal(Why.SECRET_MISSING), 100).length == 10 * MINUTE


@pytest.mark.parametrize(
    ("retry_after", "ceiling", "expected"),
    [
        pytest.param(30 * MINUTE, HOUR, 30 * MINUTE, id="as-asked"),
        pytest.param(timedelta(seconds=5), HOUR, 10 * MINUTE, id="sooner-than-we-would"),
        pytest.param(5 * HOUR, HOUR, HOUR, id="past-the-ceiling"),
        pytest.param(5 * HOUR, 24 * HOUR, 5 * HOUR, id="below-a-high-ceiling"),
        pytest.param(24 * HOUR, 48 * HOUR, 8 * HOUR, id="absurd"),
    ],
)
def test_rule_050_retry_after_is_honoured_within_bounds(
    retry_after: timedelta, ceiling: timedelta, expected: timedelta
) -> None:
    refused = refusal(Why.RATE_LIMITED, freshness=Freshness(retry_after=retry_after))

    assert pauses.after_refusal(source(ceiling=ceiling), refused, 1).length == expected


@pytest.mark.parametrize(
    ("failures", "pause"),
    [(1, 24 * HOUR), (3, 24 * HOUR), (4, 7 * 24 * HOUR), (400, 7 * 24 * HOUR)],
)
def test_rule_046_one_that_stays_gone_is_polled_no_more_but_for_a_question_a_week(
    failures: int, pause: timedelta
) -> None:
    assert pauses.after_refusal(source(), refusal(Why.GONE), failures).length == pause


def test_the_operators_bounds_are_above_every_custom() -> None:
    week = timedelta(days=7)
    slow = source(week, floor=None, ceiling=None)

    assert after_answer(of=slow) == week
    assert pauses.after_refusal(slow, refusal(Why.TIMEOUT), 30).length == week
    assert pauses.after_refusal(slow, refusal(Why.GONE), 1).length == week


# -- the spread ------------------------------------------------------------------------------------


def test_rule_103_sources_of_one_interval_do_not_fire_together() -> None:
    spreads = {pauses.spread(10 * MINUTE, source(id=f"source-{n}")) for n in range(100)}
    seconds = {int(spread.total_seconds()) for spread in spreads}

    assert len(spreads) == 100
    assert min(seconds) >= 600
    assert max(seconds) <= 660
    assert len(seconds) > 40  # spread over the minute, not in a heap


def test_rule_103_sources_at_the_ceiling_do_not_fire_together_either() -> None:
    spreads = {pauses.spread(HOUR, source(id=f"source-{n}")) for n in range(100)}

    assert len(spreads) == 100
    assert max(spreads) <= HOUR
    assert min(spreads) > 54 * MINUTE


def test_rule_103_a_sources_share_never_changes() -> None:
    assert pauses.spread(10 * MINUTE, source()) == timedelta(seconds=647, microseconds=217_521)


def test_one_that_is_gone_is_asked_about_once_a_day() -> None:
    spread = pauses.spread(pauses.GONE, source())

    assert 24 * HOUR / 1.1 <= spread <= 24 * HOUR


# -- laws ------------------------------------------------------------------------------------------

SPANS = st.timedeltas(timedelta(seconds=1), timedelta(days=31))
BOUNDS = st.tuples(SPANS, SPANS, SPANS).map(sorted)
WISHES = st.none() | SPANS
FRESHNESS = st.builds(Freshness, max_age=WISHES, retry_after=WISHES)
MOMENTS = st.timedeltas(timedelta(days=-20_000), timedelta(days=20_000)).map(NOW.__add__)
HINTS = st.builds(
    Hints,
    ttl=WISHES,
    period=WISHES,
    base=st.none() | MOMENTS,
    skip_hours=st.sets(st.integers(0, 23), max_size=23).map(tuple),
    skip_days=st.sets(st.integers(0, 6), max_size=6).map(tuple),
)
RATES = st.floats(0, 1e6)
RHYTHMS = st.builds(Rhythm, lately=RATES, usually=RATES, at=st.none() | MOMENTS)
REFUSALS = st.sampled_from([why for why in Why if why is not Why.GONE])


def bounded(bounds: list[timedelta]) -> Source:
    low, interval, high = bounds
    return source(interval, floor=low, ceiling=high)


@given(bounds=BOUNDS, known=RHYTHMS, freshness=FRESHNESS, hints=HINTS, new=st.integers(0, 10**6))
def test_after_an_answer_the_next_poll_lies_between_floor_and_ceiling(
    bounds: list[timedelta], known: Rhythm, freshness: Freshness, hints: Hints, new: int
) -> None:
    after = after_document(
        state(rhythm=known), of=bounded(bounds), freshness=freshness, hints=hints, new=new
    )

    assert bounds[0] <= after.next_poll_at - NOW <= bounds[2]
    assert after.why


@given(bounds=BOUNDS, why=REFUSALS, failures=st.integers(0, 10**9), freshness=FRESHNESS)
def test_rule_102_after_a_refusal_the_next_poll_lies_between_floor_and_ceiling(
    bounds: list[timedelta], why: Why, failures: int, freshness: Freshness
) -> None:
    after = after_refusal(why, failures=failures, of=bounded(bounds), freshness=freshness)

    assert bounds[0] <= after.next_poll_at - NOW <= bounds[2]
    assert after.why


@given(bounds=BOUNDS, why=st.sampled_from(Why), failures=st.integers(0, 100))
def test_one_more_failure_never_shortens_the_pause(
    bounds: list[timedelta], why: Why, failures: int
) -> None:
    sooner = after_refusal(why, failures=failures, of=bounded(bounds))
    later = after_refusal(why, failures=failures + 1, of=bounded(bounds))

    assert sooner.next_poll_at <= later.next_poll_at


@given(bounds=BOUNDS, known=RHYTHMS, new=st.integers(0, 1000), more=st.integers(0, 1000))
def test_more_news_never_lengthens_the_pause(
    bounds: list[timedelta], known: Rhythm, new: int, more: int
) -> None:
    some = after_document(state(rhythm=known), of=bounded(bounds), new=new)
    many = after_document(state(rhythm=known), of=bounded(bounds), new=new + more)

    assert many.next_poll_at <= some.next_poll_at


@given(bounds=BOUNDS, freshness=FRESHNESS, hints=HINTS)
def test_no_wish_shortens_the_pause(
    bounds: list[timedelta], freshness: Freshness, hints: Hints
) -> None:
    plain = after_answer(of=bounded(bounds))

    assert after_answer(of=bounded(bounds), freshness=freshness, hints=hints) >= plain


@given(known=RHYTHMS, news=st.lists(st.tuples(st.integers(0, 1000), MOMENTS), max_size=20))
def test_a_rhythm_is_a_rate_whatever_was_heard_and_whenever(
    known: Rhythm, news: list[tuple[int, datetime]]
) -> None:
    for new, at in news:
        known = rhythm.heard(known, new, at)

    assert 0 <= rhythm.rate(known) < math.inf
