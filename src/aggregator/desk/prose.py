"""An explanation for a person: each entry once, under a number, and the rest said by numbers.

An article can have thirty entries with names of a hundred letters each. Words are wrapped to
eighty columns; an address never is, because a broken one cannot be followed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from aggregator.matching.absence import THERE

_WIDTH = 80
_LABEL = 12
_INDENT = " " * (_LABEL + 4)
_HANGING: dict[str, Any] = {"initial_indent": "    ", "subsequent_indent": "    "}
_NO_TITLE = "(no title)"
# Articles of a story that are named: those told last.
_MOST = 10
_TIMES = frozenset({"published", "updated"})
# What says which item an entry is; no reader sees it.
_INSIDE = frozenset({"id", "compared"})
# What is told of each entry; its other fields only if they differ from those shown.
_OWN = frozenset({"id", "address", "published", "text"})


def text(told: Mapping[str, Any]) -> str:
    """What `explain` found, in words."""
    numbers = {entry["entry"]: f"[{n}]" for n, entry in enumerate(told["entries"], start=1)}
    parts = (
        _head(told),
        _shown(told, numbers),
        *(_entry(entry, told, numbers) for entry in told["entries"]),
        _matches(told, numbers),
        _story(told),
        _notices(told),
        _feeds(told, numbers),
    )
    written = ("\n".join(part) for part in parts)
    return "\n\n".join(part for part in written if part)


def _head(told: Mapping[str, Any]) -> Iterator[str]:
    yield from textwrap.wrap(told["fields"].get("title", {"value": _NO_TITLE})["value"], _WIDTH)
    yield told["article"]
    yield from (f"  also {alias}" for alias in told["aliases"])
    entries = _count(len(told["entries"]), "entry", "entries")
    sources = _count(len({entry["source"] for entry in told["entries"]}), "source", "sources")
    yield f"{entries} of {sources}"
    yield f"first seen {_time(told['first_seen'])}, last changed {_time(told['updated'])}"
    if told["withdrawn"]:
        yield f"withdrawn {_time(told['withdrawn'])}: in no output, and its words are not shown"
    for withdrawal in told["withdrawn_by"]:
        yield f"  by {withdrawal['by']}{_because(withdrawal['why'])}"


def _shown(told: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[str]:
    lead = numbers[told["lead"]]
    yield "What is shown, and where each field came from"
    yield from _labelled("speaks", f"{lead} {_source(told['lead'])}", told["lead_why"])
    for name, field in told["fields"].items():
        if name not in _INSIDE:
            yield from _labelled(name, _value(name, field), f"{lead} {field['from']}")
    why = told["position_why"].replace(told["entries"][0]["entry"], "[1]")
    yield from _labelled("stands at", _time(told["position"]), why)


def _entry(
    entry: Mapping[str, Any], told: Mapping[str, Any], numbers: Mapping[str, str]
) -> Iterator[str]:
    yield f"{numbers[entry['entry']]} {entry['source']}, {entry['kind']}: {entry['source_name']}"
    yield from _labelled("seen", _time(entry["first_seen"]), _standing(entry))
    for name, field in entry["fields"].items():
        lead = told["fields"].get(name, {})
        if name in _OWN or field["value"] != lead.get("value"):
            why = field["from"] if field["from"] != lead.get("from") else ""
            yield from _labelled(name, _value(name, field), why)
    if entry["origin"]:
        yield from _labelled("is new", "", entry["origin"])
    for state in entry["revisions"]:
        changed = ", ".join(state["changed"]) or "what is beside the text"
        yield from _labelled("until", _time(state["until"]), f"changed then: {changed}")
        if "title" in state["changed"] and state["title"]:
            yield from _labelled("", "", f"its title was: {state['title']}")
        yield from _labelled("", "", f"the same item because: {state['why']}")


def _standing(entry: Mapping[str, Any]) -> str:
    missing = f"its source lists it no more{_asked(entry['page'])}"
    if entry["gone"]:
        return f"{missing}: in no output"
    if entry["marks"]:
        return f"{'; '.join(entry['marks'])}: in no output"
    if not entry["live"]:
        return "its source is not configured any more: in no output"
    return "its source lists it" if entry["listed"] else missing


def _asked(page: Mapping[str, Any] | None) -> str:
    if page is None:
        return ""
    answer = page["answer"]
    said = {THERE: "is there", "": "has not answered"}.get(answer, f"answered {answer}")
    return f"; its page was asked {_time(page['asked'])} and {said}"


def _matches(told: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[str]:
    """The evidence, told once for all entries that it joins."""
    if not told["matches"]:
        yield "No other entry is the same text."
        return
    joined: dict[tuple[str, float, str], set[str]] = {}
    for match in told["matches"]:
        evidence = match["level"], match["score"], match["why"]
        joined.setdefault(evidence, set()).update(match["between"])
    yield "Why these entries are one article"
    for (level, score, why), between in joined.items():
        yield f"  {' = '.join(number for name, number in numbers.items() if name in between)}"
        yield f"    {level}, score {score:.2f}: {why}"


def _story(told: Mapping[str, Any]) -> Iterator[str]:
    """The event, and the articles that tell it as well: those told last, if there are many."""
    if not told["story"] or not told["story"]["articles"]:
        return
    yield f"The story that it tells: {told['story']['id']}"
    yield from textwrap.wrap(told["story"]["why"], _WIDTH, **_HANGING)
    for other in told["story"]["articles"][-_MOST:]:
        yield f"  {other['article']}"
        yield from textwrap.wrap(f"{_source(other['lead'])}: {other['title']}", _WIDTH, **_HANGING)
    if more := len(told["story"]["articles"][:-_MOST]):
        yield f"  and {_count(more, 'earlier article', 'earlier articles')}"


def _notices(told: Mapping[str, Any]) -> Iterator[str]:
    if told["notices"]:
        yield "What wires said of it"
    for notice in told["notices"]:
        yield f"  {notice['kind']} by {notice['entry']}, {_time(notice['at'])}, {notice['state']}"
        means = f"means {notice['target']}: {notice['why']}" if notice["target"] else notice["why"]
        yield from textwrap.wrap(f"by its words: {' · '.join(notice['words'])}", _WIDTH, **_HANGING)
        yield from textwrap.wrap(means, _WIDTH, **_HANGING)


def _because(why: str) -> str:
    return f": {why}" if why else ""


def _trend(trending: Mapping[str, Any]) -> str:
    origins = ", ".join(f"{one['origin']} {_time(one['since'])}" for one in trending["origins"])
    number = _count(len(trending["origins"]), "independent origin", "independent origins")
    return f"{number}: {origins}; ranks as if told once at {_time(trending['like'])}"


def _feeds(told: Mapping[str, Any], numbers: Mapping[str, str]) -> Iterator[str]:
    yield "Where it appears" if told["feeds"] else "It appears in no feed"
    for place in told["feeds"]:
        number = numbers.get(place["lead"], "another article's")
        lead = f"{number} {_source(place['lead'])} speaks: {place['why']}"
        trend = _trend(place["trending"]) if "trending" in place else ""
        yield from _labelled(place["feed"], lead, trend)
    absent: dict[str, list[str]] = {}
    for place in told["not_in"]:
        absent.setdefault(place["why"], []).append(place["feed"])
    for why, feeds in absent.items():
        yield from _labelled("not in", ", ".join(feeds), why)


def _labelled(label: str, value: str, why: str = "") -> Iterable[str]:
    """A value beside its label, and why it is so below."""
    lines = [value] if "://" in value else textwrap.wrap(value, _WIDTH - len(_INDENT))
    lines += textwrap.wrap(
        why, _WIDTH - len(_INDENT) - 2, initial_indent="  ", subsequent_indent="  "
    )
    first, *rest = lines or [""]
    return [f"  {label:<{_LABEL}}  {first}".rstrip(), *(f"{_INDENT}{line}" for line in rest)]


def _value(name: str, field: Mapping[str, str]) -> str:
    return _time(field["value"]) if name in _TIMES else field["value"]


def _source(name: str) -> str:
    return name.partition("/")[0]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _time(written: str) -> str:
    """An ISO time, as the eye reads it; all are UTC."""
    return f"{datetime.fromisoformat(written):%Y-%m-%d %H:%M:%S} UTC"
