"""What time alone does to the store: embargoes end, items grow too old for their feed, articles for
the store.
"""

from __future__ import annotations

from datetime import datetime

from aggregator.membership import Membership
from aggregator.ports import Keeper

# Articles purged in one transaction: some tens of milliseconds, so that the lane never waits long.
_BATCH = 200


def run(store: Keeper, now: datetime) -> int:
    """Let feeds drop what is past `max_age`, purge what is past `retention`; how many went."""
    _expire_members(store, now)
    purged = 0
    while gone := _purge_some(store, now):
        purged += gone
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
        for article in articles:
            membership.leave(store.members_of(article.uid))
            store.purge(article, now)
        membership.close(now)
        return len(articles)
