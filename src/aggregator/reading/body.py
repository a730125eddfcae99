"""One body in, one `Reading` out: the stations in their order, each in a module of its own."""

from __future__ import annotations

from hashlib import blake2b

from aggregator.model.entry import Entry
from aggregator.model.feed import GENERATOR
from aggregator.model.fetched import Fetched, Refused, Why
from aggregator.model.reading import Finding, Reading, Window
from aggregator.model.source import Source
from aggregator.reading import (
    charset,
    entry,
    feedxml,
    foreign,
    jsonfeed,
    listing,
    memory,
    moments,
    newsml,
    ninjs,
    sniff,
)
from aggregator.reading.listing import Listing
from aggregator.reading.memory import MAX_ENTRIES, Memory
from aggregator.reading.moments import Calendar
from aggregator.reading.parsed import Parsed
from aggregator.reading.scan import TooComplex
from aggregator.reading.sniff import Form
from aggregator.text import html, urls


def read(
    fetched: Fetched, source: Source, previous: Window, *, whole: bool = False
) -> Reading | Refused:
    """What a body says. Pure; never raises, whatever the bytes.

    Refuses with `empty-body`, `html-page` or what kind of page it is (`challenge`, `consent-wall`,
    `login-page`), `not-a-feed`, `too-complex` or `own-output`. A body equal to the one that
    `previous` stands for gives a reading without entries and `previous` as it was. Items that
    `previous` holds byte for byte are listed, but are not among the entries, unless the document is
    read `whole`.
    """
    body = blake2b(fetched.body, digest_size=16).hexdigest()
    if body == previous.body:
        return Reading(source_id=source.id, at=fetched.at, entries=(), window=previous)
    had = memory.of(fetched, source, previous)
    try:
        found = _listing(fetched, source, had.emptied() if whole else had)
    except TooComplex as reason:
        return _refused(fetched, Why.TOO_COMPLEX, f"{reason}: no feed needs that")
    if isinstance(found, Refused):
        return found
    if found.parsed.document.generator == GENERATOR:
        return _refused(fetched, Why.OWN_OUTPUT, "this feed was made by this very program")
    return _reading(found, fetched, source, body)


def _listing(fetched: Fetched, source: Source, had: Memory) -> Listing | Refused:
    parsed = _parse(fetched, had)
    if isinstance(parsed, Refused):
        return parsed
    found = listing.of(parsed, fetched, source, had)
    return found if found.settled else _listing(fetched, source, had.emptied())


def _parse(fetched: Fetched, had: Memory) -> Parsed | Refused:
    text = charset.decode(fetched.body, fetched.charset)
    sniffed = sniff.sniff(text)
    match sniffed.form:
        case Form.EMPTY:
            return _refused(fetched, Why.EMPTY_BODY, "the body is empty")
        case Form.PAGE:
            return _refused(fetched, *sniff.page(text, fetched.url))
        case Form.XML:
            parsed = feedxml.parse(text[sniffed.start :], had)
        case Form.JSON:
            parsed = jsonfeed.parse(text) or ninjs.parse(text)
        case Form.NEWSML:
            parsed = newsml.parse(text[sniffed.start :])
        case Form.OTHER:
            parsed = None
    return parsed or _refused(fetched, Why.NOT_A_FEED, foreign.words(text))


def _refused(fetched: Fetched, why: Why, detail: str) -> Refused:
    return Refused(source_id=fetched.source_id, at=fetched.at, why=why, detail=detail)


def _reading(found: Listing, fetched: Fetched, source: Source, body: str) -> Reading:
    parsed, document = found.parsed, found.parsed.document
    calendar, dating = moments.calendar([one.place.facts for one in found.named], fetched.at)
    entries, crowd = _newest(_entries(found, calendar, fetched, source))
    return Reading(
        source_id=source.id,
        at=fetched.at,
        entries=entries,
        window=Window(body=body, places=found.places),
        complete=parsed.complete and not fetched.cut,
        findings=(*document.findings, *_amiss(found), *found.findings, *dating, *crowd),
        title=html.title(document.title, markup=True),
        language=document.language,
        hints=document.hints,
    )


def _entries(
    found: Listing, calendar: Calendar, fetched: Fetched, source: Source
) -> tuple[Entry, ...]:
    """The entries of the items that were parsed."""
    clock, language = moments.clock_of(source), found.parsed.document.language
    setting = entry.Setting(
        source=source, at=fetched.at, url=urls.place(fetched.url), language=language
    )
    parsed = ((one, one.place.raw) for one in found.named)
    return tuple(
        entry.normalise(
            raw, one, moments.judge(raw, one.place.facts.claim, calendar, clock), setting
        )
        for one, raw in parsed
        if raw
    )


def _newest(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """The newest entries, still in the document's order (rule 39)."""
    if len(entries) <= MAX_ENTRIES:
        return entries, ()
    newest = sorted(entries, key=lambda one: one.published, reverse=True)[:MAX_ENTRIES]
    kept = {one.key for one in newest}
    detail = f"{len(entries)} items; the newest {MAX_ENTRIES} are taken"
    finding = Finding(name="too-many-items", detail=detail)
    return tuple(one for one in entries if one.key in kept), (finding,)


def _amiss(found: Listing) -> tuple[Finding, ...]:
    """What is odd about a document whose items are each in order."""
    findings = []
    if not found.named and not found.parsed.document.items and found.parsed.complete:
        findings.append(Finding(name="no-items", detail="a feed without items"))
    oversize = sum(one.place.facts.oversize for one in found.named)
    if oversize:
        detail = f"{oversize} texts are cut after {html.MAX_LENGTH} characters"
        findings.append(Finding(name="oversize", detail=detail))
    return tuple(findings)
