"""How the sources and feeds are, and what waits for the operator: `/status`, `/status.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aggregator import health
from aggregator.ports import Counter, FeedSummary, Filed, SourceStatus
from aggregator.serving.render.site import Site, feed_page
from aggregator.text.secrets import redact

# Notices that are told one by one, newest first; whoever has more to settle asks the command.
MOST_WAITING = 50


def document(
    sources: Sequence[SourceStatus],
    feeds: Sequence[FeedSummary],
    counters: Sequence[Counter],
    waiting: Sequence[Filed],
    site: Site,
    now: datetime,
) -> bytes:
    """The whole status as JSON; times in ISO 8601, null for what has not happened yet."""
    said = {
        "title": site.title,
        "sources": [source(status, now) for status in sources],
        "feeds": [feed(summary, site) for summary in feeds],
        "counters": [
            {"name": counter.name, "labels": dict(counter.labels), "value": counter.value}
            for counter in counters
        ],
        "notices": {
            "waiting": len(waiting),
            "list": [notice(filed) for filed in waiting[:MOST_WAITING]],
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def source(status: SourceStatus, now: datetime) -> dict[str, Any]:
    """One source, with nothing secret in it."""
    asked, state, found = status.source, status.state, health.judge(status, now)
    return {
        "id": asked.id,
        "name": asked.name,
        "kind": asked.kind.value,
        "url": redact(asked.url),
        "moved_to": redact(state.moved_to) if state.moved_to else None,
        "state": found.state.value,
        "words": found.words,
        "suggestion": found.suggestion,
        "result": state.result,
        "detail": state.detail,
        "failures": state.failures,
        "entries": status.entries,
        "newest": _time(status.newest),
        "last_attempt": _time(state.last_attempt),
        "last_success": _time(state.last_success),
        "last_new": _time(state.last_new),
        "next_poll_at": _time(state.next_poll_at),
        "why": state.why,
        "findings": [{"name": name, "detail": detail} for name, detail in status.findings],
    }


def feed(summary: FeedSummary, site: Site) -> dict[str, Any]:
    """One feed, with the address of its page."""
    return {
        "slug": summary.spec.slug,
        "title": summary.spec.title,
        "url": site.url(feed_page(summary.spec.slug)),
        "items": summary.items,
        "collapse": summary.spec.collapse.value,
        "order": summary.spec.order.value,
        "generation": summary.generation,
        "changed_at": _time(summary.changed_at),
        "newest": _time(summary.newest),
    }


def notice(filed: Filed) -> dict[str, Any]:
    """A notice that waits for the operator, with the commands that settle it."""
    return {
        "id": filed.name,
        "kind": filed.notice.kind.value,
        "source": filed.sender.source_id,
        "title": filed.title,
        "words": list(filed.notice.words),
        "why": filed.why,
        "at": _time(filed.at),
        "settle": settling(filed),
    }


def settling(filed: Filed) -> list[str]:
    """The commands of which one settles a notice."""
    return [
        f"aggregator notices --apply {filed.name} ARTICLE",
        f"aggregator notices --dismiss {filed.name}",
    ]


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
