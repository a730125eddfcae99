"""Why an article is what it is: where each thing came from, and what joined its entries.

The answer is a plain value, made of what the store kept; a person gets it as text, a program as
JSON, and both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aggregator.model.entry import Entry, EntryRef, Revision
from aggregator.model.source import Source
from aggregator.ports import Dossier
from aggregator.text.secrets import redact


def explain(dossier: Dossier) -> dict[str, Any]:
    """The whole evidence of one article, as JSON types."""
    article = dossier.article
    return {
        "article": article.uid,
        "aliases": list(dossier.aliases),
        "position": article.position.isoformat(),
        "position_why": _position_why(article.entries[0]),
        "first_seen": article.first_seen.isoformat(),
        "updated": article.updated.isoformat(),
        "withdrawn": article.withdrawn.isoformat() if article.withdrawn else None,
        "entries": [_entry(entry, dossier) for entry in article.entries],
        "matches": [
            {
                "level": match.level,
                "score": match.score,
                "between": [_name(match.entry), _name(match.other)],
                "why": match.why,
            }
            for match in dossier.matches
        ],
        "feeds": [
            {"feed": p.slug, "title": p.title, "lead": _name(p.lead), "id": p.uid}
            for p in dossier.placements
        ],
    }


def as_text(told: Mapping[str, Any]) -> str:
    """The same for a person."""
    return "\n".join(_lines(told))


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    count = len(told["entries"])
    yield f"article {told['article']}"
    yield f"  {count} {'entry' if count == 1 else 'entries'}, in the order of first sight"
    yield f"  position {told['position']}: {told['position_why']}"
    if told["withdrawn"]:
        yield f"  withdrawn {told['withdrawn']}: in no output"
    for alias in told["aliases"]:
        yield f"  also known as {alias}"
    for entry in told["entries"]:
        yield ""
        yield from _entry_lines(entry)
    yield ""
    yield "why these entries are one article" if count > 1 else "no other entry is the same text"
    for match in told["matches"]:
        yield f"  {match['between'][0]} = {match['between'][1]}"
        yield f"    {match['level']}, score {match['score']:.2f}: {match['why']}"
    yield ""
    yield "where it appears" if told["feeds"] else "it appears in no feed"
    for place in told["feeds"]:
        yield f"  {place['feed']} ({place['title']}): {place['lead']} speaks for it"


def _entry_lines(entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"{entry['entry']}  ({entry['kind']} {entry['source_name']})"
    for field, why in entry["fields"].items():
        yield f"  {field:<10} {why['value']}"
        yield f"  {'':<10} from {why['from']}"
    if entry["origin"]:
        yield f"  a new entry because {entry['origin']}"
    for state in entry["revisions"]:
        yield f"  until {state['until']} its title was: {state['title']}"
        yield f"  {'':<10} the same item because: {state['why']}"


def _entry(entry: Entry, dossier: Dossier) -> dict[str, Any]:
    source = dossier.sources[entry.source_id]
    return {
        "entry": _name(entry.ref),
        "source": source.id,
        "source_name": source.name,
        "source_url": redact(source.url),
        "kind": source.kind.value,
        "agency": source.agency,
        "listed": dossier.listed[entry.ref],
        "revision": entry.revision,
        "origin": dossier.origins.get(entry.ref, ""),
        "fields": _fields(entry, source),
        "revisions": [_state(state) for state in dossier.revisions.get(entry.ref, ())],
    }


def _fields(entry: Entry, source: Source) -> dict[str, dict[str, str]]:
    """Each field of an entry, as it is shown, with where it came from."""
    fields = {
        "identity": (entry.key, _KEY_KINDS.get(entry.key.partition(":")[0], "the item")),
        "title": (entry.title, "the item's title, as plain text"),
        "address": (entry.url or "none", "the item's link, made absolute"),
        "compared": (entry.canonical or "nothing", "the address, folded for comparison only"),
        "published": (entry.published.isoformat(), _published_why(entry, source)),
        "language": (entry.language or "unknown", "the item, else its channel, else feeds.yaml"),
        "topics": (", ".join((*source.topics, *entry.topics)) or "none", "feeds.yaml and the item"),
        "first seen": (entry.first_seen.isoformat(), "our clock at the poll that brought it"),
    }
    return {name: {"value": value, "from": why} for name, (value, why) in fields.items()}


_KEY_KINDS = {
    "guid": "the item's own id",
    "link": "the item's link: it has no usable id",
    "text": "the item's title and text: it has neither id nor link",
}


def _published_why(entry: Entry, source: Source) -> str:
    if entry.dated:
        return f"the item's own date (times without a zone are read in {source.timezone})"
    return "our guess: the item has no date that can be believed"


def _position_why(founding: Entry) -> str:
    if founding.position == founding.published:
        return f"the date of {_name(founding.ref)}, which was seen first"
    return f"first sight of {_name(founding.ref)}: its own date lay too far back, or ahead"


def _state(state: Revision) -> dict[str, Any]:
    return {
        "revision": state.revision,
        "title": state.title,
        "seen": state.seen.isoformat(),
        "until": state.until.isoformat(),
        "why": state.why,
    }


def _name(ref: EntryRef) -> str:
    return f"{ref.source_id}/{ref.key}"
