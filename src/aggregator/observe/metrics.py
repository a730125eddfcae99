"""What a monitoring system sees: the store's facts in Prometheus' text format.

A view of the store, like `/status`: counters are rows written in the fact's own transaction, so
every worker answers the same, and a restart loses nothing. A registry is therefore made for each
answer, not kept. Names follow https://prometheus.io/docs/practices/naming/.
"""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from aggregator import __version__, health
from aggregator.model.notice import NoticeKind
from aggregator.ports import Counter, FeedSummary, Filed, SourceStatus

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SOURCE_GAUGES: tuple[tuple[str, str, Callable[[SourceStatus], float | None]], ...] = (
    ("enabled", "Whether the source is polled.", lambda s: s.source.enabled),
    ("failures", "Polls refused in a row.", lambda s: s.state.failures),
    ("entries", "Entries kept.", lambda s: s.entries),
    ("findings", "Oddities in the last document.", lambda s: len(s.findings)),
    ("newest_timestamp_seconds", "Date of the newest entry.", lambda s: _stamp(s.newest)),
    ("last_attempt_timestamp_seconds", "Last poll.", lambda s: _stamp(s.state.last_attempt)),
    ("last_success_timestamp_seconds", "Last good answer.", lambda s: _stamp(s.state.last_success)),
    ("last_new_timestamp_seconds", "Last new entry.", lambda s: _stamp(s.state.last_new)),
    ("next_poll_timestamp_seconds", "Next poll.", lambda s: _stamp(s.state.next_poll_at)),
)

FEED_GAUGES: tuple[tuple[str, str, Callable[[FeedSummary], float | None]], ...] = (
    ("items", "Items that the feed holds.", lambda f: f.items),
    ("generation", "Times that the feed's content changed.", lambda f: f.generation),
    ("newest_timestamp_seconds", "Date of the newest item.", lambda f: _stamp(f.newest)),
    ("changed_timestamp_seconds", "Last change of content.", lambda f: _stamp(f.changed_at)),
)


def render(
    counters: Iterable[Counter],
    sources: Sequence[SourceStatus],
    feeds: Sequence[FeedSummary],
    waiting: Iterable[Filed],
    now: datetime,
) -> bytes:
    """The exposition; a time that has not come yet (never polled) has no sample."""
    families = (*_facts(counters), *_sources(sources, now), *_feeds(feeds), _waiting(waiting))
    registry = CollectorRegistry()
    registry.register(_View((*families, _build())))
    return generate_latest(registry)


class _View(Collector):
    def __init__(self, families: tuple[Metric, ...]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        return iter(self._families)


def _facts(counters: Iterable[Counter]) -> list[Metric]:
    """One family a name; the facts of one name have the same labels."""
    families: dict[str, CounterMetricFamily] = {}
    for counter in counters:
        family = families.setdefault(counter.name, _fact_family(counter))
        family.add_metric([value for _, value in counter.labels], counter.value)
    return list(families.values())


def _fact_family(counter: Counter) -> CounterMetricFamily:
    return CounterMetricFamily(
        f"aggregator_{counter.name}",
        f"Count of {counter.name.replace('_', ' ')} since the database was made.",
        labels=[name for name, _ in counter.labels],
    )


def _sources(sources: Sequence[SourceStatus], now: datetime) -> Iterator[Metric]:
    yield _health(sources, now)
    yield _findings(sources)
    for name, help_text, value_of in SOURCE_GAUGES:
        values = ((status.source.id, value_of(status)) for status in sources)
        yield _gauge(f"aggregator_source_{name}", help_text, "source", values)


def _health(sources: Sequence[SourceStatus], now: datetime) -> Metric:
    """One sample a source, labelled with its state: a change ends one series and begins another."""
    family = GaugeMetricFamily(
        "aggregator_source_health", "The state of the source, always 1.", labels=["source", "state"]
    )
    for status in sources:
        family.add_metric([status.source.id, health.judge(status, now).state.value], 1)
    return family


def _findings(sources: Sequence[SourceStatus]) -> Metric:
    family = GaugeMetricFamily(
        "aggregator_source_finding", "An oddity in the last document.", labels=["source", "name"]
    )
    for status in sources:
        for name in dict(status.findings):
            family.add_metric([status.source.id, name], 1)
    return family


def _feeds(feeds: Sequence[FeedSummary]) -> Iterator[Metric]:
    for name, help_text, value_of in FEED_GAUGES:
        values = ((summary.spec.slug, value_of(summary)) for summary in feeds)
        yield _gauge(f"aggregator_feed_{name}", help_text, "feed", values)


def _waiting(notices: Iterable[Filed]) -> Metric:
    """Every kind has a sample, so that an alarm can tell none from no answer."""
    found = Counted(filed.notice.kind for filed in notices)
    values = ((kind.value, float(found[kind])) for kind in NoticeKind)
    return _gauge(
        "aggregator_notices_waiting", "Notices that wait for the operator.", "kind", values
    )


def _build() -> Metric:
    version = ((__version__, 1.0),)
    return _gauge("aggregator_build_info", "The version that is running.", "version", version)


def _gauge(
    name: str, help_text: str, label: str, values: Iterable[tuple[str, float | None]]
) -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=[label])
    for subject, value in values:
        if value is not None:
            family.add_metric([subject], value)
    return family


def _stamp(when: datetime | None) -> float | None:
    return when.timestamp() if when else None
