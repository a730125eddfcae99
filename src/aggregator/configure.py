"""Make the store equal a configuration: sources, feeds and settings, in one transaction.

Only what changed is rebuilt: a feed whose question or limits changed, and the articles of a source
that came, went, or is shown otherwise now. Applying the same configuration twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from aggregator.gathering import Gathering
from aggregator.membership import Membership
from aggregator.model.article import Article
from aggregator.model.config import Config
from aggregator.model.feed import FeedSpec, Service
from aggregator.model.matching import Matching
from aggregator.model.source import Source
from aggregator.ports import ConfigStore
from aggregator.text import ids

# Articles refreshed together: those of one story are mostly neighbours.
_AT_ONCE = 200
# What of a source only concerns how it is polled; a change of anything else can change outputs.
_POLLING = {
    "interval": timedelta(0),
    "min_interval": None,
    "max_interval": None,
    "timeout": timedelta(0),
    "max_size": 0,
    "enabled": True,
    "user_agent": None,
    "headers": (),
    "proxy": None,
    "allow_private": False,
    "agencies": (),  # what is read anew comes through the lane
}


def apply(store: ConfigStore, config: Config, now: datetime) -> None:
    """Raises `StoreError`; a configuration that cannot be applied leaves the old one whole."""
    with store.transaction():
        sources, specs, service = store.configured(), store.specs(), store.service()
        said = store.matching()
        store.set_service(config.service)
        store.set_matching(config.matching)
        store.set_sources(config.sources, now)
        store.set_feeds([(spec, ids.mint("feed", spec.slug)) for spec in config.feeds], now)
        if _signature(config.service) != _signature(service):
            store.touch((spec.slug for spec in specs), now)
        membership = Membership(store)
        rebuilt = _changed_feeds(specs, config.feeds)
        if config.service.prefer != service.prefer:
            rebuilt = frozenset(spec.slug for spec in config.feeds)
        if rebuilt:
            _refresh(membership, store.all_articles(), now, rebuilt)
        for source_id in _changed_sources(sources, config.sources):
            _refresh(membership, store.of_source(source_id), now)
        membership.close(now)
        _rule(store, said, config.matching, now)


def _rule(store: ConfigStore, before: Matching, after: Matching, now: datetime) -> None:
    """Pairs act at once; what thresholds and furniture change is judged anew little by little."""
    if (before.limits, before.boilerplate) != (after.limits, after.boilerplate):
        store.judge_anew()
    named = {name for pair in _pairs(before) ^ _pairs(after) for name in pair[1:]}
    refs = {ref for name in named for ref in store.called(name)}
    if refs:
        articles = store.articles_of(sorted(refs))
        entries = [e for article in articles for e in article.entries if e.ref in refs]
        gathering = Gathering(store)
        gathering.regroup(gathering.judge(entries), now)


def _pairs(said: Matching) -> frozenset[tuple[str, str, str]]:
    never = (("never", *pair) for pair in said.never)
    return frozenset((*never, *(("always", *pair) for pair in said.always)))


def _signature(service: Service) -> tuple[str, str | None]:
    """What every feed says of the service that makes it."""
    return service.title, service.base_url


def _changed_feeds(before: Iterable[FeedSpec], after: Iterable[FeedSpec]) -> frozenset[str]:
    """The feeds that hold other items, or other leads, than before."""
    old = {spec.slug: _question(spec) for spec in before}
    return frozenset(spec.slug for spec in after if old.get(spec.slug) != _question(spec))


def _question(spec: FeedSpec) -> FeedSpec:
    return replace(spec, title="", description="", language=None, limit=0, was=())


def _changed_sources(before: Mapping[str, Source], after: Iterable[Source]) -> tuple[str, ...]:
    old = {name: _face(source) for name, source in before.items()}
    new = {source.id: _face(source) for source in after}
    return tuple(sorted(name for name in old | new if old.get(name) != new.get(name)))


def _face(source: Source) -> Source:
    return replace(source, **_POLLING)  # type: ignore[arg-type]


def _refresh(
    membership: Membership,
    articles: Iterable[Article],
    now: datetime,
    slugs: frozenset[str] | None = None,
) -> None:
    rest = iter(articles)
    while some := tuple(islice(rest, _AT_ONCE)):
        membership.refresh(membership.of(some), some, now, slugs)
