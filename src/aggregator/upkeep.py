"""What time alone does to the store: items grow too old for their feed, articles for the store."""

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
