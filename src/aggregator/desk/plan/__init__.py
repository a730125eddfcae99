"""What another configuration would change: in what is asked and served, and, tried on the stored
days, in which items are one article and what feeds hold.

Nothing is guessed: the change is applied to a bounded copy of the store by the functions that apply
it to the store itself, and what differs before and after is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aggregator import configure
from aggregator.desk.plan.changes import Change, changes
from aggregator.desk.plan.pictures import Flow, Merge, broken, flows, made, picture
from aggregator.model.config import Config
from aggregator.ports import ConfigStore

__all__ = ["Change", "Flow", "Merge", "Plan", "changes", "rehearse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`entries` is how many stored ones the change was tried on, `judged` how many of them were
    judged anew; both 0 where nothing changes."""

    changes: tuple[Change, ...]
    entries: int = 0
    judged: int = 0
    made: tuple[Merge, ...] = ()
    broken: tuple[Merge, ...] = ()
    feeds: tuple[Flow, ...] = ()


def rehearse(
    store: ConfigStore,
    before: Config,
    after: Config,
    now: datetime,
    *,
    judge: Callable[[], int],
    observe: Callable[[object], None],
) -> Plan:
    """Try `after` on a copy of the store, to which `before` is applied.

    `judge` judges some entries of the copy anew and says how many, 0 if none is left. Where what
    makes two items one changes, they are judged under the old ruling as well first, so that only
    what the change does is told. `observe` is called for each entry.
    """
    anew = _ruling(before) != _ruling(after)
    if anew:
        with store.transaction():
            store.judge_anew()
        _all_judged(judge, observe)
    was = picture(store)
    configure.apply(store, after, now)
    judged = _all_judged(judge, observe) if anew else 0
    then = picture(store)
    return Plan(
        changes=changes(before, after),
        entries=len(was.said),
        judged=judged,
        made=made(was, then),
        broken=broken(was, then, after.matching),
        feeds=flows(was, then),
    )


def _ruling(of: Config) -> tuple[object, ...]:
    return of.matching.limits, of.matching.boilerplate


def _all_judged(judge: Callable[[], int], observe: Callable[[object], None]) -> int:
    judged = 0
    while some := judge():
        judged += some
        for _ in range(some):
            observe(judged)
    return judged
