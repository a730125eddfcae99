"""RSS 0.9x, 1.0, 2.0 and Atom 0.3, 1.0: feedparser reads them, this module asks it the right way.

feedparser gets sound UTF-8 bytes in a `BytesIO` and nothing else (a string might be opened as a
file or an address, rule 89), sanitises and resolves nothing, and may fail as it likes (rule 90).
Dates are taken as they stood, since its reading of them is wrong for half of Europe (rules 24-31);
guid, base and language come from our own scan.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import feedparser

from aggregator.model.entry import Media
from aggregator.model.reading import Document, Finding, Hints, RawEntry, RawText
from aggregator.reading import hints
from aggregator.reading.memory import Memory
from aggregator.reading.parsed import Parsed
from aggregator.reading.repair import Repaired, repaired
from aggregator.reading.scan import Item, without

# feedparser's dictionaries answer for keys that they do not hold (`updated` for `published`,
# issue 310 there); the plain `dict.get` does not.
_Got = dict[str, Any]

_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_BASE = re.compile(rb"""(\s)xml:base\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
# feedparser takes this attribute of RSS's <link>, which has none, for the link itself.
_URI = re.compile(rb"""(<link\b[^<>]{0,500}\s)uri\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
# feedparser's pattern for addresses takes a time with the square of a word's length (50,000 letters
# in an <author>: 50 s), so persons with words that are nobody's are left out, however written.
_PERSON = re.compile(
    rb"<(?:[\w.-]{1,32}:)?(?:author|creator|contributor|managingEditor|webMaster|publisher|owner)"
    rb"(?:\s[^<>]{0,500})?(?<!/)>(?:(?!</?(?:[\w.-]{1,32}:)?(?:item|entry)[\s>]).)*?"
    rb"</(?:[\w.-]{1,32}:)?(?:author|creator|contributor|managingEditor|webMaster|publisher|owner)"
    rb"\s{0,64}>",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN_LETTERS = re.compile(rb"<!--.*?-->|<!\[CDATA\[|\]\]>|<\?.*?\?>", re.DOTALL)
_ENDLESS_WORD = re.compile(rb"(?:[\w.+-]|&#?\w{1,8};){80}")
_SHORT_PERSON = 80
_HTML = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """An item that the scan saw, with the digest by which it is remembered."""

    position: int
    digest: str
    item: Item


def parse(text: str, memory: Memory) -> Parsed | None:
    """A text that begins with a feed's root element; None if feedparser gives up on it.

    Of items whose bytes are remembered, nothing but their places is told. feedparser then gets the
    others inside the document's own head and tail.
    """
    mended = repaired(text)
    places = [
        _Seen(position=position, digest=memory.digest(item.digest, mended.lent), item=item)
        for position, item in enumerate(mended.items or ())
    ]
    remembered = {} if mended.tangled else memory.known
    known = [place for place in places if place.digest in remembered]
    fresh = [place for place in places if place.digest not in remembered]
    parsed = _parsed(mended.body, known, fresh)
    if parsed is not None and known and len(parsed["entries"]) != len(fresh):
        known, fresh = [], places
        parsed = _parsed(mended.body, known, fresh)
    return None if parsed is None else _told(parsed, mended, known, fresh, hints.of(text))


def _told(
    parsed: _Got, mended: Repaired, known: list[_Seen], fresh: list[_Seen], asked: Hints
) -> Parsed:
    entries = parsed["entries"]
    # Where the two disagree on what an item is, feedparser is the only witness.
    seen = fresh if mended.items is not None and len(fresh) == len(entries) else []
    items = (
        tuple(_item(p.position, e, p.item) for p, e in zip(seen, entries, strict=True))
        if seen
        else tuple(_item(position, e, None) for position, e in enumerate(entries))
    )
    # What even the loose parser finds empty may be anything, and says nothing about removals.
    is_feed = mended.items is not None or bool(items)
    return Parsed(
        document=_document(parsed, items, mended.findings, asked),
        complete=mended.complete and is_feed,
        digests=tuple(place.digest for place in seen),
        known=tuple((place.position, place.digest) for place in known),
    )


def _parsed(body: bytes, known: list[_Seen], fresh: list[_Seen]) -> _Got | None:
    """feedparser's answer to a body without the known items and the captions of the others."""
    spans = [*(p.item.span for p in known), *(s for p in fresh for s in p.item.asides)]
    own = _PERSON.sub(_somebody, _URI.sub(rb"\1", without(body, sorted(spans))))
    try:
        parsed: _Got = feedparser.parse(
            io.BytesIO(_BASE.sub(rb"\1", own)),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception:  # rule 90: it raises whatever its HTML and date code stumbles over
        return None
    return parsed


def _somebody(person: re.Match[bytes]) -> bytes:
    """The element of a person, or nothing for one whose name nobody can have."""
    whole = person[0]
    is_short = len(whole) <= _SHORT_PERSON
    return whole if is_short or not _ENDLESS_WORD.search(_BETWEEN_LETTERS.sub(b"", whole)) else b""


def _document(
    parsed: _Got, items: tuple[RawEntry, ...], findings: tuple[Finding, ...], asked: Hints
) -> Document:
    channel: _Got = parsed["feed"]
    return Document(
        format=_format(_string(parsed, "version") or ""),
        items=items,
        title=_string(channel, "title") or "",
        language=_string(channel, "language"),
        link=_alternate(channel),
        generator=_string(channel, "generator"),
        findings=findings,
        hints=asked,
    )


def _format(version: str) -> str:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in ("rss10", "rss090") else "rss"


def _item(position: int, entry: _Got, scanned: Item | None) -> RawEntry:
    """An entry, with what the scan knows better, if it saw the item."""
    caption = scanned.caption if scanned else None
    title, summary, contents = _texts(entry, caption)
    guid, guid_is_link = _guid(entry, scanned)
    return RawEntry(
        position=position,
        guid=guid,
        guid_is_link=guid_is_link,
        link=_alternate(entry),
        title=title,
        summary=summary,
        contents=contents,
        published=_string(entry, "published") or _string(entry, "created"),
        updated=_string(entry, "updated"),
        authors=_authors(entry),
        topics=_topics(entry),
        media=_media(entry, None if summary and summary.value == caption else caption),
        language=scanned.language if scanned else None,
        base=scanned.base if scanned else "",
        text_base=scanned.text_base if scanned else "",
        taken_from=_string(_one(entry, "source"), "title")
        or _string(_one(entry, "source"), "value"),
    )


def _guid(entry: _Got, scanned: Item | None) -> tuple[str | None, bool]:
    """The guid, and whether it may be the link. feedparser resolves and reuses it as one."""
    if scanned:
        return scanned.guid, scanned.guid is not None and scanned.permalink
    guid = _string(entry, "id")
    return guid, guid is not None and guid == _string(entry, "link")


def _string(of: _Got, key: str) -> str | None:
    value = dict.get(of, key)
    return value.strip() or None if isinstance(value, str) else None


def _several(of: _Got, key: str) -> list[_Got]:
    value = dict.get(of, key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _one(of: _Got, key: str) -> _Got:
    value = dict.get(of, key)
    return value if isinstance(value, dict) else {}


def _alternate(of: _Got) -> str | None:
    """The address of the page: what a redirector stands for, else the first alternate link."""
    original = _string(of, "feedburner_origlink")
    links = [one for one in _several(of, "links") if _string(one, "rel") == "alternate"]
    pages = [one for one in links if (_string(one, "type") or "text/html") in _HTML]
    found = (_string(one, "href") for one in (*pages, *links))
    return original or next((href for href in found if href), None)


def _texts(
    entry: _Got, caption: str | None
) -> tuple[RawText | None, RawText | None, tuple[RawText, ...]]:
    """Title, summary and contents. A caption is the summary only where there is no other text."""
    title = _title(_string(entry, "title"), _one(entry, "title_detail"))
    # Without a detail it is feedparser's copy of the content.
    detail = _one(entry, "summary_detail")
    summary = _text(_string(entry, "summary"), detail) if detail else None
    found = (_text(_string(one, "value"), one) for one in _several(entry, "content"))
    contents = tuple(one for one in found if one is not None)
    if caption and not summary and not contents:
        summary = RawText(value=caption, html=False)
    return title, summary, contents


def _title(value: str | None, detail: _Got) -> RawText | None:
    """A title is a text, whatever its type is said to be."""
    found = _text(value, detail)
    return found or (RawText(value=value, html=False) if value else None)


def _text(value: str | None, detail: _Got) -> RawText | None:
    """None for what is no text: Atom content may be a picture."""
    kind = (_string(detail, "type") or "text/plain").lower()
    if value is None or not (kind in _HTML or kind.startswith("text/")):
        return None
    return RawText(value=value, html=kind in _HTML)


def _authors(entry: _Got) -> tuple[str, ...]:
    """Names as they stood. A lone one with an address in it is taken whole: feedparser knows no
    top-level domain of more than four letters, and leaves the rest of it in the name."""
    found = _several(entry, "authors")
    names = [name for one in found if (name := _string(one, "name"))]
    whole = _string(entry, "author") or ""
    if len(found) == 1 and "@" in whole and not (names and whole.startswith(names[0])):
        return (whole,)
    return tuple(names)


def _topics(entry: _Got) -> tuple[str, ...]:
    names = (_string(tag, "label") or _string(tag, "term") for tag in _several(entry, "tags"))
    return tuple(name for name in names if name)


def _media(entry: _Got, caption: str | None) -> tuple[Media, ...]:
    credit = _credit(entry)
    contents = _several(entry, "media_content")
    enclosures = [one for one in _several(entry, "links") if _string(one, "rel") == "enclosure"]
    thumbnails = sorted(
        _several(entry, "media_thumbnail"), key=lambda one: -(_size(one, "width") or 0)
    )
    image = _one(entry, "image")
    found = (
        *(_medium(one, caption, credit) for one in contents),
        *(_medium(one, None, None) for one in enclosures),
        *(_medium(one, None, None, "image") for one in (*thumbnails, image)),
    )
    return tuple(_known(found))


def _known(found: Iterable[Media | None]) -> Iterable[Media]:
    return (one for one in found if one is not None)


def _credit(entry: _Got) -> str | None:
    """The picture's credit, if there is one credit only, so that it is clear whose."""
    credits = _several(entry, "media_credit")
    return _string(credits[0], "content") if len(credits) == 1 else None


def _medium(
    given: _Got, title: str | None, credit: str | None, medium: str | None = None
) -> Media | None:
    url = _string(given, "url") or _string(given, "href")
    if url is None:
        return None
    return Media(
        url=url,
        type=_string(given, "type"),
        medium=_string(given, "medium") or medium,
        width=_size(given, "width"),
        height=_size(given, "height"),
        length=_size(given, "length") or _size(given, "filesize"),
        title=title,
        credit=credit,
    )


def _size(given: _Got, key: str) -> int | None:
    digits = str(dict.get(given, key) or "")
    return int(digits) if digits.isdecimal() and 0 < len(digits) <= 12 else None
