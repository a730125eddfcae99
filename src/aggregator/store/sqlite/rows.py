"""Model values as rows, and back: one pair of functions a type, round-trip tested."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any
from urllib.parse import urlsplit

from aggregator.model.agency import Agency, Credit, Form
from aggregator.model.entry import Entry, Media, Revision, Status
from aggregator.model.feed import Clause, Collapse, FeedSpec, Order, Query, Service
from aggregator.model.fetched import Validators
from aggregator.model.matching import Limits, Matching
from aggregator.model.notice import Named, Notice, NoticeKind
from aggregator.model.reading import Facts, Finding, Hints, Listed, Window
from aggregator.model.source import Kind, Rhythm, Rights, Source, SourceState

Row = sqlite3.Row
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

SOURCE_COLUMNS = (
    "id, url, name, kind, agency, language, timezone, hours, topics, trust, rights, interval, "
    "min_interval, max_interval, timeout, max_size, enabled, user_agent, headers, proxy, "
    "allow_private, agencies"
)
STATE_COLUMNS = (
    "id, next_poll_at, lease_until, etag, last_modified, last_attempt, last_success, last_new, "
    "result, detail, failures, moved_to, moved_checked, moving_to, moving_since, moving_count, "
    "last_full, rhythm, hints, why"
)
# Qualified, since most tables have an `id` and some a `position`.
ENTRY_COLUMNS = (
    "entries.id, entries.source_id, entries.key, entries.article_id, entries.url, "
    "entries.canonical, entries.title, entries.summary, entries.content, entries.published, "
    "entries.dated, entries.updated, entries.first_seen, entries.position, entries.changed, "
    "entries.language, entries.authors, entries.topics, entries.media, entries.digest, "
    "entries.revision, entries.status, entries.embargo, entries.urgency, entries.note, "
    "entries.credit, entries.version, entries.gone, entries.held, entries.notice, "
    "entries.superseded_by, entries.withdrawn, entries.born"
)

# As `selection.live.is_free`, which has the last word.
FREE = (
    "entries.status = 'usable' AND NOT entries.held AND entries.notice = '' "
    "AND entries.gone IS NULL AND entries.superseded_by IS NULL AND entries.withdrawn IS NULL"
)


def micros(time: datetime) -> int:
    return (time - _EPOCH) // _MICROSECOND


def time(value: int) -> datetime:
    return _EPOCH + value * _MICROSECOND


def maybe_micros(value: datetime | None) -> int | None:
    return None if value is None else micros(value)


def maybe_time(value: int | None) -> datetime | None:
    return None if value is None else time(value)


def maybe_span(value: timedelta | None) -> int | None:
    return None if value is None else value // _MICROSECOND


def maybe_duration(value: int | None) -> timedelta | None:
    return None if value is None else value * _MICROSECOND


def dumps(value: Any) -> str:
    """JSON with sorted keys, so that equal values are equal text."""
    return _encode(value)


def source_to_row(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "url": source.url,
        "host": urlsplit(source.url).hostname or "",
        "name": source.name,
        "kind": source.kind.value,
        "agency": source.agency,
        "language": source.language,
        "timezone": source.timezone,
        "hours": source.hours,
        "topics": dumps(source.topics),
        "trust": source.trust,
        "rights": source.rights.value,
        "interval": source.interval // _MICROSECOND,
        "min_interval": maybe_span(source.min_interval),
        "max_interval": maybe_span(source.max_interval),
        "timeout": source.timeout // _MICROSECOND,
        "max_size": source.max_size,
        "enabled": int(source.enabled),
        "user_agent": source.user_agent,
        "headers": dumps(source.headers),
        "proxy": source.proxy,
        "allow_private": int(source.allow_private),
        "agencies": dumps([asdict(agency) for agency in source.agencies]),
    }


def source_from_row(row: Row) -> Source:
    return Source(
        id=row["id"],
        url=row["url"],
        name=row["name"],
        kind=Kind(row["kind"]),
        agency=row["agency"],
        language=row["language"],
        timezone=row["timezone"],
        hours=row["hours"],
        topics=tuple(json.loads(row["topics"])),
        trust=row["trust"],
        rights=Rights(row["rights"]),
        interval=row["interval"] * _MICROSECOND,
        min_interval=maybe_duration(row["min_interval"]),
        max_interval=maybe_duration(row["max_interval"]),
        timeout=row["timeout"] * _MICROSECOND,
        max_size=row["max_size"],
        enabled=bool(row["enabled"]),
        user_agent=row["user_agent"],
        headers=tuple((name, value) for name, value in json.loads(row["headers"])),
        proxy=row["proxy"],
        allow_private=bool(row["allow_private"]),
        agencies=tuple(_agency_from(value) for value in json.loads(row["agencies"])),
    )


def state_to_row(state: SourceState) -> dict[str, Any]:
    """The row without the window, which has a table of its own."""
    return {
        "id": state.source_id,
        "next_poll_at": micros(state.next_poll_at),
        "lease_until": maybe_micros(state.lease_until),
        "etag": state.validators.etag,
        "last_modified": state.validators.last_modified,
        "last_attempt": maybe_micros(state.last_attempt),
        "last_success": maybe_micros(state.last_success),
        "last_new": maybe_micros(state.last_new),
        "result": state.result,
        "detail": state.detail,
        "failures": state.failures,
        "moved_to": state.moved_to,
        "moved_checked": maybe_micros(state.moved_checked),
        "moving_to": state.moving_to,
        "moving_since": maybe_micros(state.moving_since),
        "moving_count": state.moving_count,
        "last_full": maybe_micros(state.last_full),
        "rhythm": rhythm_to_text(state.rhythm),
        "hints": hints_to_text(state.hints),
        "why": state.why,
    }


def state_from_row(row: Row, window: Window) -> SourceState:
    return SourceState(
        source_id=row["id"],
        next_poll_at=time(row["next_poll_at"]),
        lease_until=maybe_time(row["lease_until"]),
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
        window=window,
        last_attempt=maybe_time(row["last_attempt"]),
        last_success=maybe_time(row["last_success"]),
        last_new=maybe_time(row["last_new"]),
        result=row["result"],
        detail=row["detail"],
        failures=row["failures"],
        moved_to=row["moved_to"],
        moved_checked=maybe_time(row["moved_checked"]),
        moving_to=row["moving_to"],
        moving_since=maybe_time(row["moving_since"]),
        moving_count=row["moving_count"],
        last_full=maybe_time(row["last_full"]),
        rhythm=rhythm_from_text(row["rhythm"]),
        hints=hints_from_text(row["hints"]),
        why=row["why"],
    )


def rhythm_to_text(rhythm: Rhythm) -> str:
    return dumps([rhythm.lately, rhythm.usually, maybe_micros(rhythm.at)])


def rhythm_from_text(text: str) -> Rhythm:
    lately, usually, at = json.loads(text)
    return Rhythm(lately=lately, usually=usually, at=maybe_time(at))


def hints_to_text(hints: Hints) -> str:
    ttl, period, base = maybe_span(hints.ttl), maybe_span(hints.period), maybe_micros(hints.base)
    return dumps([ttl, period, base, hints.skip_hours, hints.skip_days])


def hints_from_text(text: str) -> Hints:
    ttl, period, base, hours, days = json.loads(text)
    return Hints(
        ttl=maybe_duration(ttl),
        period=maybe_duration(period),
        base=maybe_time(base),
        skip_hours=tuple(hours),
        skip_days=tuple(days),
    )


def window_to_row(source_id: str, window: Window) -> dict[str, Any]:
    places = [
        [place.key, place.digest, place.linked, *_facts_row(place.facts)] for place in window.places
    ]
    return {"source_id": source_id, "body": window.body, "places": dumps(places)}


def window_from_row(row: Row | None) -> Window:
    if row is None or row["body"] is None:
        return Window()
    places = tuple(
        Listed(key=key, digest=digest, linked=linked, facts=_facts_from(facts))
        for key, digest, linked, *facts in json.loads(row["places"])
    )
    return Window(body=row["body"], places=places)


def _facts_row(facts: Facts | None) -> tuple[Any, ...]:
    if facts is None:
        return ()
    claim = maybe_micros(facts.claim)
    words = (facts.guid, facts.link, facts.title, facts.text, facts.said, facts.updated)
    return *words, claim, facts.hour, facts.oversize


def _facts_from(row: Sequence[Any]) -> Facts | None:
    if not row:
        return None
    guid, link, title, text, said, updated, claim, hour, oversize = row
    return Facts(
        guid=guid,
        link=link,
        title=title,
        text=text,
        said=said,
        updated=updated,
        claim=maybe_time(claim),
        hour=hour,
        oversize=oversize,
    )


def findings_to_text(findings: tuple[Finding, ...]) -> str:
    return dumps([[finding.name, finding.detail] for finding in findings])


def entry_to_row(entry: Entry) -> dict[str, Any]:
    """The row without `id`, `article_id` and `changed`, which the store gives."""
    return {
        "source_id": entry.source_id,
        "key": entry.key,
        "url": entry.url,
        "canonical": entry.canonical,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
        "published": micros(entry.published),
        "dated": int(entry.dated),
        "updated": maybe_micros(entry.updated),
        "first_seen": micros(entry.first_seen),
        "position": micros(entry.position or entry.first_seen),
        "language": entry.language,
        "authors": dumps(entry.authors),
        "topics": dumps(entry.topics),
        "media": dumps([_media_to_json(media) for media in entry.media]),
        "digest": entry.digest,
        "revision": entry.revision,
        "status": entry.status.value,
        "embargo": maybe_micros(entry.embargo),
        "urgency": entry.urgency,
        "note": entry.note,
        "credit": dumps(asdict(entry.credit)) if entry.credit else None,
        "version": entry.version,
        "gone": maybe_micros(entry.gone),
        "held": int(entry.held),
        "notice": entry.notice,
    }


def entry_from_row(row: Row) -> Entry:
    """The entry without its aliases: names are asked for apart, where they matter."""
    return Entry(
        source_id=row["source_id"],
        key=row["key"],
        url=row["url"],
        canonical=row["canonical"],
        title=row["title"],
        summary=row["summary"],
        content=row["content"],
        published=time(row["published"]),
        dated=bool(row["dated"]),
        updated=maybe_time(row["updated"]),
        first_seen=time(row["first_seen"]),
        position=time(row["position"]),
        language=row["language"],
        authors=tuple(json.loads(row["authors"])),
        topics=tuple(json.loads(row["topics"])),
        media=tuple(Media(**media) for media in json.loads(row["media"])),
        digest=row["digest"],
        revision=row["revision"],
        status=Status(row["status"]),
        embargo=maybe_time(row["embargo"]),
        urgency=row["urgency"],
        note=row["note"],
        credit=_credit_from(row["credit"]),
        version=row["version"],
        gone=maybe_time(row["gone"]),
        held=bool(row["held"]),
        notice=row["notice"],
        superseded=row["superseded_by"] is not None,
        born=row["born"],
        withdrawn=maybe_time(row["withdrawn"]),
    )


def revision_from_row(row: Row) -> Revision:
    return Revision(
        revision=row["revision"],
        title=row["title"],
        summary=row["summary"],
        content=row["content"],
        url=row["url"],
        digest=row["digest"],
        seen=time(row["seen"]),
        until=time(row["until"]),
        why=row["why"],
    )


def spec_to_text(spec: FeedSpec) -> str:
    value = asdict(spec)
    value["max_age"] = None if spec.max_age is None else spec.max_age // _MICROSECOND
    return dumps(value)


def spec_from_text(text: str) -> FeedSpec:
    value = json.loads(text)
    age = value["max_age"]
    return FeedSpec(
        slug=value["slug"],
        title=value["title"],
        clauses=tuple(_clause_from_json(clause) for clause in value["clauses"]),
        description=value["description"],
        language=value["language"],
        collapse=Collapse(value["collapse"]),
        order=Order(value["order"]),
        limit=value["limit"],
        prefer=tuple(value["prefer"]),
        max_age=None if age is None else age * _MICROSECOND,
        was=tuple(value["was"]),
    )


def notice_to_text(notice: Notice) -> str:
    sent, until = notice.named.sent, notice.until
    value = asdict(notice)
    value["named"]["sent"] = sent and sent.isoformat()
    value["until"] = until and until.isoformat()
    return dumps(value)


def notice_from_text(text: str) -> Notice:
    value = json.loads(text)
    named, until = value["named"], value["until"]
    lists = {name: tuple(named[name]) for name in ("ids", "titles", "addresses")}
    sent = clock.fromisoformat(named["sent"]) if named["sent"] else None
    value |= {
        "kind": NoticeKind(value["kind"]),
        "words": tuple(value["words"]),
        "named": Named(**lists, version=named["version"], sent=sent),
        "until": datetime.fromisoformat(until) if until else None,
    }
    return Notice(**value)


def service_to_text(service: Service) -> str:
    return dumps({**asdict(service), "retention": service.retention // _MICROSECOND})


def service_from_text(text: str) -> Service:
    value = json.loads(text)
    value["prefer"] = tuple(value["prefer"])
    value["retention"] *= _MICROSECOND
    return Service(**value)


def matching_to_text(said: Matching) -> str:
    limits = said.limits
    spans = ("text_within", "title_within")
    packed = {name: getattr(limits, name) // _MICROSECOND for name in spans}
    return dumps({**asdict(said), "limits": {**asdict(limits), **packed}})


def matching_from_text(text: str) -> Matching:
    value = json.loads(text)
    for name in ("text_within", "title_within"):
        value["limits"][name] *= _MICROSECOND
    return Matching(
        limits=Limits(**value["limits"]),
        boilerplate=tuple(value["boilerplate"]),
        never=tuple((one, other) for one, other in value["never"]),
        always=tuple((one, other) for one, other in value["always"]),
    )


def _agency_from(value: dict[str, Any]) -> Agency:
    lists = {name: tuple(value[name]) for name in ("spellings", "bracketed", "languages")}
    return Agency(key=value["key"], name=value["name"], **lists)


def _credit_from(text: str | None) -> Credit | None:
    if text is None:
        return None
    value = json.loads(text)
    return Credit(**{**value, "form": Form(value["form"])})


def _media_to_json(media: Media) -> dict[str, Any]:
    return {name: value for name, value in asdict(media).items() if value is not None}


def _clause_from_json(value: dict[str, Any]) -> Clause:
    exclude = tuple(_query_from_json(query) for query in value["exclude"])
    return Clause(include=_query_from_json(value["include"]), exclude=exclude)


def _query_from_json(value: dict[str, Any]) -> Query:
    lists = {name: tuple(values) for name, values in value.items()}
    lists["kinds"] = tuple(Kind(kind) for kind in lists["kinds"])
    return Query(**lists)
