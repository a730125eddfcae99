"""Two configurations, and what differs: each source, feed, agency and setting in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import Enum, StrEnum
from typing import Any

from aggregator.matching.renames import renames
from aggregator.model.agency import Agency
from aggregator.model.config import Config
from aggregator.model.feed import FeedSpec
from aggregator.model.matching import Matching
from aggregator.model.source import Source
from aggregator.text import secrets


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A key and its values in words; both "" where a value is too long to be told."""

    key: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`part` is a top-level key of feeds.yaml in the singular; `name` "" for one without names."""

    part: str
    what: What
    name: str = ""
    details: tuple[Detail, ...] = ()


# What is one value in the model and several keys in the file, or the other way round.
_KEYS = {"clauses": "from, not"}
_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))


def changes(before: Config, after: Config) -> tuple[Change, ...]:
    """What differs, part by part as in the file; the order inside the file changes nothing."""
    return (
        *_settings("service", _details(before.service, after.service)),
        *_parts(
            "source", _sources(before), _sources(after), renames(before.sources, after.sources)
        ),
        *_parts("feed", _feeds(before), _feeds(after), _renamed_feeds(before, after)),
        *_parts("agency", _agencies(before), _agencies(after), {}),
        *_settings("matching", _matching(before.matching, after.matching)),
    )


def _settings(part: str, details: Iterable[Detail]) -> Iterator[Change]:
    if found := tuple(details):
        yield Change(part=part, what=What.CHANGED, details=found)


def _parts(
    part: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    renamed: Mapping[str, str],
) -> Iterator[Change]:
    """`renamed` holds the new names by the old ones."""
    new_names = set(renamed.values())
    for name in (name for name in before if name not in after):
        if name in renamed:
            then = Detail(key="name", before=name, after=renamed[name])
            more = _details(before[name], after[renamed[name]])
            yield Change(part=part, what=What.RENAMED, name=renamed[name], details=(then, *more))
        else:
            yield Change(part=part, what=What.REMOVED, name=name)
    for name in after:
        if name not in before and name not in new_names:
            yield Change(part=part, what=What.ADDED, name=name)
        elif name in before and (found := tuple(_details(before[name], after[name]))):
            yield Change(part=part, what=What.CHANGED, name=name, details=found)


def _details(before: Any, after: Any) -> Iterator[Detail]:
    """The fields in which two values of one type differ, but for their names."""
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new and field.name not in ("id", "slug", "key", "agencies"):
            key = _KEYS.get(field.name, field.name)
            yield Detail(key=key, before=_words(old), after=_words(new))


def _matching(before: Matching, after: Matching) -> Iterator[Detail]:
    yield from _details(before.limits, after.limits)
    for name in ("boilerplate", "never", "always"):
        old, new = getattr(before, name), getattr(after, name)
        yield from (Detail(key=name, before=_words(one)) for one in old if one not in new)
        yield from (Detail(key=name, after=_words(one)) for one in new if one not in old)


def _words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case float():
            return f"{value * 100:g}"  # a share, which the file has as a percentage
        case timedelta():
            return _span(value)
        case tuple() if all(isinstance(one, str) for one in value):
            return ", ".join(map(secrets.redact, value))
        case tuple():
            return ""  # questions, headers
    return secrets.redact(str(value))


def _span(value: timedelta) -> str:
    """In the largest unit that it is a whole number of."""
    whole = (f"{value // unit}{name}" for unit, name in _UNITS if value and not value % unit)
    return next(whole, f"{value.total_seconds():g}s")


def _sources(of: Config) -> Mapping[str, Source]:
    return {source.id: source for source in of.sources}


def _feeds(of: Config) -> Mapping[str, FeedSpec]:
    return {feed.slug: feed for feed in of.feeds}


def _agencies(of: Config) -> Mapping[str, Agency]:
    known: Sequence[Agency] = of.sources[0].agencies if of.sources else ()
    return {agency.key: agency for agency in known}


def _renamed_feeds(before: Config, after: Config) -> dict[str, str]:
    old, new = _feeds(before), _feeds(after)
    return {
        was: feed.slug
        for feed in after.feeds
        for was in feed.was[:1]
        if feed.slug not in old and was in old and was not in new
    }
