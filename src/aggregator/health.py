"""How a source fares, in one word that is stable, one line for a person, and YAML to paste.

Pure: what the store tells of a source, and the time. A source is held to its own rhythm, since an
hour's silence of a wire means more than a week's of a ministry. It is not part of serving or of the
desk, because both say it, as do the metrics, and all three must say the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model.fetched import Why
from aggregator.model.source import Source, SourceState
from aggregator.ports import SourceStatus
from aggregator.text import secrets


class State(StrEnum):
    """The stable names of states, the same in the table, the pages, the JSON and the metrics."""

    OK = "ok"
    NEW = "new"  # not polled yet
    DISABLED = "disabled"
    RETRYING = "retrying"  # an accident that has happened once or twice
    FAILING = "failing"
    REFUSED = "refused"  # the publisher does not want us, or not as we come
    SLOW = "slow"  # no answer within the time-out
    GONE = "gone"
    EMPTY = "empty"
    MOVED = "moved"
    CHURNING = "churning"  # ids that do not stay
    UNDATED = "undated"
    STALE = "stale"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """`words` is one line without secrets, `suggestion` YAML to paste into `feeds.yaml`, or ""."""

    state: State
    words: str
    suggestion: str = ""


PATIENCE = 3
"""Accidents in a row until a source that has answered before counts as failing: CommaFeed's number
of free retries. One that has never answered is a mistake in the configuration until it does."""

STALE = timedelta(days=90)
"""Age of the newest item from which a feed is dead to readers, whatever its server answers (rule
114). Quarterly bulletins come within it; the addresses that publishers forget are years old."""

SILENCE = 3
"""How many times its longest usual pause a source may be silent. The pause is that of a week, so it
knows the source's nights and its weekend; a public holiday makes a night of one day at most three
of them long."""

SHORTEST_SILENCE = timedelta(hours=24)
"""No source is quiet sooner: of one that is new we may have seen no night yet."""

_CHURN = ("guid-churn", "answers-in-turn")
_OFF = "enabled: false  # or its new address as url"

# What `feeds.yaml` allows at most: no advice beyond it.
_LONGEST_TIMEOUT, _LARGEST_BODY = timedelta(minutes=5), 256_000_000

_REFUSALS = frozenset(
    {Why.UNAUTHORIZED, Why.FORBIDDEN, Why.CHALLENGE, Why.CONSENT, Why.LOGIN, Why.RATE_LIMITED}
)

# What is over by itself as a rule: told as an accident until it has lasted.
_ACCIDENTS = frozenset(
    {Why.UNREACHABLE, Why.TLS, Why.TIMEOUT, Why.SERVER_ERROR, Why.BAD_ENCODING, Why.EMPTY_BODY}
    | {Why.INTERNAL_ERROR}
)


def judge(status: SourceStatus, now: datetime) -> Health:
    """The state of a source at `now`. Total, and the worst that is true of it: who mends that may
    see what else there is."""
    if not status.source.enabled:
        return Health(state=State.DISABLED, words="its `enabled` is false: what it brought stays")
    if status.state.last_attempt is None:
        return Health(state=State.NEW, words="waits for its first poll")
    if status.state.failures:
        return _refused(status, now)
    answers = (_empty, _moved, _churning, _undated, _stale, _quiet)
    found = (said for answer in answers if (said := answer(status, now)))
    return next(found, _well(status, now))


# -- refused polls ---------------------------------------------------------------------------------


def _refused(status: SourceStatus, now: datetime) -> Health:
    state = status.state
    words = f"{_for_how_long(state, now)}: {_reason(state)}"
    kind = _kind(state)
    if kind is State.RETRYING:
        return Health(state=kind, words=f"asked again soon, {words}")
    return Health(state=kind, words=words, suggestion=_remedy(status))


def _kind(state: SourceState) -> State:
    if state.result == Why.GONE:
        return State.GONE
    if state.result in _REFUSALS:
        return State.REFUSED
    lasting = state.failures >= PATIENCE or state.last_success is None
    if state.result in _ACCIDENTS and not lasting:
        return State.RETRYING
    return State.SLOW if state.result == Why.TIMEOUT else State.FAILING


def _for_how_long(state: SourceState, now: datetime) -> str:
    times = "1 poll" if state.failures == 1 else f"{state.failures} polls in a row"
    if state.last_success is None:
        return f"{times} refused, and never a good answer"
    return f"{times} refused, the last good answer was {_ago(state.last_success, now)}"


def _reason(state: SourceState) -> str:
    return f"{state.result} ({state.detail})" if state.detail else str(state.result)


def _remedy(status: SourceStatus) -> str:
    """What to change in the configuration, where a change there can help."""
    source = status.source
    match status.state.result:
        case Why.GONE | Why.OWN_OUTPUT:
            lines = [_OFF]
        case Why.FORBIDDEN | Why.CHALLENGE:
            lines = _introduced(source)
        case Why.UNAUTHORIZED:
            lines = ["headers:", f"  Authorization: Bearer {_secret(source)}"]
        case Why.LOGIN | Why.CONSENT:
            lines = ["headers:", f"  Cookie: {_secret(source)}"]
        case Why.RATE_LIMITED if source.min_interval and source.min_interval < source.interval:
            lines = [f"min_interval: {_seconds(source.interval)}"]
        case Why.TIMEOUT if 2 * source.timeout <= _LONGEST_TIMEOUT:
            lines = [f"timeout: {_seconds(2 * source.timeout)}"]
        case Why.TOO_LARGE if 2 * source.max_size <= _LARGEST_BODY:
            lines = [f"max_size: {2 * source.max_size}B"]
        case Why.FORBIDDEN_ADDRESS:
            lines = ["allow_private: true  # only if that address is yours"]
        case _:
            lines = []
    return _yaml(source, *lines) if lines else ""


def _introduced(source: Source) -> list[str]:
    """Rule 116: some publishers answer only who looks like a browser. Whether to is the operator's
    to say, by agreement at best; by default we go under our own name."""
    if source.user_agent is None:
        return ["user_agent: Mozilla/5.0  # or what you agreed with the publisher"]
    return ["headers:", "  Accept: application/rss+xml, text/html  # as browsers ask"]


def _secret(source: Source) -> str:
    name = "".join(letter if letter.isalnum() else "_" for letter in source.id).upper()
    return f"${{{name}_SECRET}}  # set it in the environment"


# -- good answers ----------------------------------------------------------------------------------


def _empty(status: SourceStatus, now: datetime) -> Health | None:
    """Rule 34. What it brought before stays; it is told at once, since the word costs nothing."""
    if not _found(status, "no-items"):
        return None
    kept = f"; {_last(status, now)}, and is kept" if status.state.last_new else ""
    return Health(state=State.EMPTY, words=f"answers well and lists nothing{kept}")


def _moved(status: SourceStatus, now: datetime) -> Health | None:
    state = status.state
    there = state.moved_to or state.moving_to
    if there is None:
        return None
    if state.moved_to:
        words = "has moved for good and is asked at its new address"
    else:
        words = f"says that it has moved for good, {state.moving_count} times so far"
    shown = secrets.redact(there)
    told = f"url: {json.dumps(shown, ensure_ascii=False)}"
    if shown != there:
        told += "  # put your credentials in for ***"
    return Health(
        state=State.MOVED, words=f"{words}: {shown}", suggestion=_yaml(status.source, told)
    )


def _churning(status: SourceStatus, now: datetime) -> Health | None:
    if not any(_found(status, name) for name in _CHURN):
        return None
    return Health(
        state=State.CHURNING,
        words="its ids do not stay; its items are known by address and title all the same",
    )


def _undated(status: SourceStatus, now: datetime) -> Health | None:
    """Rule 114: entries, and none with a date of its own."""
    if not status.entries or status.newest is not None:
        return None
    return Health(
        state=State.UNDATED,
        words="no item carries a date that can be read, so each is dated by its first sight",
    )


def _stale(status: SourceStatus, now: datetime) -> Health | None:
    """Rule 114: it answers, and its news is old; or so old that nothing of it is kept."""
    newest = status.newest
    if newest is not None and now - newest >= STALE:
        day = f"{newest.day} {newest:%B %Y}"
        words = f"answers well, but its newest item is of {day}, {_ago(newest, now)}"
    elif not status.entries and status.state.last_success:
        words = "answers well, but all that it lists is older than what is kept here"
    else:
        return None
    return Health(state=State.STALE, words=words, suggestion=_yaml(status.source, _OFF))


def _quiet(status: SourceStatus, now: datetime) -> Health | None:
    """Against its own rhythm; one that has brought too little to have one is left in peace."""
    heard = max(filter(None, (status.newest, status.state.last_new)), default=None)
    if heard is None or status.pause is None:
        return None
    silence = now - heard
    if silence < max(SILENCE * status.pause, SHORTEST_SILENCE):
        return None
    words = f"silent for {_span(silence)}; in its last week the longest pause was"
    return Health(state=State.QUIET, words=f"{words} {_span(status.pause)}")


def _well(status: SourceStatus, now: datetime) -> Health:
    return Health(state=State.OK, words=_last(status, now))


def _last(status: SourceStatus, now: datetime) -> str:
    if status.state.last_new is None:
        return "it has brought nothing yet"
    return f"the last new item came {_ago(status.state.last_new, now)}"


def _found(status: SourceStatus, name: str) -> bool:
    return any(found == name for found, _ in status.findings)


# -- words -----------------------------------------------------------------------------------------


def _yaml(source: Source, *lines: str) -> str:
    return "\n".join(("sources:", f"  {source.id}:", *(f"    {line}" for line in lines)))


def _seconds(length: timedelta) -> str:
    return f"{max(round(length.total_seconds()), 1)}s"


def _ago(then: datetime, now: datetime) -> str:
    return f"{_span(max(now - then, timedelta()))} ago"


def _span(length: timedelta) -> str:
    """A length in its largest unit of which there are two: `36 hours`, `5 days`."""
    units = (("day", 86_400), ("hour", 3_600), ("minute", 60))
    seconds = round(length.total_seconds())
    whole = ((seconds // size, unit) for unit, size in units if seconds >= 2 * size)
    number, unit = next(whole, (seconds, "second"))
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
