"""Embargoes in words: `EMBARGO ALLE ORE 18`, `Embargoed until 0001 GMT Friday`, `Sperrfrist …`.

An embargo stands at the head of a title or text, or it is a word of the news: `Embargo sul
petrolio`, `Sperrfrist für Gülle`. What it says of its end leans on the day of the text; what cannot
be read for certain has no end, and holds until somebody looks (rule 75).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aggregator.text import dates, tokens

# An embargo that gives an hour alone means the next such hour, but one that has just passed has
# passed: the text is late, and not a day early.
_LATE = timedelta(hours=6)
_REACH = 100
# An embargo stands in the first lines, with one of these words.
_HEADED = 250
_WORDS = (
    "embarg",
    "sperrfrist",
    "not for",
    "non pubb",
    "non diff",
    "nicht ver",
    "ne pas ",
    "no publ",
    "frei fur",
)
# Where the words about the end turn into the text.
_TEXT = re.compile(r" - | \(|!|(?<=[a-z]{3})\.\s(?=[a-z])")

_UNTIL = (
    r"(?:until|til+|before|fino|prima|bis|vor|hasta|antes|jusqu\S{0,3}|avant|alle|ore|al\b|le\b"
    r"|las\b"
    r"|to be released|for release|at\b)"
)
_DAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday lunedi montag lundi lunes mon",
            "tuesday martedi dienstag mardi martes tue",
            "wednesday mercoledi mittwoch mercredi miercoles wed",
            "thursday giovedi donnerstag jeudi jueves thu",
            "friday venerdi freitag vendredi viernes fri",
            "saturday sabato samstag sonnabend samedi sabado sat",
            "sunday domenica sonntag dimanche domingo sun",
        )
    )
    for name in names.split()
}
_NEAR = {
    **dict.fromkeys(("today", "oggi", "heute", "hoy", "aujourd'hui", "odierno"), 0),
    **dict.fromkeys(("tomorrow", "domani", "morgen", "demain", "manana"), 1),
}
_HEAD = re.compile(
    r"[\W_]{0,6}(?P<under>(?:strict|strictly|sotto|sous|bajo|under|achtung|attenzione|hinweis)\b"
    r"[:,!]? ){0,2}(?:(?P<said>embargoed|embargad[oa]s?|sotto embargo|sperrfrist(?:ende)?"
    r"|not for (?:publication|release|use|broadcast)|non (?:pubblicare|diffondere)"
    r"|nicht (?:verwenden|veroffentlichen)|ne pas (?:publier|diffuser)|no publicar)"
    r"|(?P<bare>embargo|frei fur))\b(?P<rest>.{0,100})"
)
_ENDS = re.compile(rf"\s*[:!-]?\s*(?:del?l?[ae']?\s*)?(?:{_UNTIL}|\d|{'|'.join((*_DAYS, *_NEAR))})")
_LIFTED = re.compile(
    r"\s*(?:is |has been |e |ist )?(?:lifted|over|off|revocato|tolto|leve|levantado)\b"
)
_LOUD = re.compile(
    r"[\W_]{0,6}(?:(?:STRICT(?:LY)?|SOTTO|SOUS|BAJO|UNDER|ACHTUNG) ){0,2}"
    r"(?:EMBARGOED|EMBARGAD[OA]|SPERRFRIST|(?:STRICT|SOTTO|SOUS|BAJO|UNDER) EMBARGO)\b"
)
_CLOCKS = (
    re.compile(r"(?<![\d.,])(?P<h>\d{1,2})[:.](?P<m>\d\d)(?![\d.]\d)\s?(?:(?P<half>[ap])\.?m\b)?"),
    re.compile(r"(?<![\d.,])(?P<h>\d{1,2})\s?h(?:rs?|ours?|eures?|oras?)?\s?(?P<m>\d\d)?\b"),
    re.compile(
        r"(?<!\d)(?P<h>\d\d)(?P<m>\d\d)\s?(?=gmt|utc|hrs|hours|c?e[sd]?t\b|[bmp][sd]t\b|uhr|z\b)"
    ),
    re.compile(r"(?<!\d)(?P<h>\d{1,2})\s?(?P<half>[ap])\.?m\b"),
    re.compile(r"(?<!\d)(?P<h>\d{1,2})\s(?:uhr|gmt|utc)\b"),
    re.compile(r"(?:\bore|\balle|\blas|\bum|\bat)\s+(?P<h>\d{1,2})\b(?![./]\d)"),
)
_WORDED_CLOCKS = re.compile(
    r"\b(?:(?P<noon>noon|mezzogiorno|midi|mediodia)|(?P<night>midnight|mezzanotte|minuit"
    r"|medianoche))\b"
)
_DAY_MONTH = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s(?:de |of )?([a-z]{3,12})\.?(?:,? (?:de"
    r" )?(\d{4}))?"
)
_MONTH_DAY = re.compile(r"\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)(?:, (\d{4}))?")
_NUMBERED = re.compile(r"(?<![\d:])(\d{1,2})[./](\d{1,2})[./](\d{2,4})?(?!\d)")
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """Words of an embargo and its end, None where they name none that can be read."""

    words: str
    until: datetime | None


def may_stand_in(folded: str) -> bool:
    """Whether a folded text has a word that every embargo has: cheap, and mostly not so."""
    return any(word in folded for word in _WORDS)


def find(text: str, sent: datetime, zone: ZoneInfo) -> Embargo | None:
    """The embargo at the head of a title or text that was `sent` then, from a source in `zone`."""
    folded = tokens.fold(text[:_HEADED])
    head = _HEAD.match(folded)
    if not head or _LIFTED.match(head["rest"]):
        return None
    rest = _TEXT.split(head["rest"], maxsplit=1)[0]
    ends = _ENDS.match(rest)
    until = _until(rest, sent, zone) if ends else None
    told = head["said"] and (ends or _is_stop(head["rest"]))
    if head["bare"]:
        told = (ends and until) or (head["under"] and _LOUD.match(text))
    return Embargo(words=head[0][:_REACH].strip(), until=until) if told else None


def _is_stop(rest: str) -> bool:
    return rest[:3].strip()[:1] in (":", "!", "-")


def _until(words: str, sent: datetime, zone: ZoneInfo) -> datetime | None:
    clock = _clock(words)
    if not clock:
        return None
    hour, minute, name = clock
    local = sent.astimezone(zone).date()
    day = _day(words, local)
    found = _instant(day or local, hour, minute, name, zone)
    if found and not day and found < sent - _LATE:
        return _instant(local + timedelta(days=1), hour, minute, name, zone)
    return found


def _instant(day: date, hour: int, minute: int, name: str, zone: ZoneInfo) -> datetime | None:
    return dates.parse(f"{day.isoformat()} {hour:02}:{minute:02} {name}", zone)


def _clock(words: str) -> tuple[int, int, str] | None:
    """Hour, minute, and the words that follow, which may name a zone."""
    worded = _WORDED_CLOCKS.search(words)
    if worded:
        return (12 if worded["noon"] else 24), 0, ""
    for pattern in _CLOCKS:
        match = pattern.search(words)
        if match:
            given = match.groupdict()
            hour = int(given["h"])
            if given.get("half"):
                hour = hour % 12 + (12 if given["half"] == "p" else 0)
            return hour, int(given.get("m") or 0), words[match.end() : match.end() + 8].strip(" (.")
    return None


def _day(words: str, today: date) -> date | None:
    for pattern, order in ((_DAY_MONTH, (1, 2)), (_MONTH_DAY, (2, 1))):
        for match in pattern.finditer(words):
            found = _dated(match[order[0]], match[order[1]], match[3], today)
            if found:
                return found
    numbered = _NUMBERED.search(words)
    if numbered:
        return _dated(numbered[1], numbered[2], numbered[3], today)
    return _named_day(words, today)


def _dated(day: str, month: str, year: str | None, today: date) -> date | None:
    """The day of this year, or of the next where it lies long past."""
    separator = "/" if month.isdigit() else " "
    years = [int(year)] if year else [today.year, today.year + 1]
    for one in years:
        found = dates.parse(f"{day}{separator}{month}{separator}{one}", ZoneInfo("UTC"))
        if found and (year or found.date() > today - timedelta(days=180)):
            return found.date()
    return None


def _named_day(words: str, today: date) -> date | None:
    for word in _WORD.findall(words):
        if word in _NEAR:
            return today + timedelta(days=_NEAR[word])
        if word in _DAYS:
            return today + timedelta(days=(_DAYS[word] - today.weekday()) % 7)
    return None
