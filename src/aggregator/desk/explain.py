"""Why an article is what it is: where each thing came from, and what joined its entries.

The answer is a plain value, made of what the store kept and of the same pure functions that decided
it; `prose` says it to a person, JSON to a program, and both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aggregator.desk import around
from aggregator.errors import UnknownName
from aggregator.model.agency import Credit, Form
from aggregator.model.article import Article, Match
from aggregator.model.entry import Entry, Revision
from aggregator.model.feed import Collapse, FeedSpec, Order
from aggregator.model.source import Rights, Source
from aggregator.ports import Absence, Dossier, Placement, Shelf
from aggregator.selection import belongs, query
from aggregator.selection.live import live
from aggregator.selection.shown import shown
from aggregator.selection.whole import completed, completing
from aggregator.text import html, language
from aggregator.text.secrets import redact

_PAGE = re.compile(
    r"/articles/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?(?:[?#]|$)", re.IGNORECASE
)

_KEY_KINDS = {
    "guid": "the item's own id",
    "link": "the item's link: it has no usable id",
    "text": "the item's title and text: it has neither id nor link",
}
_RIGHTS = {
    Rights.FULL: "all of it may be shown",
    Rights.SUMMARY: "rights: summary keeps the whole text back",
    Rights.HEADLINE: "rights: headline keeps all but the title back",
}
# What of a state a reader sees.
_SHOWN = ("title", "summary", "content", "url")
_ALONE = "each entry is an item of its own there"
_NOT_LIVE = "none of its sources is configured any more"
_TAKEN_DOWN = "its source lists it no more, and its page is gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is configured now: the sources by id, the feeds, and whom the service prefers."""

    sources: Mapping[str, Source]
    feeds: Sequence[FeedSpec]
    prefer: Sequence[str]


def names(asked: str) -> tuple[str, ...]:
    """The names under which what a person gave may be known, the likeliest first.

    The address of an article's page of ours, on whatever host, stands for the article as well.
    """
    name = asked.strip().strip("<>")
    page = _PAGE.search(name)
    return (name, page[1].lower()) if page else (name, name.lower())


def find(shelf: Shelf, asked: str) -> Dossier:
    """The article that a person means. Raises `UnknownName`."""
    found = (shelf.dossier(name) for name in names(asked))
    dossier = next((one for one in found if one is not None), None)
    if dossier is None:
        raise UnknownName(
            f"nothing is known under {asked}: give an item's address, its id, or source/key"
        )
    return dossier


def explain(dossier: Dossier, setting: Setting) -> dict[str, Any]:
    """The whole evidence of one article, as JSON types; times in ISO 8601.

    `fields` is what the article's own page shows: its `lead` speaks where no feed is meant. Of an
    entry that was withdrawn no words are given.
    """
    article = dossier.article
    live = _live(article.entries, setting)
    speaker = belongs.lead(live, setting.sources, setting.prefer) if live else article.entries[0]
    return {
        "article": article.uid,
        "aliases": list(dossier.aliases),
        "withdrawn": article.withdrawn.isoformat() if article.withdrawn else None,
        "withdrawn_by": around.withdrawals(dossier),
        "first_seen": article.first_seen.isoformat(),
        "updated": article.updated.isoformat(),
        "position": article.position.isoformat(),
        "position_why": _position_why(article),
        "lead": around.name(speaker.ref),
        "lead_why": (
            belongs.why_lead(live, setting.sources, setting.prefer)
            if live
            else _why_nobody(dossier, setting)
        ),
        "fields": _fields(speaker, dossier.sources[speaker.source_id])
        | _whole_title(speaker, live, setting),
        "entries": [_entry(entry, dossier, setting) for entry in article.entries],
        "matches": [_match(match) for match in dossier.matches],
        "story": around.story(dossier, setting.sources, setting.prefer),
        "notices": [
            around.notice(filed, withdrawn=article.withdrawn is not None)
            for filed in dossier.notices
        ],
        "feeds": [_placement(place, dossier, live, setting) for place in dossier.placements],
        "not_in": _absences(dossier, live, setting),
    }


def _live(entries: Iterable[Entry], setting: Setting) -> list[Entry]:
    return live(entries, setting.sources)


def _whole_title(
    speaker: Entry, live: Sequence[Entry], setting: Setting
) -> dict[str, dict[str, str]]:
    """The title, where it was cut and a copy has it whole."""
    copies = [entry for entry in live if entry is not speaker]
    by = completing(speaker, copies, setting.sources)
    if by is None:
        return {}
    title = completed(speaker, copies, setting.sources).title
    return {
        "title": {"value": title, "from": f"the item's own was cut; whole in {around.name(by)}"}
    }


def _why_nobody(dossier: Dossier, setting: Setting) -> str:
    configured = [e for e in dossier.article.entries if e.source_id in setting.sources]
    if any(entry.gone for entry in configured):
        return _TAKEN_DOWN
    why = (mark for entry in configured for mark in around.marks(entry, dossier.superseded))
    return next(why, _NOT_LIVE)


def _position_why(article: Article) -> str:
    founding = article.entries[0]
    if article.position == founding.published:
        return f"the date of {around.name(founding.ref)}, which was seen first"
    return f"first sight of {around.name(founding.ref)}: its own date lay too far back, or ahead"


def _entry(entry: Entry, dossier: Dossier, setting: Setting) -> dict[str, Any]:
    source = dossier.sources[entry.source_id]
    return {
        "entry": around.name(entry.ref),
        "source": source.id,
        "source_name": source.name,
        "source_url": redact(source.url),
        "kind": source.kind.value,
        "agency": source.agency,
        "live": bool(_live((entry,), setting)),
        "marks": around.marks(entry, dossier.superseded),
        "listed": dossier.listed[entry.ref],
        "gone": entry.gone.isoformat() if entry.gone else None,
        "page": _page(dossier.absences.get(entry.ref)),
        "first_seen": entry.first_seen.isoformat(),
        "origin": dossier.origins.get(entry.ref, ""),
        "fields": _fields(entry, source),
        "revision": entry.revision,
        "revisions": _history(entry, dossier.revisions.get(entry.ref, ())),
    }


def _page(absence: Absence | None) -> dict[str, Any] | None:
    """What the entry's own page was asked, once its source had left it out; None if it was not."""
    if absence is None or absence.asked is None:
        return None
    return {"asked": absence.asked.isoformat(), "answer": absence.answer}


def _fields(entry: Entry, source: Source) -> dict[str, dict[str, str]]:
    """Each field of an entry, as it is shown, with where it came from."""
    said = _speakable(shown(entry, source))
    fields = {
        "id": (entry.key.partition(":")[2], _KEY_KINDS.get(entry.key.partition(":")[0], "")),
        "title": (said.title, "the item's title, as plain text"),
        "address": (
            said.url,
            "the item's link, made absolute" if said.url else "the item has none",
        ),
        "compared": (said.canonical, "the address, folded for comparison only"),
        "published": (said.published.isoformat(), _published_why(said, source)),
        "updated": (_updated(said), "the item's own date"),
        "language": (said.language or "", _language_why(said, source)),
        "authors": (", ".join(said.authors), "the item"),
        "credit": _credit(said.credit),
        "topics": (", ".join(said.topics), _topics_why(said, source)),
        "picture": _picture(said),
        "text": (_lengths(said), f"the item; {_RIGHTS[source.rights]}"),
    }
    return {name: {"value": value, "from": why} for name, (value, why) in fields.items() if value}


def _speakable(entry: Entry) -> Entry:
    """The entry, without its words if it was withdrawn: not even here may it go on."""
    if not entry.withdrawn:
        return entry
    return replace(entry, title="", summary="", content="", authors=(), topics=(), media=())


def _published_why(entry: Entry, source: Source) -> str:
    if entry.dated:
        return f"the item's own date; one without a zone is read in {source.timezone}"
    return "our guess: the item has no date that can be believed"


def _updated(entry: Entry) -> str:
    return entry.updated.isoformat() if entry.updated not in (None, entry.published) else ""


def _language_why(entry: Entry, source: Source) -> str:
    if entry.language == language.settle(f"{entry.title}\n{entry.summary}"):
        return "the words of its title and excerpt"
    if entry.language == source.language:
        return "the item or its channel, or feeds.yaml where they are silent"
    return "the item or its channel"


def _topics_why(entry: Entry, source: Source) -> str:
    own = [topic for topic in entry.topics if topic not in source.topics]
    if not own:
        return "feeds.yaml"
    return f"feeds.yaml, and {', '.join(own)} from the item" if source.topics else "the item"


def _credit(said: Credit | None) -> tuple[str, str]:
    if said is None:
        return "", ""
    if said.form is Form.OWN:
        return said.name, "its source, a wire of this agency; the text names no other"
    return said.name, f"{said.form} “{said.words}”; right in {said.confidence:.0%} of such cases"


def _picture(entry: Entry) -> tuple[str, str]:
    for media in entry.media:
        if (media.type or media.medium or "").startswith("image"):
            inside = media.url in html.images(entry.content)
            return media.url, "the first picture in its text" if inside else "the item"
    return "", ""


def _lengths(entry: Entry) -> str:
    """How much text there is to show, in characters; what decides between equals who leads."""
    return f"{len(entry.summary)} characters of excerpt, {len(entry.content)} of whole text"


def _history(entry: Entry, revisions: Sequence[Revision]) -> list[dict[str, Any]]:
    """The earlier states, oldest first, each with what differs from the next one."""
    states = sorted(revisions, key=lambda state: state.revision)
    every: list[Revision | Entry] = [*states, entry]
    return [
        {
            "revision": state.revision,
            "title": "" if entry.withdrawn else state.title,
            "url": state.url,
            "seen": state.seen.isoformat(),
            "until": state.until.isoformat(),
            "changed": [name for name in _SHOWN if getattr(state, name) != getattr(then, name)],
            "why": state.why,
        }
        for state, then in zip(states, every[1:], strict=True)
    ]


def _match(match: Match) -> dict[str, Any]:
    return {
        "level": match.level,
        "score": match.score,
        "between": [around.name(match.entry), around.name(match.other)],
        "why": match.why,
        "snapshot": match.snapshot,
    }


def _placement(
    place: Placement, dossier: Dossier, live: Sequence[Entry], setting: Setting
) -> dict[str, Any]:
    spec = next(spec for spec in setting.feeds if spec.slug == place.slug)
    voices = _voices(place, spec, dossier, live, setting)
    fit = _fit(voices, spec, setting)
    alone = spec.collapse is Collapse.NONE
    prefer = spec.prefer or setting.prefer
    return {
        "feed": place.slug,
        "title": place.title,
        "id": place.uid,
        "lead": around.name(place.lead),
        "why": _ALONE if alone else belongs.why_lead(fit, setting.sources, prefer),
        **_trend(spec, voices, setting),
    }


def _voices(
    place: Placement, spec: FeedSpec, dossier: Dossier, live: Sequence[Entry], setting: Setting
) -> Sequence[Entry]:
    """The entries that an item of the feed stands for."""
    if spec.collapse is Collapse.NONE:
        return [entry for entry in live if entry.ref == place.lead]
    whole = belongs.as_one(dossier.story) if dossier.story else None
    return _live(whole.entries, setting) if whole and spec.collapse is Collapse.STORY else live


def _trend(spec: FeedSpec, voices: Sequence[Entry], setting: Setting) -> dict[str, Any]:
    if spec.order is not Order.TRENDING or not voices:
        return {}
    return {"trending": around.trending(voices, setting.sources)}


def _fit(live: Sequence[Entry], spec: FeedSpec, setting: Setting) -> list[Entry]:
    return [e for e in live if query.qualifies(e, setting.sources[e.source_id], spec.clauses)]


def _absences(dossier: Dossier, live: Sequence[Entry], setting: Setting) -> list[dict[str, str]]:
    placed = {place.slug for place in dossier.placements}
    return [
        {"feed": spec.slug, "title": spec.title, "why": _absence(dossier, live, spec, setting)}
        for spec in setting.feeds
        if spec.slug not in placed
    ]


def _absence(dossier: Dossier, live: Sequence[Entry], spec: FeedSpec, setting: Setting) -> str:
    if dossier.article.withdrawn:
        return "it is withdrawn"
    if not live:
        return _why_nobody(dossier, setting)
    if not _fit(live, spec, setting):
        return "no entry is what it asks for"
    return "it is older than the feed's max_age"
