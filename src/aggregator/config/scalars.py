"""The scalars of feeds.yaml as types: how each is read, and how the JSON Schema describes it.

Each alias joins a reading of `values` with its schema, so that the two stand side by side; names
that must be defined elsewhere in the file are looked up in the validation's context.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from aggregator.config import values
from aggregator.config.tree import NOTHING, Node
from aggregator.model import feed, source
from aggregator.text.agencies import TABLE

# Where published files go, `feeds/index` is the folder's own page.
RESERVED_SLUGS = ("index",)

_SLUG = {"type": "string", "pattern": f"^{values.SLUG_PATTERN}$"}
_TEXT = {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names that a file defines, those of parts with errors in them included."""

    sources: frozenset[str]
    feeds: frozenset[str]
    agencies: frozenset[str]

    @classmethod
    def of(cls, root: Node) -> Known:
        sources = root.at("sources").pairs
        agencies = [pair.node.at("agency").text for pair in sources.values()]
        agencies += [*root.at("agencies").pairs, *(agency.key for agency in TABLE)]
        return cls(
            sources=frozenset(sources),
            feeds=frozenset(root.at("feeds").pairs),
            agencies=frozenset(agency for agency in agencies if agency),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Reads:
    """Annotates a field with the function that reads it, and with its JSON Schema."""

    read: Callable[[str], object]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(lambda v: self.read(_written(v)))

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """Annotates a field that names something which the file defines."""

    what: str
    defined: Callable[[Known], Collection[str]]
    otherwise: str

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._find)

    def _find(self, value: object, info: ValidationInfo[Any]) -> str:
        return values.known(_written(value), self.what, self.defined(info.context), self.otherwise)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"title": self.what, **_SLUG}


def _written(value: object) -> str:
    if value is NOTHING:
        raise ValueError("it is empty; write a value or leave the key out")
    if not isinstance(value, str):
        found = "a list" if isinstance(value, list) else "a mapping"
        raise ValueError(f"{found} stands here; write a single value")
    return value


def _feed_slug(written: str) -> str:
    if written in RESERVED_SLUGS:
        raise ValueError(f'"{written}" is the address of a page of our own; choose another name')
    return values.slug(written)


def _duration(least: str, most: str) -> _Reads:
    return _Reads(
        values.within(values.duration, least, most),
        {
            "title": f"duration, {least} to {most}",
            "type": "string",
            "pattern": f"^{values.DURATION_PATTERN}$",
        },
    )


def _size(least: str, most: str) -> _Reads:
    return _Reads(
        values.within(values.size, least, most),
        {
            "title": f"size, {least} to {most}",
            "type": "string",
            "pattern": f"^{values.SIZE_PATTERN}$",
        },
    )


def _whole(least: int, most: int) -> _Reads:
    return _Reads(
        values.within(values.whole, str(least), str(most)),
        {
            "title": f"whole number, {least} to {most}",
            "type": "integer",
            "minimum": least,
            "maximum": most,
        },
    )


def _choice(choices: type[source.Kind | source.Rights | feed.Collapse | feed.Order]) -> _Reads:
    names = [choice.value for choice in choices]
    return _Reads(values.one_of(choices), {"title": " or ".join(names), "enum": names})


Text = Annotated[str, _Reads(values.text, {"title": "text", **_TEXT})]
Slug = Annotated[str, _Reads(values.slug, {"title": "name", **_SLUG})]
FeedSlug = Annotated[
    str, _Reads(_feed_slug, {"title": "name", **_SLUG, "not": {"enum": list(RESERVED_SLUGS)}})
]
Address = Annotated[str, _Reads(values.address, {"title": "http(s) address", **_TEXT})]
SourceAddress = Annotated[
    str, _Reads(values.source_address, {"title": "http(s) or file address", **_TEXT})
]
BaseAddress = Annotated[str, _Reads(values.base_address, {"title": "http(s) address", **_TEXT})]
File = Annotated[str, _Reads(values.path, {"title": "path of a file", **_TEXT})]
HeaderName = Annotated[
    str,
    _Reads(
        values.header_name,
        {"title": "header", "type": "string", "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$"},
    ),
]
HeaderValue = Annotated[str, _Reads(values.header_value, {"title": "text", **_TEXT})]
Flag = Annotated[bool, _Reads(values.flag, {"title": "true or false", "type": "boolean"})]
Language = Annotated[
    str,
    _Reads(
        values.language,
        {"title": "language tag", "type": "string", "pattern": f"^{values.LANGUAGE_PATTERN}$"},
    ),
]
Timezone = Annotated[str, _Reads(values.timezone, {"title": "IANA time zone", **_TEXT})]
Hours = Annotated[
    int, _Reads(values.hours, {"title": "12 or 24", "type": "integer", "enum": [12, 24]})
]
Spelling = Annotated[str, _Reads(values.spelling, {"title": "words", **_TEXT})]
Sentence = Annotated[str, _Reads(values.sentence, {"title": "text", **_TEXT})]
Item = Annotated[str, _Reads(values.item, {"title": "address or source/key", **_TEXT})]
Topic = Annotated[str, _Reads(values.topic, {"title": "topic", **_TEXT})]
Word = Annotated[str, _Reads(values.word, {"title": "words or /RE2/", **_TEXT})]

Kind = Annotated[source.Kind, _choice(source.Kind)]
Rights = Annotated[source.Rights, _choice(source.Rights)]
Collapse = Annotated[feed.Collapse, _choice(feed.Collapse)]
Order = Annotated[feed.Order, _choice(feed.Order)]

# One second, not one minute, is the least: a wire on the operator's own machine may be asked that
# often. What the publishers of the world bear is the built-in default's business.
# 31 days: the longest wait that lemon24/reader honours.
Interval = Annotated[timedelta, _duration("1s", "31d")]
Timeout = Annotated[timedelta, _duration("1s", "5m")]
Age = Annotated[timedelta, _duration("1m", "3650d")]
Retention = Annotated[timedelta, _duration("1h", "3650d")]
# A body is held in memory while it is read, several at a time.
BodySize = Annotated[int, _size("1kB", "256MB")]
# The newest 1,000 members are what a feed's filters may look at.
Limit = Annotated[int, _whole(1, 1000)]
Trust = Annotated[int, _whole(-100, 100)]
# Texts on one event that were written apart share half of their phrases and more in real feeds.
Percentage = Annotated[int, _whole(55, 100)]
# Upkeep judges five days anew when a threshold changes; what is older is settled.
Nearness = Annotated[timedelta, _duration("1h", "5d")]

SourceName = Annotated[
    str, _Names("source", lambda known: known.sources, "add it under sources or remove it")
]
FeedName = Annotated[
    str,
    _Names(
        "feed",
        lambda known: known.feeds,
        "add it under feeds, or write {sources: [...]} to ask for sources",
    ),
]
AgencyName = Annotated[
    str,
    _Names("agency", lambda known: known.agencies, "give a source this agency or remove it"),
]
Speaker = Annotated[
    str,
    _Names(
        "source or agency",
        lambda known: known.sources | known.agencies,
        "add it under sources or remove it",
    ),
]
