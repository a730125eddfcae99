"""JSON Feed 1.0 and 1.1, by hand: the format is small, and its users get the types wrong.

Numbers are kept as the digits they are written in (ids are numbers in many feeds, and nothing here
calculates), so that no number can be too large; a member of the wrong type is as if it were absent.
"""

from __future__ import annotations

import json
import re
from typing import Any

from aggregator.model.entry import Media
from aggregator.model.reading import Document, Finding, RawEntry, RawText
from aggregator.reading.parsed import Parsed
from aggregator.reading.scan import MOST_ITEMS
from aggregator.text.characters import sendable

_Object = dict[str, Any]

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
# Some write the bare number where the address of the specification belongs.
_VERSION = re.compile(r"https?://jsonfeed\.org/version/1|1(?:\.[01])?$")
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_SEPARATOR = re.compile(r"[\s,]*")


def parse(text: str) -> Parsed | None:
    """A JSON Feed; None if the text is other JSON, or none."""
    source = text.strip("\ufeff \t\r\n")
    complete = True
    try:
        feed = _DECODER.decode(source)
    except (ValueError, RecursionError):
        feed, complete = _cut(source), False
    if not isinstance(feed, dict) or not _is_feed(feed):
        return None
    items = tuple(
        _item(position, item) for position, item in enumerate(_objects(feed, "items")[:MOST_ITEMS])
    )
    return Parsed(
        document=_document(feed, items, complete=complete),
        complete=complete,
    )


def _is_feed(feed: _Object) -> bool:
    has_items = isinstance(feed.get("items"), list)
    return has_items and _VERSION.match(_string(feed, "version") or "") is not None


def _cut(source: str) -> _Object | None:
    """The whole items of a document that ends too early, and its head; None if it has none."""
    start = _ITEMS.search(source)
    if start is None:
        return None
    items: list[Any] = []
    at = start.end()
    try:
        head = _DECODER.decode(source[: start.start()].rstrip(", \t\r\n") + "}")
        while True:
            item, at = _DECODER.raw_decode(source, _past(source, at))
            items.append(item)
    except (ValueError, RecursionError):
        return {**head, "items": items} if items and isinstance(head, dict) else None


def _past(source: str, at: int) -> int:
    separator = _SEPARATOR.match(source, at)
    return separator.end() if separator else at


def _document(feed: _Object, items: tuple[RawEntry, ...], *, complete: bool) -> Document:
    detail = f"the document ends early, after {len(items)} whole items"
    own = feed.get("_aggregator")
    return Document(
        format="json",
        items=items,
        title=_string(feed, "title") or "",
        language=_string(feed, "language"),
        link=_string(feed, "home_page_url"),
        generator=_string(own, "generator") if isinstance(own, dict) else None,
        findings=() if complete else (Finding(name="truncated", detail=detail),),
    )


def _item(position: int, item: _Object) -> RawEntry:
    plain, markup = _string(item, "content_text"), _string(item, "content_html")
    contents = [RawText(value=markup, html=True)] if markup else []
    contents += [RawText(value=plain, html=False)] if plain and not markup else []
    title, summary = _string(item, "title"), _string(item, "summary")
    return RawEntry(
        position=position,
        guid=_string(item, "id"),
        guid_is_link=True,
        link=_string(item, "url") or _string(item, "external_url"),
        title=RawText(value=title, html=False) if title else None,
        summary=RawText(value=summary, html=False) if summary else None,
        contents=tuple(contents),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        authors=_authors(item),
        topics=_strings(item, "tags"),
        media=_media(item),
        language=_string(item, "language"),
    )


def _authors(item: _Object) -> tuple[str, ...]:
    """`authors` of 1.1, or the one `author` of 1.0."""
    single = item.get("author")
    found = _objects(item, "authors") or ([single] if isinstance(single, dict) else [])
    names = (_string(author, "name") for author in found)
    return tuple(name for name in names if name)


def _media(item: _Object) -> tuple[Media, ...]:
    images = (_string(item, "image"), _string(item, "banner_image"))
    pictures = [Media(url=url, medium="image") for url in images if url]
    for given in _objects(item, "attachments"):
        url, size = _string(given, "url"), _string(given, "size_in_bytes") or ""
        if url:
            length = int(size) if size.isdecimal() and len(size) <= 12 else None
            kind, title = _string(given, "mime_type"), _string(given, "title")
            pictures.append(Media(url=url, type=kind, title=title, length=length))
    return tuple(pictures)


def _string(of: _Object, key: str) -> str | None:
    value = of.get(key)
    return sendable(value).strip() or None if isinstance(value, str) else None


def _strings(of: _Object, key: str) -> tuple[str, ...]:
    value = of.get(key)
    found = value if isinstance(value, list) else ()
    return tuple(sendable(one).strip() for one in found if isinstance(one, str) and one.strip())


def _objects(of: _Object, key: str) -> list[_Object]:
    value = of.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
