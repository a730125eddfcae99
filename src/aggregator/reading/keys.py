"""What an item is called inside its source: guid, else link, else its text (rules 1-5, 8, 10, 13).

A document's items are named together, because a name is only good if no other item has it. The key
is the best name; aliases are names under which the same item may come back when the source changes
its ways. Whether a name means an item that we know is decided in matching, not here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from aggregator.model.reading import Facts, Finding, RawEntry
from aggregator.reading.moments import Claim
from aggregator.reading.parsed import Place
from aggregator.text import html, tokens, urls

# Fewer items with one guid may be a feed that lists one item twice; rule 4 speaks of all of them.
_MIN_CONSTANT = 3
_MAX_GUID = 500
_MAX_HASHED = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An item with its names. `canonical` is "" where the address names no single item: it is
    shared, or a front door."""

    place: Place
    canonical: str
    key: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """An item before naming: its folded guid, its canonical address, its title's hash."""

    place: Place
    guid: str
    canonical: str
    title: str

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.guid, self.canonical, self.title or self.place.facts.text


def name(items: Iterable[Place]) -> tuple[tuple[Named, ...], tuple[Finding, ...]]:
    """Name the items of one document; empty and repeated ones are left out, with a finding."""
    given = tuple(items)
    full = [_placed(place) for place in given if not (place.raw and _is_empty(place.raw))]
    first: dict[tuple[str, str, str], _Placed] = {}
    for placed in full:
        first.setdefault(placed.identity, placed)
    kept = list(first.values())
    findings = [
        *_count("empty-item", len(given) - len(full), "items say nothing at all and are skipped"),
        *_count("repeated-item", len(full) - len(kept), "items stand in the document twice"),
    ]
    if _is_constant(kept):
        findings += _count("constant-guid", len(kept), "items carry one guid; links name them")
        kept = [_without_guid(placed) for placed in kept]
    return _named(kept), tuple(findings)


def address(raw: RawEntry, document_url: str) -> str:
    """An item's page: its link, else its guid where that is one (rules 1 and 2); or ""."""
    base = urls.absolute(raw.base, document_url) or document_url
    linked = urls.absolute(raw.link, base) if raw.link else ""
    return linked or (urls.absolute(raw.guid) if raw.guid and raw.guid_is_link else "")


def facts(raw: RawEntry, document_url: str, claim: Claim) -> Facts:
    """What a document's names and dates need of an item, with what it claims of its date."""
    canonical = urls.canonical(address(raw, document_url))
    title = tokens.fold(raw.title.value[:_MAX_HASHED]) if raw.title else ""
    texts = [text for text in (raw.title, raw.summary, *raw.contents) if text]
    return Facts(
        guid=_guid_name(raw.guid or ""),
        link="" if urls.is_root(canonical) else canonical,
        title=_hash(title) if title else "",
        text=_hash(*(tokens.fold(text.value[:_MAX_HASHED]) for text in texts)),
        said=_hash(raw.published) if raw.published else "",
        updated=_hash(raw.updated) if raw.updated else "",
        claim=claim.at,
        hour=claim.hour,
        oversize=sum(len(text.value) > html.MAX_LENGTH for text in texts if text != raw.title),
    )


def _placed(place: Place) -> _Placed:
    found = place.facts
    return _Placed(place=place, guid=found.guid, canonical=found.link, title=found.title)


def _named(kept: Sequence[_Placed]) -> tuple[Named, ...]:
    links = Counter(placed.canonical for placed in kept if placed.canonical)
    seen: set[str] = set()
    named = []
    for placed in kept:
        canonical = placed.canonical if links[placed.canonical] == 1 else ""
        key, *aliases = _free(_names(placed, canonical), seen)
        seen.update((key, *aliases))
        named.append(
            Named(place=placed.place, canonical=canonical, key=key, aliases=tuple(aliases))
        )
    return tuple(named)


def _names(placed: _Placed, canonical: str) -> list[str]:
    """The names of an item, best first, ending in one that no other item of a document has."""
    link = [f"link:{canonical}"] if canonical else []
    if placed.guid:
        own = canonical or _hash(placed.title, placed.canonical)
        return [f"guid:{placed.guid}", *link, f"guid:{placed.guid}|{own}"]
    if link:
        return link
    text = f"text:{placed.place.facts.text}"
    return [f"link:{placed.canonical}|{placed.title}", text] if placed.canonical else [text]


def _free(names: list[str], seen: set[str]) -> list[str]:
    """The key and aliases that are still free. The last name is taken only in need (rule 5)."""
    best, *others = names
    if best not in seen:
        return [best, *(other for other in others[:1] if other.startswith("link:"))]
    return [
        next((other for other in reversed(others) if other not in seen), f"{best}|{len(seen)}"),
        *(other for other in others[:1] if other.startswith("link:") and other not in seen),
    ]


def _is_constant(kept: Sequence[_Placed]) -> bool:
    """Whether one guid stands for items that differ in link or title (rule 4)."""
    guids = {placed.guid for placed in kept}
    return len(kept) >= _MIN_CONSTANT and len(guids) == 1 and guids != {""}


def _without_guid(placed: _Placed) -> _Placed:
    return replace(placed, guid="", title=f"{placed.title}{placed.place.facts.said}")


def _is_empty(raw: RawEntry) -> bool:
    return not (raw.guid or raw.link or raw.title or raw.summary or raw.contents)


def _guid_name(guid: str) -> str:
    """The guid as a name: scheme folded (rule 8), nothing stripped (rule 10), bounded."""
    folded = urls.fold_scheme(" ".join(guid.split()))
    return folded if len(folded) <= _MAX_GUID else _hash(folded)


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(errors="ignore"), digest_size=12).hexdigest()


def _count(name: str, number: int, words: str) -> list[Finding]:
    return [Finding(name=name, detail=f"{number} {words}")] if number else []
