"""Single values of feeds.yaml, at the edges of what they may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aggregator.config import values


@pytest.mark.parametrize(
    ("written", "duration"),
    [
        ("90s", timedelta(seconds=90)),
        ("10m", timedelta(minutes=10)),
        ("2h", timedelta(hours=2)),
        ("30d", timedelta(days=30)),
        ("1h30m", timedelta(minutes=90)),
        ("1d2h3m4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("0s", timedelta(0)),
        ("007m", timedelta(minutes=7)),
    ],
)
def test_a_duration_is_a_sum_of_numbers_with_units(written: str, duration: timedelta) -> None:
    assert values.duration(written) == duration


@pytest.mark.parametrize(
    "written",
    ["", "10", "10 m", "m", "1.5h", "-1h", "30m1h", "1h1h", "10M", "10min", "1w", "١٠m", "1h\n"],
)
def test_what_is_no_duration_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"duration|unit"):
        values.duration(written)


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("1B", 1),
        ("512kB", 512_000),
        ("512KB", 512_000),
        ("10MB", 10_000_000),
        ("1GB", 1_000_000_000),
        ("1KiB", 1_024),
        ("2MiB", 2_097_152),
        ("1GiB", 1_073_741_824),
    ],
)
def test_a_size_is_in_powers_of_1000_or_of_1024_as_its_unit_says(written: str, size: int) -> None:
    assert values.size(written) == size


@pytest.mark.parametrize(
    "written", ["", "10", "10 MB", "MB", "1.5MB", "-1MB", "10mb", "10M", "1TB"]
)
def test_what_is_no_size_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"size|unit"):
        values.size(written)


@pytest.mark.parametrize(
    "written", ["1.0", "1e3", "0x10", "010", "1_000", "+1", "-0", "", "٣", "1" * 40]
)
def test_a_whole_number_is_written_in_plain_digits(written: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        values.whole(written)


@pytest.mark.parametrize("written", ["1s", "5m"])
def test_bounds_are_within_bounds(written: str) -> None:
    assert values.within(values.duration, "1s", "5m")(written) == values.duration(written)


@pytest.mark.parametrize("written", ["0s", "5m1s"])
def test_what_lies_beyond_a_bound_is_told_both(written: str) -> None:
    with pytest.raises(ValueError, match="write 1s to 5m"):
        values.within(values.duration, "1s", "5m")(written)


@pytest.mark.parametrize("written", ["a", "0", "ansa-mondo", "sole-24-ore", "a" * 64, "a-"])
def test_a_slug_can_stand_in_an_address(written: str) -> None:
    assert values.slug(written) == written


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("Ansa", "ansa"),
        ("Società e diritti", "societa-e-diritti"),
        ("-ansa", "ansa"),
        ("ansa_mondo", "ansa-mondo"),
        ("../etc/passwd", "etc-passwd"),
        ("ansa.rss", "ansa-rss"),
    ],
)
def test_what_is_no_slug_is_offered_one(written: str, better: str) -> None:
    with pytest.raises(ValueError, match=f'like "{better}"$'):
        values.slug(written)


@pytest.mark.parametrize(
    "written", ["terremoto", "banca centrale", "G7", "/scoss[ae]/", "/a", "a/", "/a/b/"]
)
def test_a_word_or_pattern_is_kept_as_written(written: str) -> None:
    assert values.word(written) == written


@pytest.mark.parametrize(
    "written", ["/(?<=a)b/", r"/(a)\1/", "/a{2000}/", "/[z-a]/", "//", "/è/", "/’/"]
)
def test_rule_092_a_pattern_is_re2_and_one_that_can_match(written: str) -> None:
    with pytest.raises(ValueError, match=r"RE2|never matches|everything"):
        values.word(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Europe",
        "europe/rome",
        "../../etc/passwd",
        "/etc/localtime",
        "\0",
        "x" * 5_000,
        "tzdata.zi",
    ],
)
def test_only_an_iana_name_is_a_time_zone(written: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        values.timezone(written)


@pytest.mark.parametrize(
    "written", ["https://news.example.org", "http://127.0.0.1:8080/", "https://[::1]/news"]
)
def test_a_base_address_has_no_slash_at_its_end(written: str) -> None:
    assert values.base_address(written) == written.rstrip("/")
