"""Dates as feeds write them, read into instants.

An own reader instead of feedparser's or dateparser's: the first takes naive times and `CET` for
UTC and reads no Italian (rules 24-31, measured), the second guesses by the present moment and
costs milliseconds a date. This one never guesses: what it cannot read for certain is None.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from aggregator.text import tokens

# Rule 30: no feed is older than the first web pages; the caller, who knows now, checks the top.
MIN_YEAR = 1990
_MAX_YEAR = 2200
# No zone lies further from Greenwich than +14:00; what claims to is no offset.
_MAX_OFFSET = timedelta(hours=15)
# Longer texts are no dates, and need not be scanned.
_MAX_LENGTH = 100

_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d*)?$")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|(\d{4})(\d\d)(\d\d)(?=t|\s|$)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})(?:(?:[:.]|\s?h\s?)(\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?|\s?h(?![a-z\d]))"
    r"(?:\s*([ap])\.?m\b\.?)?(?![:\d])"
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):\d\d(?::\d\d)?(?!\s*[ap]\.?m\b)(?![:\d])")
_COMPACT_TIME = re.compile(r"t(\d\d)(?:(\d\d)(\d\d)?(?:[.,]\d+)?)?(?![\d:])")
_OFFSET = re.compile(r"(?:utc|gmt|ut|z)?\s*([+-])(\d{1,2})(?:[:.]?(\d\d))?(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
# A year of two digits stands beside its month or its day; "12 marzo alle 10" names none.
_SHORT_YEAR = re.compile(r"[\s.,'/-]*(?:\d{1,2}[\s,]+)?'?\d\d(?!\d)")

# What the names mean in news. Names that two countries share follow the wires that use them: `ist`
# is India's, `bst` Britain's, `cst` America's.
_HOURS = {
    name: hours
    for names, hours in {
        "z ut utc gmt wet": 0.0,
        "bst west cet met mez": 1.0,
        "cest mest mesz eet cat sast": 2.0,
        "eest msk trt eat": 3.0,
        "gst": 4.0,
        "pkt": 5.0,
        "ist": 5.5,
        "npt": 5.75,
        "ict wib": 7.0,
        "sgt hkt pht myt awst": 8.0,
        "jst kst": 9.0,
        "acst": 9.5,
        "aest": 10.0,
        "acdt": 10.5,
        "aedt": 11.0,
        "nzst": 12.0,
        "nzdt": 13.0,
        "brt art adt": -3.0,
        "ndt": -2.5,
        "nst": -3.5,
        "ast edt": -4.0,
        "est cdt": -5.0,
        "cst mdt": -6.0,
        "mst pdt": -7.0,
        "pst akdt": -8.0,
        "akst": -9.0,
        "hst": -10.0,
    }.items()
    for name in names.split()
}
# English, Italian, French, German, Spanish, Portuguese, Dutch; folded; a prefix of three letters
# or more is the same month, but where that would be ambiguous (French juin and juillet).
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january gennaio janvier januar enero janeiro januari janv gen ene jan jaenner janner",
            "february febbraio fevrier februar febrero fevereiro februari feb fev fevr",
            "march marzo mars marz maerz marco maart mar mrt mrz",
            "april aprile avril abril apr avr abr",
            "may maggio mai mayo maio mei mag",
            "june giugno juin juni junio junho jun giu",
            "july luglio juillet juli julio julho jul lug juil",
            "august agosto aout augustus aug ago aou",
            "september settembre septembre septiembre setiembre setembro sep sept set sett",
            "october ottobre octobre oktober octubre outubro oct ott okt out",
            "november novembre noviembre novembro nov",
            "december dicembre decembre dezember diciembre dezembro dec dic dez",
        ),
        start=1,
    )
    for name in names.split()
}


def parse(text: str, tz: ZoneInfo) -> datetime | None:
    """The instant that a date names, in UTC; None if it names none. Never raises.

    `tz` is the zone of a date that names none or one that we do not know. Reads RFC 822, ISO 8601,
    asctime, epochs of 10 and 13 digits, day-first slashed dates, and months in seven languages.
    """
    folded = tokens.fold(text[:_MAX_LENGTH])
    epoch = _EPOCH.match(folded)
    try:
        instant = datetime.fromtimestamp(int(epoch[1]), UTC) if epoch else _civil(folded, tz)
        return instant.astimezone(UTC) if instant and _plausible(instant) else None
    except (ValueError, OverflowError, OSError):
        return None


def hour(text: str) -> int | None:
    """The hour on a date's clock, as written; None where there is none, or with am or pm."""
    clock = _CLOCK.search(tokens.fold(text[:_MAX_LENGTH]))
    return int(clock[1]) if clock else None


def _plausible(instant: datetime) -> bool:
    return MIN_YEAR <= instant.year <= _MAX_YEAR


def _civil(text: str, tz: tzinfo) -> datetime | None:
    """A date on a calendar and, perhaps, a time on a clock. Raises ValueError for 31 June."""
    for read in (_iso, _slashed, _worded):
        found = read(text)
        if found:
            (year, month, day), rest = found
            return _on_clock(datetime(year, month, day), rest, tz)  # noqa: DTZ001 - zone follows
    return None


Day = tuple[int, int, int]


def _iso(text: str) -> tuple[Day, str] | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day = (match[1], match[3], match[4]) if match[1] else match.group(5, 6, 7)
    return (int(year), int(month), int(day)), text[match.end() :]


def _slashed(text: str) -> tuple[Day, str] | None:
    """Day first, as everywhere but in America, unless the second number can be no month."""
    match = _SLASHED.search(text)
    if not match:
        return None
    day, month = int(match[1]), int(match[3])
    if month > 12:
        day, month = month, day
    return (_full_year(match[4]), month, day), text[: match.start()] + " " + text[match.end() :]


def _worded(text: str) -> tuple[Day, str] | None:
    """A month in words among two numbers, in any order but day before year."""
    months = [m for m in _LETTERS.finditer(text) if m[0] in _MONTHS]
    if not months:
        return None
    month = months[-1]  # Italian "mar, 10 feb": the first is a Tuesday
    clock = _TIME.search(text)
    start, end = clock.span() if clock else (len(text), len(text))
    zone = _OFFSET.match(text, end) or _OFFSET.match(text, min(end + 1, len(text)))
    after = text[zone.end() :] if clock and zone else text[end:]
    numbers = _NUMBER.findall(f"{text[:start]} {after}")
    if len(numbers) < 2:
        return None
    day, year = sorted(numbers[:2], key=len) if len(numbers[0]) == 4 else numbers[:2]
    if len(year) < 3 and not _SHORT_YEAR.match(text, month.end()):
        return None
    blank = " " * len(month[0])
    rest = text[: month.start()] + blank + text[month.end() :]
    return (_full_year(year), _MONTHS[month[0]], int(day)), rest[start:]


def _full_year(digits: str) -> int:
    """RFC 2822, 4.3: two digits below 50 are of this century."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _on_clock(midnight: datetime, rest: str, tz: tzinfo) -> datetime:
    match = _TIME.search(rest) or _COMPACT_TIME.match(rest)
    if not match:
        return midnight.replace(tzinfo=tz)
    hour, minute, second = int(match[1]), int(match[2] or 0), min(int(match[3] or 0), 59)
    if match.re is _TIME and match[4]:
        hour = hour % 12 + (12 if match[4] == "p" else 0)
    if hour == 24:  # ISO 8601:2004: the end of a day
        midnight, hour = midnight + timedelta(days=1), 0
    zone = _zone(rest[match.end() :].strip(), tz)
    return midnight.replace(hour=hour, minute=minute, second=second, tzinfo=zone)


def _zone(text: str, default: tzinfo) -> tzinfo:
    offset = _OFFSET.match(text)
    if offset:
        distance = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        signed = distance if offset[1] == "+" else -distance
        return timezone(signed) if distance < _MAX_OFFSET else default
    name = _LETTERS.match(text)
    hours = _HOURS.get(name[0]) if name else None
    return default if hours is None else timezone(timedelta(hours=hours))
