"""Whether an incoming entry is new, known, or a known one that changed (rules 1–16 and 108).

The document's own names were made in reading (`Entry.key` and `.aliases`); here they meet what the
store knows. A name is strong evidence and no proof: servers reuse ids and change them all at once,
so each step looks at the texts as well, and where they leave doubt the name is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar
from urllib.parse import urlsplit

from aggregator.matching import kinship
from aggregator.model.entry import Entry, Status
from aggregator.text import tokens

T = TypeVar("T")

# A piece that is reissued under its old address gets a later date; a headline that is rewritten
# in place mostly keeps it, or moves it by the minutes of the edit.
_REISSUED = timedelta(hours=1)
# Rule 6: an id that comes back after this long, out of the listing meanwhile, names a new piece.
_FORGOTTEN = timedelta(days=30)
# Rule 9: "same hour".
_SAME_HOUR = timedelta(hours=1)
# Rule 9: near-identical titles; 4 of 5 words of substance, so that one word may be corrected.
_NEAR_TITLE = 0.8
# Rule 7: as many of a document's items, and as large a share, are the source's doing and not an
# editor's. FreshRSS takes 5 % of bad ids for a habit; we conclude more from it, so ask for half.
_SOME, _SHARE = 3, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A stored entry, every name it has gone by, and whether the last document listed it."""

    entry: Entry
    names: frozenset[str]
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """First sight of an item. `split` names the entry whose id it took over, if it did."""

    entry: Entry
    names: frozenset[str]
    split: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """Nothing of what its source says has changed; `names` may have.

    `recredited`: the same words are now read as another house's, which `entry` says already.
    """

    entry: Entry
    names: frozenset[str]
    recredited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A known entry in a new state: `entry` has the old key, first sight and the next number."""

    entry: Entry
    before: Entry
    names: frozenset[str]
    why: str


Verdict = New | Same | Revised


def names_of(entry: Entry) -> frozenset[str]:
    """Every name that an entry comes with."""
    return frozenset((entry.key, *entry.aliases))


def decide(
    incoming: Sequence[Entry], known: Sequence[Known], listed: frozenset[str]
) -> tuple[Verdict, ...]:
    """One verdict for each incoming entry of one source, in order.

    `known` holds the store's entries under any name of `incoming` and those that were listed by
    the document before and are not by this one; `listed` are the keys of the present document, of
    which those that are not `incoming` stand there unchanged, and keep the entries that they name.
    No two incoming entries become the same known entry: one that has a known entry's own key comes
    before one that has it for a further name, whatever their order in the document.
    """
    by_name = _by_name(known)
    own = frozenset(k.entry.key for k in known)
    vanished = [k for k in known if k.listed and not (k.names & listed)]
    unchanged = listed - {entry.key for entry in incoming}
    taken = {k.entry.key for k in known if k.names & unchanged}
    verdicts: dict[str, Verdict] = {}
    for entry in sorted(incoming, key=lambda entry: entry.key not in own):
        verdict = _decide_one(entry, by_name, vanished, listed, taken)
        taken.add(verdict.entry.key)
        verdicts[entry.key] = verdict
    fresh = [v.entry for v in verdicts.values() if isinstance(v, New) and not v.split]
    left = [k for k in vanished if k.entry.key not in taken]
    verdicts |= _reissued(fresh, left, len(listed))
    return tuple(verdicts[entry.key] for entry in incoming)


def is_habit(items: int, listed: int) -> bool:
    """Whether so many of a document's items are what its source does, and no coincidence."""
    return items >= max(_SOME, _SHARE * listed)


def _decide_one(
    entry: Entry,
    by_name: Mapping[str, Sequence[Known]],
    vanished: Sequence[Known],
    listed: frozenset[str],
    taken: set[str],
) -> Verdict:
    holders = [k for k in by_name.get(entry.key, ()) if k.entry.key not in taken]
    if holders:
        return _under_its_key(entry, holders)
    heirs = [k for k in _under_aliases(entry, by_name, listed) if k.entry.key not in taken]
    if heirs:
        return _settle(entry, _closest(entry, heirs), "its address is known under another id")
    successor = _renamed(entry, [k for k in vanished if k.entry.key not in taken])
    if successor:
        return _settle(entry, successor, "a vanished item of the same hour had nearly this title")
    namesake = next((k for k in by_name.get(entry.key, ()) if k.entry.key == entry.key), None)
    return _apart(entry, namesake) if namesake else New(entry=entry, names=names_of(entry))


def _under_its_key(entry: Entry, holders: Sequence[Known]) -> Verdict:
    closest = _closest(entry, holders)
    if entry.digest == closest.entry.digest or not _another_piece(entry, closest):
        return _settle(entry, closest, "same id")
    again = next((k for k in holders if k.entry.key == _split_key(entry)), None)
    if again:
        return _settle(entry, again, "same id, the same other piece")
    return _apart(entry, closest)


def _apart(entry: Entry, holder: Known) -> New:
    """A new entry whose id is that of another one, which stays."""
    fresh = replace(entry, key=_split_key(entry))
    return New(entry=fresh, names=names_of(entry) | {fresh.key}, split=holder.entry)


def _under_aliases(
    entry: Entry, by_name: Mapping[str, Sequence[Known]], listed: frozenset[str]
) -> list[Known]:
    """Entries at this item's address whose own id is gone: ids were changed (rules 7, 11)."""
    return [
        k
        for alias in entry.aliases
        for k in by_name.get(alias, ())
        if not (k.names & listed) and not kinship.strangers(entry, k.entry)
    ]


def _renamed(entry: Entry, vanished: Sequence[Known]) -> Known | None:
    """The item that this one replaced under another id and address (rule 9)."""
    alike = [k for k in vanished if _same_hour(entry, k.entry) and _same_title(entry, k.entry)]
    return _closest(entry, alike) if alike else None


def _reissued(fresh: Sequence[Entry], vanished: Sequence[Known], listed: int) -> dict[str, Verdict]:
    """Rule 7: what vanished while as many items came under its titles and new ids has not gone.

    One equal title is a column's; only a document full of them says that ids and addresses churn.
    """
    gone = _alone((tokens.fold(k.entry.title), k) for k in vanished)
    come = _alone((tokens.fold(entry.title), entry) for entry in fresh)
    pairs = [
        (come[title], gone[title])
        for title in come.keys() & gone.keys()
        if title and not kinship.strangers(come[title], gone[title].entry)
    ]
    if not is_habit(len(pairs), listed):
        return {}
    why = "the document came with new ids for known titles"
    return {entry.key: _settle(entry, known, why) for entry, known in pairs}


def _alone(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """What has its title for itself; which of several twins is meant, nobody can tell."""
    found: dict[str, list[T]] = {}
    for title, one in pairs:
        found.setdefault(title, []).append(one)
    return {title: ones[0] for title, ones in found.items() if len(ones) == 1}


def _same_hour(a: Entry, b: Entry) -> bool:
    return a.dated and b.dated and abs(a.published - b.published) <= _SAME_HOUR


def _same_title(a: Entry, b: Entry) -> bool:
    """Near-identical titles whose figures agree (rule 58: figures tell twins apart)."""
    ours, theirs = _substance(a.title), _substance(b.title)
    if min(len(ours), len(theirs)) < 4 or len(ours & theirs) / len(ours | theirs) < _NEAR_TITLE:
        return False
    return not any(word[0].isdigit() for word in ours ^ theirs)


@lru_cache(maxsize=2_000)
def _substance(title: str) -> frozenset[str]:
    """Of a title, once: a listing's new items are held against all that vanished from it."""
    return kinship.substance(title)


def _closest(entry: Entry, holders: Sequence[Known]) -> Known:
    """The exact state first, then the likest text, then the one seen last."""
    if len(holders) == 1:
        return holders[0]
    return max(
        holders,
        key=lambda k: (
            k.entry.digest == entry.digest,
            kinship.resemblance(entry, k.entry),
            k.entry.first_seen,
            k.entry.key,
        ),
    )


def _another_piece(entry: Entry, holder: Known) -> bool:
    """Whether an id, or an address, holds another piece now (rules 6 and 108)."""
    old = holder.entry
    if entry.version is not None or not (entry.dated and old.dated):
        return False  # a wire that counts versions means what its ids say
    moved = entry.published - old.published
    if not holder.listed and moved > _FORGOTTEN:
        return entry.canonical != old.canonical or tokens.fold(entry.title) != tokens.fold(
            old.title
        )
    return moved >= _REISSUED and kinship.strangers(entry, old) and not _named_by_address(entry)


def _named_by_address(entry: Entry) -> bool:
    """Whether words of the address stand in the text: then the address still means this piece."""
    path = urlsplit(entry.canonical).path
    return bool(kinship.substance(path) & kinship.substance(entry.title, entry.summary))


def _split_key(entry: Entry) -> str:
    return f"{entry.key}~{blake2b(tokens.fold(entry.title).encode(), digest_size=4).hexdigest()}"


def _settle(entry: Entry, known: Known, why: str) -> Verdict:
    old, names = known.entry, known.names | names_of(entry)
    if entry.digest == old.digest or not entry.may_replace(old):
        is_later = entry.digest == old.digest and entry.may_replace(old)
        credit = entry.credit if is_later else old.credit
        return Same(entry=replace(old, credit=credit), names=names, recredited=credit != old.credit)
    return Revised(
        entry=replace(
            entry,
            key=old.key,
            aliases=(),
            first_seen=old.first_seen,
            position=old.position,
            revision=old.revision + 1,
            published=entry.published if entry.dated else old.published,
            dated=entry.dated or old.dated,
            version=_version(entry, old),
        ),
        before=old,
        names=names,
        why=why,
    )


def _version(entry: Entry, old: Entry) -> int | None:
    """A cancellation stands above every version that it cancels."""
    if entry.status is not Status.CANCELED:
        return entry.version
    return max((v for v in (entry.version, old.version) if v is not None), default=None)


def _by_name(known: Iterable[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for one in known:
        for name in one.names:
            found.setdefault(name, []).append(one)
    return found
