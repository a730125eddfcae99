"""One body in, one `Reading` out: the stations in their order, each in a module of its own."""

from __future__ import annotations

from hashlib import blake2b
from zoneinfo import ZoneInfo

from aggregator.model.entry import Entry
from aggregator.model.feed import GENERATOR
from aggregator.model.fetched import Fetched, Refused, Why
from aggregator.model.reading import Finding, Listed, Reading, Window
from aggregator.model.source import Source
from aggregator.reading import charset, entry, feedxml, jsonfeed, keys, moments, sniff
from aggregator.reading.keys import Named
from aggregator.reading.parsed import Parsed
from aggregator.reading.scan import TooComplex
from aggregator.reading.sniff import Form
from aggregator.text import html, urls

# Rule 39: as many items of one document are looked at, the newest ones.
MAX_ENTRIES = 2000


def read(fetched: Fetched, source: Source, previous: Window) -> Reading | Refused:
    """What a body says. Pure; never raises, whatever the bytes.

    Refuses with `empty-body`, `html-page` or what kind of page it is (`challenge`, `consent-wall`,
    `login-page`), `not-a-feed` or `own-output`. A body equal to the one
    that `previous` stands for gives a reading without entries and `previous` as it was.
    """
    body = blake2b(fetched.body, digest_size=16).hexdigest()
    if body == previous.body:
        return Reading(source_id=source.id, at=fetched.at, entries=(), window=previous)
    try:
        parsed = _parse(fetched)
    except TooComplex as reason:
        return _refused(fetched, Why.TOO_COMPLEX, f"{reason}: no feed needs that")
    if isinstance(parsed, Refused):
        return parsed
    if parsed.document.generator == GENERATOR:
        return _refused(fetched, Why.OWN_OUTPUT, "this feed was made by this very program")
    return _reading(parsed, fetched, source, body)


def _parse(fetched: Fetched) -> Parsed | Refused:
    text = charset.decode(fetched.body, fetched.charset)
    sniffed = sniff.sniff(text)
    match sniffed.form:
        case Form.EMPTY:
            return _refused(fetched, Why.EMPTY_BODY, "the body is empty")
        case Form.PAGE:
            return _refused(fetched, *sniff.page(text, fetched.url))
        case Form.XML:
            parsed = feedxml.parse(text[sniffed.start :])
        case Form.JSON:
            parsed = jsonfeed.parse(text)
        case Form.OTHER:
            parsed = None
    detail = f"the body is no RSS, Atom or JSON Feed; it begins {text.strip()[:60]!r}"
    return parsed or _refused(fetched, Why.NOT_A_FEED, detail)


def _refused(fetched: Fetched, why: Why, detail: str) -> Refused:
    return Refused(source_id=fetched.source_id, at=fetched.at, why=why, detail=detail)


def _reading(parsed: Parsed, fetched: Fetched, source: Source, body: str) -> Reading:
    document = parsed.document
    named, naming = keys.name(document.items, urls.place(fetched.url))
    entries, dating = _entries(named, parsed, fetched, source)
    shown, crowd = _newest(entries)
    return Reading(
        source_id=source.id,
        at=fetched.at,
        entries=shown,
        window=Window(body=body, places=_places(named, parsed)),
        complete=parsed.complete and not fetched.cut,
        findings=(*document.findings, *_amiss(parsed), *naming, *dating, *crowd),
        hints=document.hints,
    )


def _entries(
    named: tuple[Named, ...], parsed: Parsed, fetched: Fetched, source: Source
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    raws = [one.raw for one in named]
    dated, findings = moments.judge(raws, fetched.at, ZoneInfo(source.timezone))
    setting = entry.Setting(
        source=source, at=fetched.at, url=urls.place(fetched.url), language=parsed.document.language
    )
    pairs = zip(named, dated, strict=True)
    return tuple(entry.normalise(one, moment, setting) for one, moment in pairs), findings


def _newest(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """The newest entries, still in the document's order (rule 39)."""
    if len(entries) <= MAX_ENTRIES:
        return entries, ()
    newest = sorted(entries, key=lambda one: one.published, reverse=True)[:MAX_ENTRIES]
    kept = {one.key for one in newest}
    detail = f"{len(entries)} items; the newest {MAX_ENTRIES} are taken"
    finding = Finding(name="too-many-items", detail=detail)
    return tuple(one for one in entries if one.key in kept), (finding,)


def _places(named: tuple[Named, ...], parsed: Parsed) -> tuple[Listed, ...]:
    return tuple(Listed(key=one.key, digest=parsed.digests[one.raw.position]) for one in named)


def _amiss(parsed: Parsed) -> tuple[Finding, ...]:
    """What is odd about a document whose items are each in order."""
    items = parsed.document.items
    findings = []
    if not items and parsed.complete:
        findings.append(Finding(name="no-items", detail="a feed without items"))
    texts = [text for item in items for text in (item.summary, *item.contents) if text]
    oversize = sum(len(text.value) > html.MAX_LENGTH for text in texts)
    if oversize:
        detail = f"{oversize} texts are cut after {html.MAX_LENGTH} characters"
        findings.append(Finding(name="oversize", detail=detail))
    return tuple(findings)
