"""What a document asks for between two readings: tables, and that nothing it says can hurt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.fetched import Fetched
from aggregator.model.reading import Hints, Reading, Window
from aggregator.reading import hints, read
from tests.support.documents import SOURCE

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ITEM = "<item><title>Piogge al nord</title><guid>a</guid></item>"


def rss(channel: str, *, items: str = ITEM, after: str = "") -> str:
    return f'<rss version="2.0"><channel><title>T</title>{channel}{items}{after}</channel></rss>'


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        pytest.param("", Hints(), id="nothing"),
        pytest.param("<ttl>60</ttl>", Hints(ttl=HOUR), id="ttl"),
        pytest.param("<ttl>\n 5 \n</ttl>", Hints(ttl=5 * MINUTE), id="ttl-with-space"),
        pytest.param("<ttl>43200</ttl>", Hints(ttl=30 * DAY), id="ttl-of-a-month"),
        pytest.param(
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            Hints(period=30 * MINUTE),
            id="twice-an-hour",
        ),
        pytest.param("<sy:updatePeriod> Daily </sy:updatePeriod>", Hints(period=DAY), id="daily"),
        pytest.param(
            "<x:updatePeriod>weekly</x:updatePeriod>"
            "<x:updateBase>2000-01-01T12:00+00:00</x:updateBase>",
            Hints(period=7 * DAY, base=datetime(2000, 1, 1, 12, tzinfo=UTC)),
            id="from-a-base-and-another-prefix",
        ),
        pytest.param(
            "<skipHours><hour>22</hour><hour> 3 </hour><hour>24</hour></skipHours>",
            Hints(skip_hours=(0, 3, 22)),
            id="hours",
        ),
        pytest.param(
            "<skipDays><day>Saturday</day><day>Sunday</day></skipDays>",
            Hints(skip_days=(5, 6)),
            id="days",
        ),
        pytest.param("<ttl>60</ttl><ttl>5</ttl>", Hints(ttl=HOUR), id="the-first-of-two"),
    ],
)
def test_what_a_channel_asks_for_is_read(channel: str, expected: Hints) -> None:
    assert hints.of(rss(channel)) == expected


@pytest.mark.parametrize(
    "channel",
    [
        "<ttl>0</ttl>",
        "<ttl>-5</ttl>",
        "<ttl>soon</ttl>",
        "<ttl>٦٠</ttl>",
        "<ttl>99999999999999999999</ttl>",
        "<ttl/>",
        "<sy:updatePeriod>always</sy:updatePeriod>",
        "<sy:updateFrequency>4</sy:updateFrequency>",
        "<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>",
        "<skipHours><hour>25</hour><hour>-1</hour><hour>noon</hour></skipHours>",
        "<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>",
        "<skipDays><day>Caturday</day></skipDays>",
        "<skipDays>"
        "<day>Monday</day><day>Tuesday</day><day>Wednesday</day><day>Thursday</day>"
        "<day>Friday</day><day>Saturday</day><day>Sunday</day></skipDays>",
        "<!-- <ttl>60</ttl> -->",
        "<description><![CDATA[<ttl>60</ttl>]]></description>",
    ],
)
def test_rule_051_what_makes_no_sense_asks_for_nothing(channel: str) -> None:
    assert hints.of(rss(channel)) == Hints()


def test_rule_051_a_base_that_is_no_date_leaves_the_period() -> None:
    channel = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateBase>0001-01-01</sy:updateBase>"

    assert hints.of(rss(channel)) == Hints(period=DAY)


def test_what_an_item_says_is_not_the_channels() -> None:
    item = "<item><title>T</title><ttl>60</ttl></item>"

    assert hints.of(rss("", items=item)) == Hints()


def test_a_channel_may_go_on_after_its_items() -> None:
    assert hints.of(rss("", after="<ttl>60</ttl>")) == Hints(ttl=HOUR)


def test_of_a_document_that_is_cut_inside_an_item_the_head_counts() -> None:
    cut = rss("<ttl>30</ttl>", items="<item><title>Piogge</title><ttl>60</ttl><desc")

    assert hints.of(cut.partition("<desc")[0]) == Hints(ttl=30 * MINUTE)


def reading(body: str, previous: Window) -> Reading:
    fetched = Fetched(source_id=SOURCE.id, at=NOON, url="https://a.example/rss", body=body.encode())
    found = read(fetched, SOURCE, previous)
    assert isinstance(found, Reading)
    return found


def test_a_reading_tells_what_its_document_asks_for() -> None:
    first = reading(rss("<ttl>30</ttl>"), Window())
    second = reading(rss("<ttl>15</ttl>"), first.window)

    assert first.hints == Hints(ttl=30 * MINUTE)
    assert second.hints == Hints(ttl=15 * MINUTE)


def test_a_body_that_we_had_already_leaves_what_was_asked_for() -> None:
    first = reading(rss("<ttl>30</ttl>"), Window())

    assert reading(rss("<ttl>30</ttl>"), first.window).hints is None


PIECES = st.sampled_from(
    [
        "<ttl>", "60", "</ttl>", "<item>", "</item>", "<!--", "-->", "<![CDATA[", "]]>", "hourly",
        "<sy:updatePeriod>", "</sy:updatePeriod>", "<sy:updateFrequency>", "</x:", "<skipHours>",
        "<hour>", "</hour>", "12", "<day>", "Monday", "</day>", "<", ">", " ", "\n", "a:", "1" * 40,
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_any_text_gives_hints_that_can_be_honoured(text: str) -> None:
    found = hints.of(text)

    assert found.ttl is None or timedelta() < found.ttl <= hints.LONGEST
    assert found.period is None or timedelta() < found.period <= hints.LONGEST
    assert len(found.skip_hours) < 24
    assert len(found.skip_days) < 7
    assert replace(found, base=None).skip_hours == tuple(sorted(found.skip_hours))


@pytest.mark.parametrize(
    "piece", ["<!--", "<![CDATA[", "<item", "</item", "<ttl ", "<a:", "<ttl>1", "<hour>"], ids=repr
)
def test_hints_are_sought_in_a_time_that_a_megabyte_allows(piece: str) -> None:
    assert hints.of(piece * (1_000_000 // len(piece))).skip_days == ()
