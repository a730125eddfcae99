"""The lane: one poll's outcome in, one transaction out.

Reading is pure and runs in any order; what it found becomes the store's state here, one outcome at
a time, together with the source's own state. Either all of it happened or nothing did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aggregator.absentees import Absentees
from aggregator.gathering import Gathering
from aggregator.heeding import Heeding, marked
from aggregator.matching import habits, identity, notices
from aggregator.matching.habits import Judged
from aggregator.matching.identity import New, Revised, Same, Verdict
from aggregator.matching.position import at_first_sight
from aggregator.model.article import Article
from aggregator.model.entry import Entry, EntryRef
from aggregator.model.fetched import NotModified, Refused
from aggregator.model.notice import Notice
from aggregator.model.reading import Finding, Reading
from aggregator.model.source import Source, SourceState
from aggregator.ports import Done, Lane, Outcome, Settle, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """An entry that is new or changed, what it orders, and its state before."""

    entry: Entry
    notice: Notice | None = None
    before: Entry | None = None


class Ingest:
    """The one way in. Satisfies `ports.Commit`."""

    def __init__(self, store: Lane) -> None:
        self._store = store
        self._absentees = Absentees(store)

    def commit(self, source: Source, outcome: Outcome, settle: Settle) -> Done:
        """Make an outcome the store's state; satisfies `ports.Commit`.

        What an address said that is not asked any more, since the configuration changed meanwhile,
        is dropped: the new one was made due when it was applied.
        """
        with self._store.transaction():
            if not self._store.is_asked(source):
                return Done(source_id=source.id, at=outcome.at, why="dropped")
            reading = outcome if isinstance(outcome, Reading) else None
            same = reading is not None and reading.window == self._store.window(source.id)
            tally, said = self._take(source, reading) if reading else (Tally(), ())
            state = settle(tally)
            found = (*reading.findings, *said) if reading and not same else None
            self._store.settle(state, found)
            self._count(source, outcome, tally)
        return _done(outcome, state, tally)

    def _take(self, source: Source, reading: Reading) -> tuple[Tally, tuple[Finding, ...]]:
        """What a reading changed, and what its names say of the source."""
        judged = self._judge(source.id, reading)
        first = self._store.first_document(source.id)
        oldest = reading.at - self._store.service().retention
        verdicts = [v for v in judged.verdicts if first or not _is_too_old(v, oldest)]
        changed = [w for v in verdicts if (w := self._write(source, v, reading.at, first))]
        again = self._absentees.heed(source, reading, judged)
        made = self._gather(changed, again, reading.at) if changed or again else ()
        grown = {e.ref for article in made if len(article.entries) > 1 for e in article.entries}
        new = [v.entry.ref for v in verdicts if isinstance(v, New)]
        tally = Tally(
            new=len(new),
            revised=sum(isinstance(v, Revised) for v in verdicts),
            joined=len(grown.intersection(new)),
        )
        return tally, (*habits.findings(judged), *self._twins(reading, made))

    def _gather(
        self, changed: Sequence[_Written], again: frozenset[EntryRef], at: datetime
    ) -> tuple[Article, ...]:
        heeding, gathering = Heeding(self._store), Gathering(self._store)
        heeded = [heeding.heed(w.entry, w.notice, w.before, at) for w in changed]
        touched = gathering.judge(w.entry for w in changed).union(again, *heeded)
        return gathering.regroup(touched, at)

    def _twins(self, reading: Reading, made: Iterable[Article]) -> tuple[Finding, ...]:
        """Sources that list the same: asked only of those that share an article with this one."""
        others = {entry.source_id for article in made for entry in article.entries}
        others.discard(reading.source_id)
        known = self._store.configured().keys() if others else frozenset()
        windows = {name: self._store.window(name) for name in others & known}
        return habits.twins(reading.window, windows)

    def _judge(self, source_id: str, reading: Reading) -> Judged:
        listed = reading.window.keys
        before = self._store.window(source_id)
        vanished = before.keys - listed if reading.complete else frozenset()
        names = {name for entry in reading.entries for name in identity.names_of(entry)}
        buried = self._store.buried(source_id, names)
        fresh = [e for e in reading.entries if not _is_buried(e, buried)]
        known = self._store.known(source_id, names | vanished) if fresh else ()
        return Judged(
            incoming=fresh,
            verdicts=identity.decide(fresh, known, listed),
            known=known,
            before=before,
            listed=len(listed),
        )

    def _write(
        self, source: Source, verdict: Verdict, at: datetime, first: bool
    ) -> _Written | None:
        """Write what was decided; what was written, if a reader would see a difference."""
        zone = ZoneInfo(source.timezone)
        match verdict:
            case New(entry=entry, names=names, split=split):
                seen = _seen(entry, at)
                notice = notices.recognise(seen, zone)
                kept = marked(seen, notice, at)
                placed = replace(kept, position=at_first_sight(kept, first_document=first))
                self._store.add(placed, names, _origin(split))
                return _Written(entry=placed, notice=notice)
            case Revised(entry=entry, before=before, names=names, why=why):
                notice = notices.recognise(_seen(entry, at), zone)
                now = marked(entry, notice, at)
                self._store.revise(before, now, at, why)
                self._store.name(entry.ref, names)
                return _Written(entry=now, notice=notice, before=before)
            case Same(entry=entry, names=names, recredited=recredited):
                self._store.name(entry.ref, names)
                if recredited:
                    self._store.recredit(entry)
                return _Written(entry=entry) if recredited else None

    def _count(self, source: Source, outcome: Outcome, tally: Tally) -> None:
        self._store.count("polls", {"source": source.id, "result": result_of(outcome)})
        for name, value in (("new", tally.new), ("revised", tally.revised)):
            if value:
                self._store.count("entries", {"source": source.id, "change": name}, value)
        if tally.joined:
            self._store.count("merges", {"source": source.id}, tally.joined)


def result_of(outcome: Outcome) -> str:
    """The stable name of an outcome: `fetched`, `not-modified`, or the refusal's `why`."""
    match outcome:
        case Reading():
            return "fetched"
        case NotModified():
            return "not-modified"
        case Refused(why=why):
            return why.value


def _seen(entry: Entry, at: datetime) -> Entry:
    return entry if entry.first_seen == at else replace(entry, first_seen=at)


def _is_buried(entry: Entry, buried: Mapping[str, datetime]) -> bool:
    """Whether this is an item that was purged; one that is dated after the burial is another."""
    times = [buried[name] for name in identity.names_of(entry) if name in buried]
    return bool(times) and not (entry.dated and entry.published > max(times))


def _is_too_old(verdict: Verdict, oldest: datetime) -> bool:
    """Rule 33: what is older than we keep anything is no news, whatever its source lists again."""
    if not isinstance(verdict, New):
        return False
    return verdict.entry.dated and verdict.entry.published < oldest


def _origin(split: Entry | None) -> str:
    """Rule 108, in words for the operator."""
    if split is None:
        return ""
    return f"its id held another piece until now, of which almost no word is left: “{split.title}”"


def _done(outcome: Outcome, state: SourceState, tally: Tally) -> Done:
    return Done(
        source_id=outcome.source_id,
        at=outcome.at,
        why=result_of(outcome),
        detail=outcome.detail if isinstance(outcome, Refused) else "",
        tally=tally,
        next_poll_at=state.next_poll_at,
    )
