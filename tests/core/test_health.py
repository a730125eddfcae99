"""The state of a source in words, against its own rhythm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator import config, health
from aggregator.health import State
from aggregator.model.fetched import Why
from aggregator.ports import SourceStatus
from tests.support.shelf import NOON, source, status

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "https://ansa.example"


def told(
    *,
    findings: tuple[str, ...] = (),
    newest: datetime | None = NOON - HOUR,
    pause: timedelta | None = 8 * HOUR,
    entries: int = 30,
    of: dict[str, Any] | None = None,
    **state: Any,
) -> SourceStatus:
    """A source that answered at noon and whose newest item came an hour before."""
    facts = {"last_new": NOON - HOUR} | state
    return replace(
        status(source(**of or {}), **facts),
        newest=newest,
        entries=entries,
        pause=pause,
        findings=tuple((name, f"{name} in words") for name in findings),
    )


def refused(why: Why, failures: int = 3, **state: Any) -> SourceStatus:
    """A source whose last polls were refused, and that answered well two days ago."""
    facts = {"result": why.value, "detail": "as it said", "failures": failures}
    return told(**facts | {"last_success": NOON - 2 * DAY} | state)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        pytest.param(told(), State.OK, id="good answers"),
        pytest.param(told(of={"enabled": False}), State.DISABLED, id="switched off"),
        pytest.param(told(last_attempt=None), State.NEW, id="not polled"),
        pytest.param(told(last_new=None, newest=None, entries=3), State.UNDATED, id="no dates"),
        pytest.param(told(findings=("no-items",)), State.EMPTY, id="no items"),
        pytest.param(told(moved_to=f"{SITE}/new"), State.MOVED, id="moved"),
        pytest.param(told(moving_to=f"{SITE}/new", moving_count=2), State.MOVED, id="moving"),
        pytest.param(told(findings=("guid-churn",)), State.CHURNING, id="new ids"),
        pytest.param(told(findings=("answers-in-turn",)), State.CHURNING, id="two servers"),
        pytest.param(told(findings=("ids-moved", "undated")), State.OK, id="other findings"),
        pytest.param(told(newest=None, entries=0), State.STALE, id="nothing is kept"),
        pytest.param(refused(Why.TIMEOUT, 2), State.RETRYING, id="an accident"),
        pytest.param(refused(Why.TIMEOUT, 3), State.SLOW, id="accidents that last"),
        pytest.param(refused(Why.UNREACHABLE, 3), State.FAILING, id="unreachable for long"),
        pytest.param(
            refused(Why.UNREACHABLE, 1, last_success=None), State.FAILING, id="never reached"
        ),
        pytest.param(refused(Why.NOT_FOUND, 1), State.FAILING, id="not found"),
        pytest.param(refused(Why.HTML_PAGE, 1), State.FAILING, id="a page"),
        pytest.param(refused(Why.GONE, 1), State.GONE, id="gone"),
        pytest.param(refused(Why.UNAUTHORIZED, 1), State.REFUSED, id="unauthorized"),
        pytest.param(refused(Why.RATE_LIMITED, 1), State.REFUSED, id="too often"),
    ],
)
def test_a_source_has_the_worst_state_that_is_true_of_it(
    status: SourceStatus, state: State
) -> None:
    assert health.judge(status, NOON).state is state


@pytest.mark.parametrize(
    ("pause", "silence", "state"),
    [
        pytest.param(20 * HOUR, 59 * HOUR, State.OK, id="within three of its pauses"),
        pytest.param(20 * HOUR, 60 * HOUR, State.QUIET, id="three of its pauses"),
        pytest.param(10 * timedelta(minutes=1), 23 * HOUR, State.OK, id="a night of a new source"),
        pytest.param(10 * timedelta(minutes=1), 24 * HOUR, State.QUIET, id="a day of a wire"),
        pytest.param(62 * HOUR, 6 * DAY, State.OK, id="a long weekend of an office"),
        pytest.param(None, 60 * DAY, State.OK, id="a source without a rhythm"),
    ],
)
def test_silence_is_measured_by_the_source_s_own_pauses(
    pause: timedelta | None, silence: timedelta, state: State
) -> None:
    heard = told(newest=NOON - silence, last_new=NOON - silence, pause=pause)
    assert health.judge(heard, NOON).state is state


def test_an_item_with_an_old_date_breaks_the_silence() -> None:
    late = told(newest=NOON - 5 * DAY, last_new=NOON - HOUR)
    assert health.judge(late, NOON).state is State.OK


@pytest.mark.parametrize(
    ("age", "state"),
    [(timedelta(days=89), State.OK), (timedelta(days=90), State.STALE)],
    ids=["eighty-nine days", "ninety days"],
)
def test_rule_114_a_feed_of_old_news_is_stale(age: timedelta, state: State) -> None:
    assert health.judge(told(newest=NOON - age, pause=None), NOON).state is state


def test_rule_114_the_newest_date_is_told_in_words() -> None:
    old = told(newest=datetime(2024, 5, 9, tzinfo=UTC))
    assert health.judge(old, NOON).words == (
        "answers well, but its newest item is of 9 May 2024, 672 days ago"
    )


def test_rule_114_a_feed_without_any_readable_date_is_undated() -> None:
    found = health.judge(told(newest=None, findings=("undated",)), NOON)
    assert found.state is State.UNDATED
    assert found.words == (
        "no item carries a date that can be read, so each is dated by its first sight"
    )


def test_rule_034_an_empty_feed_is_told_and_what_it_brought_is_kept() -> None:
    assert health.judge(told(findings=("no-items",)), NOON).words == (
        "answers well and lists nothing; the last new item came 60 minutes ago, and is kept"
    )


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        pytest.param(refused(Why.FORBIDDEN), "user_agent: Mozilla/5.0", id="forbidden"),
        pytest.param(refused(Why.CHALLENGE), "user_agent: Mozilla/5.0", id="challenge"),
        pytest.param(
            refused(Why.FORBIDDEN, of={"user_agent": "Mozilla/5.0"}),
            "headers:\n      Accept: application/rss+xml, text/html",
            id="forbidden under another name",
        ),
        pytest.param(
            refused(Why.UNAUTHORIZED),
            "headers:\n      Authorization: Bearer ${ANSA_SECRET}",
            id="unauthorized",
        ),
        pytest.param(refused(Why.CONSENT), "headers:\n      Cookie: ${ANSA_SECRET}", id="consent"),
    ],
)
def test_rule_116_who_is_refused_is_told_how_to_introduce_themselves(
    given: SourceStatus, lines: str
) -> None:
    found = health.judge(given, NOON)
    assert found.state is State.REFUSED
    assert found.suggestion.startswith(f"sources:\n  ansa:\n    {lines}")


@pytest.mark.parametrize(
    ("given", "line"),
    [
        pytest.param(refused(Why.GONE), "enabled: false  # or its new address as url", id="gone"),
        pytest.param(refused(Why.TIMEOUT), "timeout: 40s", id="slow"),
        pytest.param(refused(Why.TOO_LARGE), "max_size: 20000000B", id="too large"),
        pytest.param(
            refused(Why.RATE_LIMITED, of={"min_interval": timedelta(minutes=2)}),
            "min_interval: 600s",
            id="too often",
        ),
        pytest.param(told(moved_to=f"{SITE}/new"), f'url: "{SITE}/new"', id="moved"),
    ],
)
def test_what_can_be_mended_in_the_configuration_is_suggested(
    given: SourceStatus, line: str
) -> None:
    assert health.judge(given, NOON).suggestion == f"sources:\n  ansa:\n    {line}"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(told(), id="nothing is wrong"),
        pytest.param(refused(Why.SERVER_ERROR), id="theirs to mend"),
        pytest.param(refused(Why.TIMEOUT, of={"timeout": 3 * timedelta(minutes=1)}), id="enough"),
    ],
)
def test_what_no_configuration_mends_has_no_suggestion(given: SourceStatus) -> None:
    assert health.judge(given, NOON).suggestion == ""


def test_a_failing_source_says_since_when_and_why() -> None:
    assert health.judge(refused(Why.NOT_FOUND, 7), NOON).words == (
        "7 polls in a row refused, the last good answer was 2 days ago: not-found (as it said)"
    )


def test_a_move_names_no_secret() -> None:
    moved = told(moved_to=f"{SITE}/rss?password=geheim&user=${{NAME}}")
    found = health.judge(moved, NOON)
    assert found.suggestion.endswith(
        f'url: "{SITE}/rss?password=***&user=***"  # put your credentials in for ***'
    )
    assert "geheim" not in found.words + found.suggestion


# -- laws ------------------------------------------------------------------------------------------

TIMES = st.none() | st.timedeltas(min_value=-DAY, max_value=9_000 * DAY).map(lambda t: NOON - t)
STATUSES = st.builds(
    told,
    findings=st.lists(
        st.sampled_from(["no-items", "guid-churn", "undated", "future-date"]), max_size=2
    ).map(tuple),
    newest=TIMES,
    pause=st.none() | st.timedeltas(min_value=timedelta(), max_value=7 * DAY),
    entries=st.integers(0, 9),
    of=st.fixed_dictionaries(
        {
            "enabled": st.booleans(),
            "user_agent": st.sampled_from([None, "ours/1"]),
            "timeout": st.timedeltas(min_value=timedelta(seconds=1), max_value=HOUR / 12),
            "max_size": st.integers(1_000, 256_000_000),
            "min_interval": st.none() | st.just(timedelta(minutes=1)),
        }
    ),
    failures=st.integers(0, 9),
    result=st.none() | st.sampled_from(["fetched", "not-modified", *(why.value for why in Why)]),
    last_attempt=TIMES,
    last_success=TIMES,
    last_new=TIMES,
    moved_to=st.none() | st.just(f"{SITE}/a:%20b#c"),
)


@given(given=STATUSES)
def test_every_source_has_a_state_and_one_line_of_words(given: SourceStatus) -> None:
    found = health.judge(given, NOON)
    assert found == health.judge(given, NOON)
    assert found.words
    assert "\n" not in found.words


@given(given=STATUSES)
def test_every_suggestion_is_a_configuration(given: SourceStatus) -> None:
    found = health.judge(given, NOON).suggestion
    pasted = found or "sources:\n  ansa:"
    needed = "" if "url:" in pasted else "\n    url: https://ansa.example/rss.xml"
    text = f"{pasted}\n    kind: agency{needed}\nfeeds: {{x: {{title: X}}}}\n"
    loaded = config.parse(text, "feeds.yaml", {"ANSA_SECRET": "s"})
    assert [one.id for one in loaded.sources] == ["ansa"]
