"""Several files of one source, read as one: each as a body of its own, then their entries together.

A folder is no listing: what is missing from it says nothing, so such a reading is never `complete`
and its window is added to the one before. There each file has a place beside its entries, which
keeps its signature: as long as it stands there, the file is not read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from aggregator.model.entry import Entry
from aggregator.model.fetched import Fetched, Part, Refused
from aggregator.model.reading import Finding, Listed, Reading, Window
from aggregator.model.source import Source
from aggregator.reading import body

# A file that ends too early may still be under way; after this it is taken for what it is.
_PATIENCE = timedelta(minutes=10)
# Findings are for people: so many are named one by one.
_NAMED = 20


def read(fetched: Fetched, source: Source, previous: Window) -> Reading | Refused:
    """What a body says, or what all files say together; else as `body.read`."""
    if not fetched.parts:
        return body.read(fetched, source, previous)
    given = [(part, _read(part, fetched, source)) for part in fetched.parts]
    done = [(part, found) for part, found in given if not _is_under_way(part, found, fetched)]
    readings = [found for _, found in done if isinstance(found, Reading)]
    places = (place for found in readings for place in found.window.places)
    return Reading(
        source_id=source.id,
        at=fetched.at,
        entries=_latest(entry for found in readings for entry in found.entries),
        window=Window(places=(*places, *(_place(part) for part, _ in done))),
        complete=False,
        findings=tuple(_findings(given))[:_NAMED],
    )


def _read(part: Part, fetched: Fetched, source: Source) -> Reading | Refused | str:
    """What one file says; words for one that could not be opened."""
    if part.fault:
        return part.fault
    return body.read(replace(fetched, body=part.body, parts=()), source, Window())


def _is_under_way(part: Part, found: Reading | Refused | str, fetched: Fetched) -> bool:
    """Whether a file may still grow: it ends too early, and was changed not long ago."""
    is_whole = isinstance(found, Reading) and found.complete
    return not is_whole and not part.fault and fetched.at - part.modified < _PATIENCE


def _place(part: Part) -> Listed:
    return Listed(key=f"file:{part.name}", digest=part.signature)


def _latest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each item once, in its latest state; files come oldest first."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry.key not in kept or entry.may_replace(kept[entry.key]):
            kept[entry.key] = entry
    return tuple(kept.values())


def _findings(given: Iterable[tuple[Part, Reading | Refused | str]]) -> Iterable[Finding]:
    """What is odd in each file, by its name."""
    for part, found in given:
        if isinstance(found, Reading):
            for one in found.findings:
                yield Finding(name=one.name, detail=f"{part.name}: {one.detail}")
        else:
            why = found if isinstance(found, str) else found.detail
            yield Finding(name="unreadable-file", detail=f"{part.name}: {why}")
