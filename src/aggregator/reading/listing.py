"""What a document lists, parsed or remembered: its items in order, named together.

Naming asks of every item no more than its `Facts`, which outlive its bytes, so it is one function
of the whole list, whichever of the items were parsed this time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aggregator.model.fetched import Fetched
from aggregator.model.reading import Facts, Finding, Listed, RawEntry
from aggregator.model.source import Source
from aggregator.reading import keys, moments
from aggregator.reading.keys import Named
from aggregator.reading.memory import MAX_ENTRIES, Memory
from aggregator.reading.parsed import Parsed, Place
from aggregator.text import urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A parsed document with its items named, those of them that it repeats as well.

    It is not `settled` if new items change what repeated ones are called, or if there are so many
    that their dates decide which are taken: then the repeated ones must be read again.
    """

    parsed: Parsed
    named: tuple[Named, ...]
    settled: bool
    findings: tuple[Finding, ...]

    @property
    def places(self) -> tuple[Listed, ...]:
        return tuple(
            Listed(
                key=one.key,
                digest=one.place.digest,
                linked=bool(one.aliases),
                facts=one.place.facts,
            )
            for one in self.named
        )


def of(parsed: Parsed, fetched: Fetched, source: Source, had: Memory) -> Listing:
    """The listing of a document of `source` that was parsed with what `had` remembers."""
    repeated = [_repeated(position, had.known[digest]) for position, digest in parsed.known]
    places = [*_parsed(parsed, fetched, source, had), *(place for place in repeated if place)]
    named, findings = keys.name(sorted(places, key=lambda place: place.position))
    return Listing(parsed=parsed, named=named, settled=_is_settled(named, had), findings=findings)


def _repeated(position: int, listed: Listed) -> Place | None:
    if listed.facts is None:
        return None
    return Place(position=position, digest=listed.digest, facts=listed.facts, raw=None)


def _parsed(parsed: Parsed, fetched: Fetched, source: Source, had: Memory) -> list[Place]:
    document = parsed.document
    lent = document.language or ""
    digests = parsed.digests or [_digest(raw, lent, had) for raw in document.items]
    pairs = zip(document.items, digests, strict=True)
    return [_place(raw, digest, fetched, source, had) for raw, digest in pairs]


def _place(raw: RawEntry, digest: str, fetched: Fetched, source: Source, had: Memory) -> Place:
    known = had.known.get(digest)
    repeated = _repeated(raw.position, known) if known else None
    return repeated or Place(
        position=raw.position, digest=digest, facts=_facts(raw, fetched, source), raw=raw
    )


def _digest(raw: RawEntry, lent: str, had: Memory) -> str:
    """The digest of an item whose bytes nobody knows: of all that it says, wherever it stands."""
    return had.digest(repr(replace(raw, position=0)), lent)


def _facts(raw: RawEntry, fetched: Fetched, source: Source) -> Facts:
    claim = moments.claim(raw, fetched.at, moments.clock_of(source))
    return keys.facts(raw, urls.place(fetched.url), claim)


def _is_settled(named: Sequence[Named], had: Memory) -> bool:
    repeated = [one for one in named if one.place.raw is None]
    listed = (had.known[one.place.digest] for one in repeated)
    renamed = (
        (one.key, bool(one.aliases)) != (before.key, before.linked)
        for one, before in zip(repeated, listed, strict=True)
    )
    return not repeated or (len(named) <= MAX_ENTRIES and not any(renamed))
