"""When a source has moved: a permanent redirect is believed only after it was said for long enough.

Pure. A 301 is often a mistake, an outage or a maintenance page (rules 40 and 41), and one that was
believed outlives its correction (rule 45). So an address is adopted only after it was the end of
equal chains of 301 and 308 alone, several times over some time, each with a feed of entries behind
it; and the configured address is asked again from time to time, and whenever the adopted one fails.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Why
from aggregator.model.reading import Reading
from aggregator.model.source import SourceState
from aggregator.ports import Outcome

ANSWERS = 5
"""Equal answers in a row until an address is adopted. NewsBlur asks for 10, Feedbin for 576; what
keeps a mistake out is rather the time that it must last, so few are enough for slow sources."""

LASTING = timedelta(hours=24)
"""How long they must have gone on: a day, in which somebody has noticed a mistake of the night."""

RECHECK = timedelta(hours=72)
"""How long an adopted address is asked before the configured one is again: Feedbin's expiry."""

_NO_FEED = frozenset(
    {Why.HTML_PAGE, Why.CHALLENGE, Why.CONSENT, Why.LOGIN, Why.NOT_A_FEED, Why.EMPTY_BODY}
)


def asks_configured(state: SourceState, now: datetime) -> bool:
    """Whether the next visit goes to the configured address rather than to the adopted one."""
    return state.moved_to is None or state.failures > 0 or _is_due(state, now)


def settled(state: SourceState, result: FetchResult, outcome: Outcome) -> SourceState:
    """The state with what one poll says of where the source is; nothing else of it changes."""
    if isinstance(outcome, Refused) or isinstance(result, Refused):
        return _refused(state, outcome)
    if state.moved_to and not result.adopted:
        return _rechecked(state, result, outcome)
    if state.moved_to and _is_due(state, result.at):
        state = replace(state, moved_checked=result.at)  # it was asked, and gave no feed
    return _counted(state, result, outcome)


def _refused(state: SourceState, outcome: Outcome) -> SourceState:
    """Accidents prove nothing; an answer that is no feed ends a row of equal ones (rule 41)."""
    if isinstance(outcome, Refused) and outcome.why in _NO_FEED:
        return _stays(state)
    return state


def _rechecked(state: SourceState, result: Fetched | NotModified, outcome: Outcome) -> SourceState:
    """The configured address has answered: it still leads there, or the row begins anew."""
    empty = isinstance(outcome, Reading) and not outcome.window.places
    if result.moved_to == state.moved_to or empty:
        return replace(state, moved_checked=result.at)
    return _counted(replace(state, moved_to=None, moved_checked=None), result, outcome)


def _counted(state: SourceState, result: Fetched | NotModified, outcome: Outcome) -> SourceState:
    """One more equal answer, the first of a row, or none (rule 40: one that flaps never moves)."""
    there = result.moved_to
    if there is None or there == state.moved_to:
        return _stays(state)
    if there != state.moving_to or state.moving_since is None:
        first = isinstance(outcome, Reading) and bool(outcome.window.places)
        return _begun(state, there, result.at) if first else _stays(state)
    if isinstance(outcome, Reading) and not outcome.window.places:
        return _stays(state)
    count = state.moving_count + 1
    if count >= ANSWERS and result.at - state.moving_since >= LASTING:
        return replace(_stays(state), moved_to=there, moved_checked=result.at)
    return replace(state, moving_count=count)


def _begun(state: SourceState, there: str, at: datetime) -> SourceState:
    return replace(state, moving_to=there, moving_since=at, moving_count=1)


def _stays(state: SourceState) -> SourceState:
    return replace(state, moving_to=None, moving_since=None, moving_count=0)


def _is_due(state: SourceState, now: datetime) -> bool:
    return state.moved_checked is None or abs(now - state.moved_checked) >= RECHECK
