"""What time alone does to the store: embargoes end, items grow too old for their feed, articles for
the store.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from aggregator.gathering import Gathering
from aggregator.matching import statistics
from aggregator.membership import Membership
from aggregator.ports import Keeper

# Articles purged in one transaction: some tens of milliseconds, so that the lane never waits long.
_BATCH = 200
# Statistics are of the newest entries: enough for frequencies to be steady, some days of a thousand
# sources, a week or more of thirty.
_LEARNT_FROM = 10_000
_FEW = 200
_LEARN_EVERY = timedelta(days=1)
# Copies come within days; what is older is settled.
_REJUDGED = timedelta(days=5)
# Some tens of milliseconds, once a second: news does not wait for it.
_REJUDGED_AT_ONCE = 50


def run(store: Keeper, now: datetime) -> int:
    """Let feeds drop what is past `max_age`, purge what is past `retention`; how many went."""
    _expire_members(store, now)
    purged = 0
    while gone := _purge_some(store, now):
        purged += gone
    if purged:
        with store.transaction():
            store.forget_stories()
            store.forget_departures(now - store.service().retention)
    return purged


def release(store: Keeper, now: datetime) -> int:
    """Let articles into their feeds whose embargo has ended (rule 75); how many.

    Cheap where there is nothing to do: it is asked every second.
    """
    released = 0
    while store.has_ended(now):
        with store.transaction():
            membership = Membership(store)
            articles = store.set_free(now, limit=_BATCH)
            membership.refresh(membership.of(articles), articles, now)
            membership.close(now)
        released += len(articles)
    return released


def learn(store: Keeper, now: datetime) -> bool:
    """Renew the snapshot that verdicts are judged under, if it is time; whether it is another one.

    A young store learns each time that its entries have doubled, one that has enough each day.
    It takes seconds, so it is done beside the lane, and only its end is a transaction.
    """
    if not _is_time_to_learn(store, now):
        return False
    learnt = statistics.learn(store.recent(limit=_LEARNT_FROM))
    with store.transaction():
        changed = learnt.name != store.statistics().name
        store.set_statistics(learnt, now)
    return changed


def _is_time_to_learn(store: Keeper, now: datetime) -> bool:
    many, made = store.count_entries(limit=_LEARNT_FROM), store.learnt()
    is_old = made is None or now - made >= _LEARN_EVERY
    return many >= _FEW and (is_old or many >= 2 * store.statistics().documents)


def rejudge(store: Keeper, now: datetime) -> int:
    """Judge some of the entries anew that were judged under an older snapshot; how many.

    Ids that need not change do not: an article's is its founding entry's, whoever else is in it.
    """
    if store.is_judged():
        return 0
    with store.transaction():
        entries = store.next_unjudged(now - _REJUDGED, limit=_REJUDGED_AT_ONCE)
        gathering = Gathering(store)
        gathering.regroup(gathering.judge(entries), now)
        return len(entries)


def _expire_members(store: Keeper, now: datetime) -> None:
    with store.transaction():
        membership = Membership(store)
        for spec in store.specs():
            if spec.max_age is not None:
                membership.leave(store.older_members(spec.slug, now - spec.max_age))
        membership.close(now)


def _purge_some(store: Keeper, now: datetime) -> int:
    with store.transaction():
        membership = Membership(store)
        articles = store.expired(now - store.service().retention, limit=_BATCH)
        present = membership.of(articles)
        for article in articles:
            store.purge(article, now)
        membership.refresh(present, (), now)
        membership.close(now)
        return len(articles)
