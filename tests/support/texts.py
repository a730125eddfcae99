"""Short ways to say what two sources printed, and what is made of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aggregator.matching import likeness, statistics, wording
from aggregator.matching.statistics import Statistics
from aggregator.matching.wording import Wording
from aggregator.model.agency import Credit, Form
from aggregator.model.article import Match
from aggregator.model.entry import Entry
from tests.support.world import NOON, entry


def text(source_id: str, title: str, summary: str = "", **given: Any) -> Entry:
    """An Italian entry of a source, named by its title, of its own address."""
    facts: dict[str, Any] = {"summary": summary, "language": "it"} | given
    return entry(source_id, f"guid:{title}", title, **facts)


def credited(key: str) -> Credit:
    return Credit(agency=key, name=key.upper(), words="", form=Form.DATELINE, confidence=0.99)


def later(hours: float) -> dict[str, Any]:
    """The dates of an entry that came so much after noon."""
    at = NOON + timedelta(hours=hours)
    return {"published": at, "first_seen": at}


def worded(of: Entry, name: str = "", learnt: Statistics = statistics.EMPTY) -> Wording:
    return wording.of(of, name or of.source_id.capitalize(), learnt)


def verdict(a: Entry, b: Entry, learnt: Statistics = statistics.EMPTY) -> Match | None:
    return likeness.judge(worded(a, learnt=learnt), worded(b, learnt=learnt), learnt)


def level(a: Entry, b: Entry, learnt: Statistics = statistics.EMPTY) -> str | None:
    match = verdict(a, b, learnt)
    return match.level if match else None
