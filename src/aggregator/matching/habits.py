"""What the names in one document say of how its source names things (rules 6 to 8, 11, 12, 16).

Identity has decided already, and rightly whatever the habit; here an operator is told what it had
to see through. Nothing is remembered for it but the names themselves: an item's names are all that
it has ever gone by, so they tell a move, which happens once, from ids that never stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aggregator.matching.identity import Known, New, Verdict, is_habit
from aggregator.model.entry import Entry
from aggregator.model.reading import Finding, Window
from aggregator.text import urls

# Names of its own that an item has when its id is new for the second time: twice is no move.
_CHURNED = 2
# Rule 16: so many items, and such a share; what came between the polls of the two may differ.
_ALIKE, _TWIN = 5, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One document's entries with their verdicts, the known entries that were asked, the window of
    the document before, and how many items are listed now."""

    incoming: Sequence[Entry]
    verdicts: Sequence[Verdict]
    known: Sequence[Known]
    before: Window
    listed: int


def findings(judged: Judged) -> tuple[Finding, ...]:
    """`guid-churn`, `ids-moved`, `answers-in-turn`, `scheme-changed`, `id-reused`; mostly none."""
    known = tuple(recognised(judged))
    renamed = [(entry, held) for entry, held in known if entry.key not in held.names]
    churned = sum(_ids(entry, held) >= _CHURNED for entry, held in renamed)
    moved = len(renamed) - churned
    kinds = (
        ("guid-churn", churned, "have new ids once more; their addresses or titles name them"),
        ("ids-moved", moved, "have other ids than before and are known all the same"),
        ("answers-in-turn", *_in_turn(known, judged.before)),
        ("scheme-changed", _rescheme(known), "change between http:// and https://"),
    )
    habits = (
        Finding(name=name, detail=f"{count} of {judged.listed} items {words}")
        for name, count, words in kinds
        if is_habit(count, judged.listed)
    )
    return (*habits, *_reused(judged.verdicts))


def twins(window: Window, others: Mapping[str, Window]) -> tuple[Finding, ...]:
    """`same-as`: which of the other sources are one feed with this one (rule 16).

    Two addresses of one feed give its items the same names. Sections of one site share items as
    well, but have most of them to themselves, so what is shared is measured on the longer listing.
    """
    ours = window.keys
    found = []
    for name, other in sorted(others.items()):
        theirs = other.keys
        shared = len(ours & theirs)
        if shared >= max(_ALIKE, _TWIN * max(len(ours), len(theirs))):
            detail = f"{shared} of its {len(ours)} items are those of the source {name}"
            found.append(Finding(name="same-as", detail=detail))
    return tuple(found)


def recognised(judged: Judged) -> Iterable[tuple[Entry, Known]]:
    """Each entry that is known, beside what it is known as."""
    by_key = {known.entry.key: known for known in judged.known}
    for entry, verdict in zip(judged.incoming, judged.verdicts, strict=True):
        held = by_key.get(verdict.entry.key)
        if held and not isinstance(verdict, New):
            yield entry, held


def _ids(entry: Entry, held: Known) -> int:
    """How many names of the kind of its key an item has gone by."""
    kind = entry.key.partition(":")[0]
    return sum(name.startswith(f"{kind}:") for name in held.names)


def _in_turn(pairs: Sequence[tuple[Entry, Known]], before: Window) -> tuple[int, str]:
    """Items that are back under a name, or altogether, that the last document did not list."""
    old = before.keys
    back = [held for entry, held in pairs if entry.key in held.names and entry.key not in old]
    renamed = sum(held.listed for held in back)
    if renamed * 2 > len(back):
        return renamed, "are back under ids of an earlier document, as if two servers took turns"
    away = len(back) - renamed if old else 0
    return away, "are back after an absence, as if two servers took turns"


def _rescheme(pairs: Iterable[tuple[Entry, Known]]) -> int:
    return sum(
        entry.url != held.entry.url
        and urls.fold_scheme(entry.url) == urls.fold_scheme(held.entry.url)
        for entry, held in pairs
    )


def _reused(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Rules 6 and 108, as often as they happen."""
    split = sum(isinstance(verdict, New) and verdict.split is not None for verdict in verdicts)
    detail = f"{split} ids hold another piece than before, which is kept apart"
    return (Finding(name="id-reused", detail=detail),) if split else ()
