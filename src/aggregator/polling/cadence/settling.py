"""What is remembered of a source's last answer, and when it is asked again.

Pure, and one function for every outcome: the schedule is a column of the source's state, so the
next poll is decided where that state is, and written in the transaction of the poll's entries.
"""

from __future__ import annotations

from dataclasses import replace

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Validators
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Rhythm, Source, SourceState
from aggregator.polling.cadence import pauses, rhythm
from aggregator.ports import Outcome, Tally

LONGEST_WINDOW = 5_000
"""Places remembered while a source sends cut documents only (rule 39 knows 5,000 items)."""


def settle(
    source: Source, state: SourceState, result: FetchResult, outcome: Outcome, tally: Tally
) -> SourceState:
    """The source's state after one poll.

    `result` is what the network gave, `outcome` what came of it (a `Fetched` that was read is a
    `Reading`, or a `Refused` if the body was none), `tally` what was new. The lease ends.
    """
    told = replace(state, last_attempt=result.at, lease_until=None)
    match outcome:
        case Refused():
            return _refused(source, told, outcome)
        case NotModified():
            return _scheduled(source, _kept(told, outcome), result)
        case Reading():
            return _scheduled(source, _read(told, result, outcome, tally), result)


def _refused(source: Source, told: SourceState, refused: Refused) -> SourceState:
    """After a refusal: the rhythm is not touched, since nothing was heard."""
    failures = told.failures + 1
    pause = pauses.after_refusal(source, refused, failures)
    return replace(
        told,
        next_poll_at=refused.at + pauses.spread(pause.length, source),
        failures=failures,
        result=refused.why.value,
        detail=refused.detail,
        why=pause.why,
    )


def _scheduled(source: Source, told: SourceState, result: FetchResult) -> SourceState:
    """After a good answer: the next poll by the rhythm as it was heard."""
    pause = pauses.after_answer(source, told.rhythm, result.freshness, told.hints, result.at)
    return replace(
        told,
        next_poll_at=result.at + pauses.spread(pause.length, source),
        failures=0,
        detail="",
        why=pause.why,
    )


def _kept(told: SourceState, outcome: NotModified) -> SourceState:
    """After a 304: the window stands; validators that it brought replace the old (rule 48)."""
    return replace(
        told,
        validators=Validators(
            etag=outcome.validators.etag or told.validators.etag,
            last_modified=outcome.validators.last_modified or told.validators.last_modified,
        ),
        last_success=outcome.at,
        result="not-modified",
        rhythm=rhythm.heard(told.rhythm, 0, outcome.at),
    )


def _read(told: SourceState, result: FetchResult, reading: Reading, tally: Tally) -> SourceState:
    """After a document. One that was cut leaves the old validators: we ask for the whole again."""
    brought = result.validators if isinstance(result, Fetched) and reading.complete else None
    return replace(
        told,
        validators=brought or told.validators,
        window=_remembered(told.window, reading),
        last_success=reading.at,
        last_new=reading.at if tally.new else told.last_new,
        last_full=reading.at if reading.complete else told.last_full,
        result="fetched",
        hints=told.hints if reading.hints is None else reading.hints,
        rhythm=_heard(told.rhythm, reading, tally),
    )


def _heard(known: Rhythm, reading: Reading, tally: Tally) -> Rhythm:
    """The first document is all new; only its dates tell how often the source writes."""
    if known.at is None:
        dates = tuple(entry.published for entry in reading.entries if entry.dated)
        return rhythm.begun(reading.at, dates)
    return rhythm.heard(known, tally.new, reading.at)


def _remembered(old: Window, reading: Reading) -> Window:
    """The window after a document. One that lists nothing is an accident (rule 34): all that was
    listed stays listed, or tombstones would go with it, and what they hold back come as news."""
    if not reading.complete:
        return joined(old, reading.window)
    return reading.window if reading.window.places else replace(reading.window, places=old.places)


def joined(old: Window, cut: Window) -> Window:
    """The window after a cut document: its places, then those old ones that it does not name.

    What is missing from a cut document says nothing, so everything listed stays listed. No body
    is remembered: the whole document, when it comes, must be read even if we had it before.
    """
    named = cut.keys
    kept = tuple(place for place in old.places if place.key not in named)
    return Window(places=(cut.places + kept)[:LONGEST_WINDOW])
