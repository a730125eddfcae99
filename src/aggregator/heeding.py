"""What a wire orders is done, in the transaction in which its notice came.

A notice that names its text beyond doubt acts at once; one that does not waits for the operator,
whose own hand acts by the same means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aggregator.gathering import Gathering
from aggregator.matching import notices
from aggregator.matching.notices import Candidate
from aggregator.model.entry import Entry, EntryRef
from aggregator.model.notice import Notice, NoticeKind, Resolution
from aggregator.model.source import Kind, Source
from aggregator.ports import Filed, FiledState, Heedable, Searchable

OPERATOR = "operator"
_SAID = "the operator said so"
# Kinds whose text takes the place of an earlier one; a repeat stands beside it.
_SUPERSEDES = (NoticeKind.UPDATE, NoticeKind.CORRECTION, NoticeKind.REFILE)


def marked(entry: Entry, notice: Notice | None, at: datetime) -> Entry:
    """An entry as the lane keeps it: an order is no news (rule 70), and what comes before its
    embargo ends is shown nowhere until then (rule 75); one without an end is held for good."""
    embargo = entry.embargo
    if notice and notice.kind is NoticeKind.EMBARGO:
        embargo = notice.until
        held = embargo is None or embargo > at
    else:
        held = embargo is not None and embargo > at
    order = notice.kind.value if notice and not notice.bears_text and not notice.itself else ""
    if (embargo, held, order) == (entry.embargo, entry.held, entry.notice):
        return entry
    return replace(entry, embargo=embargo, held=held, notice=order)


class Heeding:
    """Does what notices say, inside the caller's transaction."""

    def __init__(self, store: Heedable) -> None:
        self._store = store
        self._search = Search(store)
        self._sources = store.configured()

    def heed(
        self, entry: Entry, notice: Notice | None, before: Entry | None, at: datetime
    ) -> frozenset[EntryRef]:
        """Do what a new or changed entry orders; the entries whose articles it touched.

        What an earlier state of the entry ordered is undone first: a wire may take a kill back.
        """
        touched = self._store.unfile(entry.ref) if before else frozenset()
        if notice is None or notice.kind is NoticeKind.EMBARGO:
            return touched
        found = self._search.resolve(entry, notice, before)
        if found.target is None and notice.bears_text and not notice.kind.takes_down:
            return touched  # the first that we see of it: news like any other
        self._store.file(entry.ref, notice, at)
        if found.target is None:
            _conclude(self._store, entry.ref, notice, FiledState.WAITING, found)
            return touched
        return touched | self.act(entry.ref, notice, found, at)

    def act(
        self, sender: EntryRef, notice: Notice, found: Resolution, at: datetime
    ) -> frozenset[EntryRef]:
        """Do what a notice says with the text that it was found to mean.

        An agency takes its text down wherever it was printed; a portal only its own items, since
        what it printed may be an agency's, or another's as well.
        """
        refs = notices.refs(found)
        _conclude(self._store, sender, notice, FiledState.APPLIED, found)
        if notice.kind.takes_down and self._is_agency(sender):
            return take_down(self._store, refs, _name(sender), at, " · ".join(notice.words))
        if notice.kind.takes_down:
            replaced: Iterable[EntryRef] = (r for r in refs if r.source_id == sender.source_id)
        elif notice.bears_text and notice.kind in _SUPERSEDES:
            replaced = self._replaced(refs, sender, notice.kind)
        else:
            replaced = ()
        for ref in replaced:
            if ref != sender:
                self._store.supersede(ref, sender)
        return frozenset(refs)

    def _is_agency(self, sender: EntryRef) -> bool:
        source = self._sources.get(sender.source_id)
        return source is not None and source.kind is Kind.AGENCY

    def _replaced(
        self, refs: Sequence[EntryRef], sender: EntryRef, kind: NoticeKind
    ) -> Iterable[EntryRef]:
        """Those of a source's own texts that its later one takes the place of: any that is wrong,
        but an update may be only what is to be added, and then stands beside. One order for all, so
        that two that came together cannot replace each other."""
        articles = self._store.articles_of((sender, *refs))
        entries = {entry.ref: entry for article in articles for entry in article.entries}
        ours = entries[sender]
        same = (entries[ref] for ref in refs if ref.source_id == sender.source_id)
        older = (entry for entry in same if _age(entry) < _age(ours))
        is_update = kind is NoticeKind.UPDATE
        return [e.ref for e in older if not is_update or _length(ours) >= _length(e)]


class Search:
    """Finds the text that a notice means; reads only."""

    def __init__(self, store: Searchable) -> None:
        self._store = store
        self._sources = store.configured()

    def resolve(self, entry: Entry, notice: Notice, before: Entry | None = None) -> Resolution:
        """Which text the notice means that `entry` is; `before` is the entry's earlier state.

        Whoever credits an agency does not speak for it: only its own sources do.
        """
        sender = self._candidate(replace(entry, credit=None))
        since = entry.first_seen - notices.window(notice.kind)
        sources = [name for name, source in self._sources.items() if _is_of(source, sender)]
        earlier = self._store.earlier(sources or [entry.source_id], since)
        others = [self._candidate(one) for one in earlier if one.ref != entry.ref]
        own = [self._candidate(before)] if before else []
        return notices.resolve(notice, sender, [*own, *others], self._zone(entry))

    def _candidate(self, entry: Entry) -> Candidate:
        source = self._sources.get(entry.source_id)
        credited = entry.credit.agency if entry.credit else None
        names = (entry.source_id, source.agency if source else None, credited)
        return Candidate(entry=entry, origins=frozenset(name for name in names if name))

    def _zone(self, entry: Entry) -> ZoneInfo:
        source = self._sources.get(entry.source_id)
        return ZoneInfo(source.timezone if source else "UTC")


def take_down(
    store: Heedable, refs: Sequence[EntryRef], by: str, at: datetime, why: str
) -> frozenset[EntryRef]:
    """Withdraw these entries with all that is one article with any of them (rules 72 and 73)."""
    articles = store.articles_of(refs)
    every = frozenset(entry.ref for article in articles for entry in article.entries)
    store.withdraw(sorted(every), by, at, why)
    return every


def withdraw(store: Heedable, refs: Iterable[EntryRef], at: datetime, reason: str) -> None:
    """The operator's own hand: these entries leave every output, now."""
    with store.transaction():
        touched = take_down(store, sorted(refs), OPERATOR, at, reason)
        Gathering(store).regroup(touched, at)


def restore(store: Heedable, refs: Iterable[EntryRef], at: datetime) -> bool:
    """Bring these entries back, whoever withdrew them; whether any was withdrawn."""
    with store.transaction():
        freed = store.restore(sorted(refs))
        if freed:
            Gathering(store).regroup(freed, at)
    return bool(freed)


def apply(store: Heedable, filed: Filed, target: EntryRef, at: datetime) -> None:
    """Let a filed notice mean this entry, because the operator says so; what it did is undone."""
    found = Resolution(target=target, score=1.0, why=_SAID)
    with store.transaction():
        touched = store.unfile(filed.sender)
        store.file(filed.sender, filed.notice, filed.at)
        touched |= Heeding(store).act(filed.sender, filed.notice, found, at)
        if filed.notice.kind.takes_down:
            touched |= take_down(store, [target], _name(filed.sender), at, _SAID)
        Gathering(store).regroup(touched, at)


def dismiss(store: Heedable, filed: Filed, at: datetime) -> None:
    """Let a filed notice mean nothing; what it did is undone."""
    with store.transaction():
        touched = store.unfile(filed.sender)
        store.file(filed.sender, filed.notice, filed.at)
        nothing = Resolution(target=None, score=1.0, why=_SAID)
        _conclude(store, filed.sender, filed.notice, FiledState.DISMISSED, nothing)
        Gathering(store).regroup(touched, at)


def _conclude(
    store: Heedable, sender: EntryRef, notice: Notice, state: FiledState, found: Resolution
) -> None:
    store.conclude(sender, state, found.target, found.why)
    store.count("notices", {"kind": notice.kind.value, "state": state.value})


def _name(ref: EntryRef) -> str:
    return f"{ref.source_id}/{ref.key}"


def _length(entry: Entry) -> int:
    return max(len(entry.summary), len(entry.content))


def _age(entry: Entry) -> tuple[datetime, datetime, EntryRef]:
    return entry.first_seen, entry.published, entry.ref


def _is_of(source: Source, sender: Candidate) -> bool:
    return source.id in sender.origins or (source.agency or "") in sender.origins
