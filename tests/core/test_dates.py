"""Dates: what feeds write, and the instant that it means."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import dates

ROME = ZoneInfo("Europe/Rome")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


READ = [
    ("Thu, 12 Mar 2026 10:00:00 +0100", utc(2026, 3, 12, 9)),
    ("Thu, 12 Mar 2026 10:00:00 GMT", utc(2026, 3, 12, 10)),
    ("Thu, 12 Mar 26 10:00 UT", utc(2026, 3, 12, 10)),
    ("12 Mar 2026", utc(2026, 3, 11, 23)),
    ("Mon,20 Apr 2020 16:01:03+0800", utc(2020, 4, 20, 8, 1, 3)),
    ("Thu, 12 Mar 2026 10:00:60 -0500 (EST)", utc(2026, 3, 12, 15, 0, 59)),
    ("Mon, 20 Apr 2020 4:01:03 PM +0000", utc(2020, 4, 20, 16, 1, 3)),
    ("Mon, 20 Apr 2020 12:30 AM GMT", utc(2020, 4, 20, 0, 30)),
    ("March 12, 2026 5:30 p.m. EST", utc(2026, 3, 12, 22, 30)),
    ("Wed, 12 Mar 2026 10:00:00 GMT+2", utc(2026, 3, 12, 8)),
    ("Thu Mar 12 10:00:00 2026", utc(2026, 3, 12, 9)),
    ("Thu Mar 12 10:00:00 +0000 2026", utc(2026, 3, 12, 10)),
    ("12-Mar-2026 10:00:00 Z", utc(2026, 3, 12, 10)),
    ("2026-03-12T10:00:00Z", utc(2026, 3, 12, 10)),
    ("2026-03-12T10:00:00.123456+01:00", utc(2026, 3, 12, 9)),
    ("2026-03-12T10:00:00+0900", utc(2026, 3, 12, 1)),
    ("2026-03-12T10:00:00-03", utc(2026, 3, 12, 13)),
    ("2026-3-5T1:02:03Z", utc(2026, 3, 5, 1, 2, 3)),
    ("20260312T101500Z", utc(2026, 3, 12, 10, 15)),
    ("2026/03/12 10:00:00", utc(2026, 3, 12, 9)),
    ("2026-03-12", utc(2026, 3, 11, 23)),
]


@pytest.mark.parametrize(("text", "instant"), READ, ids=[text for text, _ in READ])
def test_a_date_of_a_known_form_is_read(text: str, instant: datetime) -> None:
    assert dates.parse(text, ROME) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "12 marzo alle 10",
        "yesterday",
        "12",
        "12 10:00",
        "2026",
        "Mon, 99 Mar 2026",
        "25:61",
        "March",
        "0",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.parse(text, ROME) is None


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "1989-12-31T23:59:59Z",
        "0",
        "0000000000",
    ],
)
def test_rule_020_a_date_before_there_were_feeds_is_missing(text: str) -> None:
    assert dates.parse(text, ROME) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Thu, 12 Mar 2026 10:00:00 CET", 9),
        ("Sun, 12 Jul 2026 10:00:00 CEST", 8),
        ("Sun, 12 Jul 2026 10:00:00 MESZ", 8),
        ("Sun, 12 Jul 2026 10:00:00 BST", 9),
        ("Thu, 12 Mar 2026 10:00:00 EST", 15),
        ("Sun, 12 Jul 2026 10:00:00 PDT", 17),
        ("Thu, 12 Mar 2026 10:00:00 IST", 4),
    ],
)
def test_rule_024_zones_by_name_are_what_they_mean(text: str, hour: int) -> None:
    found = dates.parse(text, ROME)
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Thu, 12 Mar 2026 10:00:00", utc(2026, 3, 12, 9)),
        ("Sun, 12 Jul 2026 10:00:00", utc(2026, 7, 12, 8)),
        ("Sun, 12 Jul 2026 10:00:00 QQQ", utc(2026, 7, 12, 8)),
        ("Sun, 12 Jul 2026 10:00:00 +9900", utc(2026, 7, 12, 8)),
    ],
    ids=["winter", "summer", "unknown zone", "impossible offset"],
)
def test_rule_025_a_date_without_a_zone_is_in_the_source_s(text: str, instant: datetime) -> None:
    assert dates.parse(text, ROME) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Gio, 12 Mar 2026 10:00:00 +0100", utc(2026, 3, 12, 9)),
        ("12 marzo 2026 10:00", utc(2026, 3, 12, 9)),
        ("12 maggio 2026 10:00", utc(2026, 5, 12, 8)),
        ("Mar, 10 Feb 2026 10:00:00 +0100", utc(2026, 2, 10, 9)),
        ("2 dicembre 2025, ore 18:45", utc(2025, 12, 2, 17, 45)),
        ("mercredi 12 août 2026 à 10h30", utc(2026, 8, 12, 8, 30)),
        ("mercredi 12 août 2026 à 10 h 30", utc(2026, 8, 12, 8, 30)),
        ("12 août 2026 à 14h", utc(2026, 8, 12, 12)),
        ("12 mar 26 10:00", utc(2026, 3, 12, 9)),
        ("Mar 12, '26 10:00", utc(2026, 3, 12, 9)),
        ("2026-03-12T14Z", utc(2026, 3, 12, 14)),
        ("Do, 12. März 2026 10.00 Uhr", utc(2026, 3, 12, 9)),
        ("12 de septiembre de 2026 10:00", utc(2026, 9, 12, 8)),
    ],
)
def test_rule_026_months_and_weekdays_may_be_italian_french_german_or_spanish(
    text: str, instant: datetime
) -> None:
    assert dates.parse(text, ROME) == instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("12/05/2026 10:00", utc(2026, 5, 12, 8)),
        ("12.05.2026, 10:00 Uhr", utc(2026, 5, 12, 8)),
        ("12-05-26 10:00", utc(2026, 5, 12, 8)),
        ("05/13/2026 10:00", utc(2026, 5, 13, 8)),
    ],
    ids=["slashes", "dots", "short year", "American, as no 13th month exists"],
)
def test_rule_027_slashed_dates_are_day_first(text: str, instant: datetime) -> None:
    assert dates.parse(text, ROME) == instant


def test_rule_028_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert dates.parse("Thu, 12 Mar 2026 24:00:00 +0100", ROME) == utc(2026, 3, 12, 23)
    assert dates.parse("2026-12-31T24:00:00Z", ROME) == utc(2027, 1, 1)


@pytest.mark.parametrize("text", ["31 Jun 2026 10:00", "2026-02-30", "31/06/2026"])
def test_rule_028_a_day_that_no_month_has_is_missing(text: str) -> None:
    assert dates.parse(text, ROME) is None


@pytest.mark.parametrize("text", ["1773309600", "1773309600000", "1773309600.25"])
def test_rule_029_an_epoch_is_read_in_seconds_and_milliseconds(text: str) -> None:
    assert dates.parse(text, ROME) == utc(2026, 3, 12, 10)


@pytest.mark.parametrize("text", ["0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_rule_030_an_impossible_year_is_missing(text: str) -> None:
    assert dates.parse(text, ROME) is None


def test_rule_031_a_naive_iso_time_is_in_the_source_s_zone() -> None:
    assert dates.parse("2026-07-12 10:00", ROME) == utc(2026, 7, 12, 8)
    assert dates.parse("2026-07-12 10:00", ZoneInfo("Asia/Tokyo")) == utc(2026, 7, 12, 1)


@given(st.text(alphabet="0123456789:-/.,+ TZtzamp marzoGMT\u0663\u00b2e", max_size=40))
def test_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    found = dates.parse(text, ROME)
    assert found is None or found.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2099, 12, 31)))  # noqa: DTZ001
def test_an_instant_written_in_rfc_822_and_in_iso_comes_back(when: datetime) -> None:
    instant = when.replace(microsecond=0, tzinfo=UTC)
    assert dates.parse(format_datetime(instant), ROME) == instant
    assert dates.parse(instant.isoformat(), ROME) == instant
