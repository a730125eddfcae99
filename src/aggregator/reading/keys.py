"""What an item is called inside its source: guid, else link, else its text (rules 1-5, 8, 10, 13).

A document's items are named together, because a name is only good if no other item has it. The key
is the best name; aliases are names under which the same item may come back when the source changes
its ways. Whether a name means an item that we know is decided in matching, not here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from aggregator.model.reading import Finding, RawEntry
from aggregator.text import tokens, urls

# Fewer items with one guid may be a feed that lists one item twice; rule 4 speaks of all of them.
_MIN_CONSTANT = 3
_MAX_GUID = 500
_MAX_HASHED = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An item with its names. `url` is absolute or ""; `canonical` is "" where the address names
    no single item: it is shared, or a front door."""

    raw: RawEntry
    url: str
    canonical: str
    key: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """An item before naming: its folded guid, its addresses, its folded title."""

    raw: RawEntry
    guid: str
    url: str
    canonical: str
    title: str

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.guid, self.canonical, self.title or _text_name(self.raw)


def name(
    items: Iterable[RawEntry], document_url: str
) -> tuple[tuple[Named, ...], tuple[Finding, ...]]:
    """Name the items of one document; empty and repeated ones are left out, with a finding."""
    given = tuple(items)
    full = [_placed(raw, document_url) for raw in given if not _is_empty(raw)]
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


def _placed(raw: RawEntry, document_url: str) -> _Placed:
    url = address(raw, document_url)
    canonical = urls.canonical(url)
    return _Placed(
        raw=raw,
        guid=_guid_name(raw.guid or ""),
        url=url,
        canonical="" if urls.is_root(canonical) else canonical,
        title=tokens.fold(raw.title.value[:_MAX_HASHED]) if raw.title else "",
    )


def _named(kept: Sequence[_Placed]) -> tuple[Named, ...]:
    links = Counter(placed.canonical for placed in kept if placed.canonical)
    seen: set[str] = set()
    named = []
    for placed in kept:
        canonical = placed.canonical if links[placed.canonical] == 1 else ""
        key, *aliases = _free(_names(placed, canonical), seen)
        seen.update((key, *aliases))
        named.append(
            Named(
                raw=placed.raw, url=placed.url, canonical=canonical, key=key, aliases=tuple(aliases)
            )
        )
    return tuple(named)


def _names(placed: _Placed, canonical: str) -> list[str]:
    """The names of an item, best first, ending in one that no other item of a document has."""
    link = [f"link:{canonical}"] if canonical else []
    if placed.guid:
        own = canonical or _hash(placed.title, placed.url)
        return [f"guid:{placed.guid}", *link, f"guid:{placed.guid}|{own}"]
    if link:
        return link
    if placed.canonical:
        return [f"link:{placed.canonical}|{_hash(placed.title)}", _text_name(placed.raw)]
    return [_text_name(placed.raw)]


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
    return _Placed(
        raw=placed.raw,
        guid="",
        url=placed.url,
        canonical=placed.canonical,
        title=f"{placed.title} {placed.raw.published or ''}",
    )


def _is_empty(raw: RawEntry) -> bool:
    return not (raw.guid or raw.link or raw.title or raw.summary or raw.contents)


def _guid_name(guid: str) -> str:
    """The guid as a name: scheme folded (rule 8), nothing stripped (rule 10), bounded."""
    folded = urls.fold_scheme(" ".join(guid.split()))
    return folded if len(folded) <= _MAX_GUID else _hash(folded)


def _text_name(raw: RawEntry) -> str:
    texts = [raw.title, raw.summary, *raw.contents]
    return f"text:{_hash(*(tokens.fold(t.value[:_MAX_HASHED]) for t in texts if t))}"


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(errors="ignore"), digest_size=12).hexdigest()


def _count(name: str, number: int, words: str) -> list[Finding]:
    return [Finding(name=name, detail=f"{number} {words}")] if number else []
