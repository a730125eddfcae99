"""What a source lists no more: noted by the lane, its page asked once, and taken out if gone.

An absence is noted in the transaction of the poll that saw it, a question in one before it is asked
and an answer in one after it: a crash between them costs the question, and no page is asked twice.
"""

from __future__ import annotations

from datetime import datetime

from aggregator.matching import absence
from aggregator.matching.habits import Judged
from aggregator.membership import Membership
from aggregator.model.entry import EntryRef
from aggregator.model.fetched import FetchResult
from aggregator.model.reading import Reading
from aggregator.model.source import Source
from aggregator.ports import Lane, Question
from aggregator.selection.live import is_free

_AT_ONCE = 8
"""Pages asked together, each of another host."""


class Absentees:
    """The one place that writes absences, over the store of the lane."""

    def __init__(self, store: Lane) -> None:
        self._store = store

    def heed(self, source: Source, reading: Reading, judged: Judged) -> frozenset[EntryRef]:
        """Note what a document lists no more, and what it lists again; inside the transaction of
        its poll. Answers the entries that were gone and are not any more."""
        listed = reading.window.names
        absent = self._store.absent(source.id)
        again = self._store.relist(ref for ref, names in absent.items() if names & listed)
        if absence.is_restless(judged, reading.window):
            self._store.unsettle(source.id, reading.at)
        elif reading.complete and self._is_steady(source, reading.at):
            self._miss(source, reading, judged)
        return again

    def ask(self, now: datetime) -> tuple[Question, ...]:
        """The pages to ask now; each is asked, once, from now on."""
        with self._store.transaction():
            return self._store.questions(now, away=absence.AWAY, gap=absence.GAP, limit=_AT_ONCE)

    def settle(self, question: Question, answer: FetchResult, at: datetime) -> bool:
        """Take a page's answer; whether its entry has left the outputs for it."""
        gone = at if absence.is_gone(answer) else None
        labels = {"source": question.source.id, "result": absence.name_of(answer)}
        with self._store.transaction():
            self._store.rest(question.host, at + absence.rest(answer))
            self._store.count("page_checks", labels)
            noted = self._store.answered(question, absence.name_of(answer), gone)
            if noted and gone:
                self._refresh(question.entry, gone)
        return noted and gone is not None

    def _is_steady(self, source: Source, now: datetime) -> bool:
        return absence.is_steady(self._store.restless(source.id), now)

    def _miss(self, source: Source, reading: Reading, judged: Judged) -> None:
        left = absence.left_the_middle(judged.before, reading.window)
        listed = reading.window.names
        for known in self._store.known(source.id, left) if left else ():
            url = known.entry.url
            if known.names & listed or not is_free(known.entry):
                continue
            if absence.may_be_asked(source, url):
                self._store.miss(known.entry.ref, absence.host(url), reading.at)

    def _refresh(self, ref: EntryRef, at: datetime) -> None:
        articles = self._store.cluster((ref,)).articles
        membership = Membership(self._store)
        membership.refresh(membership.of(articles), articles, at)
        membership.close(at)
