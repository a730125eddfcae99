"""The shape of feeds.yaml: its keys with their types, meanings, defaults and examples.

These models are the file's own form, read once and turned into `model` values by `build`; the JSON
Schema and the reference in the documentation are made from the same fields. A field that is None
was not written: its default is applied where the value belongs, and is told here for readers.
"""

from __future__ import annotations

from collections.abc import Sized
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict

from aggregator.config import scalars, values
from aggregator.config.tree import NOTHING

T = TypeVar("T")
C = TypeVar("C", bound=Sized)

# How a union's branch shows in the place of an error; no key looks like these.
LIST = "<list>"
QUERY = "<query>"


def _needed(meaning: str, *, example: object) -> Any:
    return Field(description=meaning, examples=[example])


def _named(meaning: str, *, example: object) -> Any:
    """Parts by their names; no other names than those that the schema's pattern allows."""
    told: JsonDict = {"additionalProperties": False}
    return Field(description=meaning, examples=[example], json_schema_extra=told)


def _named_or_none(meaning: str, *, example: object) -> Any:
    told: JsonDict = {"additionalProperties": False}
    return Field(default=None, description=meaning, examples=[example], json_schema_extra=told)


def _key(
    meaning: str,
    *,
    example: object,
    default: str | int | bool | None = None,
    alias: str | None = None,
) -> Any:
    told: JsonDict = {} if default is None else {"default": default}
    return Field(
        default=None, alias=alias, description=meaning, examples=[example], json_schema_extra=told
    )


def _once(names: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(names))


def _some(found: C) -> C:
    if not found:
        raise ValueError("it is empty; name something or leave the key out")
    return found


def _not_empty(found: C) -> C:
    if not found:
        raise ValueError("it is empty; write at least one below it")
    return found


def _empty_is_absent(value: object) -> object:
    return {} if value is NOTHING else value


def _unsupported(value: object) -> object:
    if value in (NOTHING, {}, []):
        return None
    raise ValueError("this part is kept for a later version and does nothing yet; remove it")


class Part(BaseModel):
    """A mapping of known keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        model_title_generator=lambda part: part.__name__.removesuffix("Part").lower(),
    )

    def said(self) -> dict[str, Any]:
        """What was written, by field; without what was left to the defaults."""
        return {name: value for name, value in self if value is not None}


Once = AfterValidator(_once)
Some = AfterValidator(_some)
Topics = Annotated[tuple[scalars.Topic, ...], Once]
Speakers = Annotated[tuple[scalars.Speaker, ...], Once]


class ServicePart(Part):
    """The service as a whole."""

    title: scalars.Text | None = _key(
        "The name on the pages.", example="Il mio notiziario", default="Aggregator"
    )
    base_url: scalars.BaseAddress | None = _key(
        "The address under which readers reach the service; links in feeds begin with it."
        " Without it, the address that the service is bound to.",
        example="https://news.example.org",
    )
    database: scalars.File | None = _key(
        "The database file, relative to this file.",
        example="/var/lib/aggregator/aggregator.db",
        default="aggregator.db",
    )
    retention: scalars.Retention | None = _key(
        "How long articles are kept.", example="90d", default="30d"
    )
    allow_private: scalars.Flag | None = _key(
        "`true`: every source may be asked at addresses that are not public (loopback, private,"
        " link-local).",
        example=True,
        default=False,
    )
    prefer: Speakers | None = _key(
        "Whose copy speaks for an article where no feed is meant (its own page, the search):"
        " sources or agencies, the best first.",
        example=["ansa"],
    )


Headers = Annotated[
    dict[scalars.HeaderName, scalars.HeaderValue], Some, AfterValidator(values.headers)
]
Interval = Annotated[
    scalars.Interval | None,
    _key(
        "Time between two polls of a source whose rhythm is not known yet. Built in: `3m` for"
        " agencies, `10m` for portals.",
        example="10m",
    ),
]
MinInterval = Annotated[
    scalars.Interval | None,
    _key(
        "The shortest time between two polls, however much it brings. Without it, half of"
        " `interval`, and no less than `2m` unless `interval` is.",
        example="5m",
    ),
]
MaxInterval = Annotated[
    scalars.Interval | None,
    _key(
        "The longest time between two polls, however quiet it is and whatever its server asks for."
        " Without it, six times `interval`, and no more than `1d` unless `interval` is.",
        example="1h",
    ),
]
Timeout = Annotated[
    scalars.Timeout | None,
    _key("How long one poll may take. Built in: `20s`.", example="20s"),
]
MaxSize = Annotated[
    scalars.BodySize | None,
    _key(
        "The largest document that is read, after decompression. Built in: `10MB`.",
        example="10MB",
    ),
]


class PacePart(Part):
    """How sources of one kind are polled."""

    interval: Interval = None
    min_interval: MinInterval = None
    max_interval: MaxInterval = None
    timeout: Timeout = None
    max_size: MaxSize = None


class DefaultsPart(Part):
    """What holds for every source that does not say otherwise."""

    interval: Interval = None
    min_interval: MinInterval = None
    max_interval: MaxInterval = None
    timeout: Timeout = None
    max_size: MaxSize = None
    agency: PacePart | None = _key(
        "The same keys, for sources of kind `agency` alone.", example={"interval": "3m"}
    )
    portal: PacePart | None = _key(
        "The same keys, for sources of kind `portal` alone.", example={"interval": "15m"}
    )


class SourcePart(Part):
    """A feed that is polled. Its key is its name for ever: entries hang on it."""

    url: scalars.SourceAddress = _needed(
        "The feed's address. `${NAME}` stands for an environment variable. `file:///folder/*.xml`"
        " is every such file of a folder that an agency's transfer fills.",
        example="https://www.example.org/rss.xml",
    )
    kind: scalars.Kind = _needed(
        "`agency` writes its texts, `portal` may republish anyone's.", example="agency"
    )
    name: scalars.Text | None = _key(
        "The name that readers see. Without it, the key.", example="ANSA - Mondo"
    )
    agency: scalars.Slug | None = _key("The wire that this source belongs to.", example="ansa")
    language: scalars.Language | None = _key(
        "The language of its texts, where they do not show it themselves.", example="it"
    )
    timezone: scalars.Timezone | None = _key(
        "The time zone of dates that name none.", example="Europe/Rome", default="UTC"
    )
    hours: scalars.Hours | None = _key(
        "How many hours the clock of its dates counts: 12 if it leaves out am and pm.",
        example=12,
        default=24,
    )
    topics: Topics | None = _key("Topics that all its items have.", example=["esteri"])
    trust: scalars.Trust | None = _key(
        "Which of several sources of one kind speaks first: the higher.", example=10, default=0
    )
    rights: scalars.Rights | None = _key(
        "How much of its texts may be shown: the headline, an excerpt as well, or all.",
        example="summary",
        default="full",
    )
    enabled: scalars.Flag | None = _key(
        "`false`: no longer polled; what it brought stays.", example=False, default=True
    )
    user_agent: scalars.Text | None = _key(
        "What we call ourselves there. Without it, our name, version and `base_url`.",
        example="notiziario/1 (+https://news.example.org)",
    )
    headers: Headers | None = _key(
        "Further headers of the request; `${NAME}` stands for an environment variable. Those that"
        " hold one, or a login, are told to no other origin.",
        example={"Authorization": "Bearer ${TOKEN}"},
    )
    proxy: scalars.Address | None = _key(
        "A proxy to ask through, `${NAME}` as above. What lies behind it is the proxy's to guard.",
        example="http://proxy.example.org:3128",
    )
    allow_files: scalars.Flag | None = _key(
        "`true`: its `url` may be `file:///…`. What may be read there is served to readers.",
        example=True,
        default=False,
    )
    allow_private: scalars.Flag | None = _key(
        "`true`: it may be asked at addresses that are not public (loopback, private, link-local)."
        " Without it, as `service` says.",
        example=True,
    )
    interval: Interval = None
    min_interval: MinInterval = None
    max_interval: MaxInterval = None
    timeout: Timeout = None
    max_size: MaxSize = None


class QueryPart(Part):
    """A question to entries: the values of one key are alternatives, every key must hold."""

    sources: Annotated[tuple[scalars.SourceName, ...], Some, Once] | None = _key(
        "Entries of these sources.", example=["ansa-mondo"]
    )
    kinds: Annotated[tuple[scalars.Kind, ...], Some, Once] | None = _key(
        "Entries of sources of these kinds.", example=["agency"]
    )
    agencies: Annotated[tuple[scalars.AgencyName, ...], Some, Once] | None = _key(
        "Entries whose text is one of these agencies', by its credit or by its source.",
        example=["ansa"],
    )
    topics: Annotated[tuple[scalars.Topic, ...], Some, Once] | None = _key(
        "Entries with one of these topics, their source's or their own; case and accents do not"
        " matter.",
        example=["esteri"],
    )
    languages: Annotated[tuple[scalars.Language, ...], Some, Once] | None = _key(
        "Entries in these languages, as detected.", example=["it"]
    )
    words: Annotated[tuple[scalars.Word, ...], Some, Once] | None = _key(
        "Entries with one of these whole words in title or excerpt; case and accents do not"
        " matter. `/…/` is an RE2 pattern.",
        example=["terremoto", "/sisma|scossa/"],
    )

    @model_validator(mode="after")
    def _asks_something(self) -> QueryPart:
        if not self.said():
            raise ValueError("it asks for nothing; name something or leave the key out")
        return self


def _branch(value: object) -> str | None:
    return LIST if isinstance(value, list) else QUERY if isinstance(value, dict) else None


Union = Annotated[tuple[scalars.FeedName, ...], Some, Once, Tag(LIST)]
From = Annotated[Union | Annotated[QueryPart, Tag(QUERY)], Discriminator(_branch)]


class FeedPart(Part):
    """A merged feed that is served, at `/feeds/<key>` with `.rss`, `.atom` or `.json`."""

    title: scalars.Text | None = _key(
        "Its name for readers. Without it, the key.", example="Esteri"
    )
    description: scalars.Text | None = _key(
        "A sentence on what it holds.", example="Notizie dal mondo, senza doppioni"
    )
    language: scalars.Language | None = _key("The language that the feed declares.", example="it")
    from_: From | None = _key(
        "What goes in: a question, or a list of other feeds whose union this is."
        " Without it, everything.",
        example={"topics": ["esteri"], "languages": ["it"]},
        alias="from",
    )
    not_: QueryPart | None = _key(
        "What stays out of it all the same.", example={"words": ["oroscopo"]}, alias="not"
    )
    collapse: scalars.Collapse | None = _key(
        "What one item is: every copy (`none`), one text with its copies (`article`), or one event"
        " (`story`).",
        example="article",
        default="article",
    )
    prefer: Speakers | None = _key(
        "Whose copy speaks for an article: sources or agencies, the best first.",
        example=["ansa", "adnkronos"],
    )
    order: scalars.Order | None = _key(
        "`latest`: the newest first. `trending`: what most independent voices tell, first.",
        example="trending",
        default="latest",
    )
    limit: scalars.Limit | None = _key("Items in the feed.", example=100, default=50)
    max_age: scalars.Age | None = _key(
        "Articles older than this leave the feed. Without it, only `retention` ends them.",
        example="2d",
    )
    was: Annotated[tuple[scalars.FeedSlug, ...], Once] | None = _key(
        "Names that this feed had before; their addresses lead here.", example=["mondo"]
    )


class AgencyPart(Part):
    """An agency that credits may name, besides the known ones; with the key of a known one, more
    of its spellings."""

    name: scalars.Text = _needed("The name that readers see.", example="Agenzia Nord")
    spellings: Annotated[tuple[scalars.Spelling, ...], Some, Once] | None = _key(
        "Further ways in which datelines, bylines and sign-offs write it; case and accents do not"
        " matter.",
        example=["AgNord", "Nord Press"],
    )
    bracketed: Annotated[tuple[scalars.Spelling, ...], Some, Once] | None = _key(
        "Words that mean it only where nothing else stands with them, in brackets or as an author:"
        " letters and words that are used for other things, too.",
        example=["Nord"],
    )
    languages: Annotated[tuple[scalars.Language, ...], Some, Once] | None = _key(
        "The languages that it writes. Two letters in brackets behind a town are an Italian"
        " province, unless their agency writes Italian.",
        example=["it"],
    )


Sentences = Annotated[tuple[scalars.Sentence, ...], Some, Once]
# `across` sees to it that each pair is one of two different items.
Pair = Annotated[
    tuple[scalars.Item, ...],
    WithJsonSchema(
        {
            "title": "two items, each an address or source/key",
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]
Pairs = Annotated[tuple[Pair, ...], Some]


class MatchingPart(Part):
    """What makes two items one article. A change holds for the items of the last days as well."""

    phrases: scalars.Percentage | None = _key(
        "The percentage of a text's three-word phrases that must stand in the other, of 30 or more;"
        " shorter texts need 5 or 15 more. The higher it is, the less is joined.",
        example=70,
        default=60,
    )
    text_within: scalars.Nearness | None = _key(
        "A copy comes no later than this.", example="2d", default="5d"
    )
    title_within: scalars.Nearness | None = _key(
        "A copy that is known by its headline comes no later than this.",
        example="6h",
        default="1d",
    )
    boilerplate: Sentences | None = _key(
        "Sentences, or parts of headlines before or behind a bar, that say nothing wherever they"
        " stand, besides those that are learnt; case and accents do not matter.",
        example=["Segui tutte le notizie sul nostro canale."],
    )
    never: Pairs | None = _key(
        "Pairs of items that are never one article: by address, or as `source/key` from"
        " `aggregator explain`.",
        example=[["https://www.example.org/a", "https://portal.example.com/b"]],
    )
    always: Pairs | None = _key(
        "Pairs of items that are one article, whatever they say; written as those of `never`.",
        example=[["https://www.example.org/a", "https://portal.example.com/c"]],
    )


Reserved = Annotated[None, BeforeValidator(_unsupported), WithJsonSchema({"enum": [None, {}, []]})]


class FilePart(Part):
    """feeds.yaml."""

    service: Annotated[ServicePart, BeforeValidator(_empty_is_absent)] | None = _key(
        "The service as a whole.", example={"title": "Il mio notiziario"}
    )
    defaults: Annotated[DefaultsPart, BeforeValidator(_empty_is_absent)] | None = _key(
        "What holds for every source that does not say otherwise.", example={"interval": "10m"}
    )
    sources: Annotated[dict[scalars.Slug, SourcePart], AfterValidator(_not_empty)] = _named(
        "The feeds that are polled, by name.",
        example={"ansa": {"url": "https://www.example.org/rss.xml", "kind": "agency"}},
    )
    feeds: Annotated[dict[scalars.FeedSlug, FeedPart], AfterValidator(_not_empty)] = _named(
        "The merged feeds that are served, by name.",
        example={"latest": {"title": "Ultime notizie"}},
    )
    agencies: (
        Annotated[dict[scalars.Slug, AgencyPart], BeforeValidator(_empty_is_absent)] | None
    ) = _named_or_none(
        "Agencies that credits may name, besides the known ones, by name.",
        example={"agenzia-nord": {"name": "Agenzia Nord", "spellings": ["AgNord"]}},
    )
    matching: Annotated[MatchingPart, BeforeValidator(_empty_is_absent)] | None = _key(
        "What makes two items one article.", example={"phrases": 70}
    )
    alerts: Reserved = _key("Kept for a later version.", example={})
