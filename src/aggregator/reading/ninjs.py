"""ninjs 1.x, 2.x and 3.x: the wires' JSON, one item, a list of them, or a list inside an envelope.

The versions differ in spelling: 1.x puts roles into keys (`body_xhtml`) and associations into a
mapping, 2.x has lists of values with roles, 3.x writes their keys in camel case. Keys are folded to
lower case, and each field is looked for under all its names, so that agencies that mix versions are
read as well (https://iptc.org/standards/ninjs/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from aggregator.model.entry import Media
from aggregator.model.reading import RawEntry, RawText
from aggregator.reading import wire
from aggregator.reading.parsed import Parsed
from aggregator.text.characters import sendable

_Object = dict[str, Any]

# What a ninjs item may be that is news; planning items and events are in 3.x beside it.
_NEWS = frozenset({"text", "picture", "graphic", "audio", "video", "composite", "advisory"})
# One of these shows that an object with a `uri` is an item and not a person or a place.
_MARKS = frozenset(
    {"headline", "headlines", "versioncreated", "pubstatus", "type", "title", "bodies", "body_text"}
)
# What stands among descriptions and says nothing of the item itself.
_ASIDES = frozenset({"creditline", "writer", "usageterms", "rights"})
_TEXTS = frozenset({"text/plain", "text", "plain"})
_LISTS = ("item", "items")
# No status that a standard names, so that the item is held back.
_UNREADABLE = "unreadable"


def _folded(pairs: list[tuple[str, Any]]) -> _Object:
    return {key.lower(): value for key, value in pairs}


_DECODER = json.JSONDecoder(
    object_pairs_hook=_folded, parse_int=str, parse_float=str, parse_constant=str, strict=False
)


def parse(text: str) -> Parsed | None:
    """Items of ninjs; None if the text is other JSON, cut JSON, or none."""
    try:
        found = _DECODER.decode(text.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None
    given = _given(found)
    if not given or not all(_is_item(one) for one in given):
        return None
    news = [one for one in given if _string(one, "type") in (*_NEWS, None)]
    return wire.parsed("ninjs", map(_item, news), wire.skipped(len(given) - len(news)))


def _given(found: Any) -> list[_Object]:
    """The items of a document, whatever they are wrapped in."""
    if isinstance(found, dict):
        wrapped = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
        found = [found] if wrapped is None else wrapped
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_item(one: _Object) -> bool:
    return bool(_string(one, "uri") or _string(one, "guid")) and not _MARKS.isdisjoint(one)


def _item(item: _Object) -> RawEntry:
    created = _string(item, "versioncreated")
    headline = _main(item, "headline") or _string(item, "title") or _string(item, "name")
    title = headline or _string(item, "slugline")
    body = _text(item, "body", "bodies")
    return RawEntry(
        position=0,
        guid=_string(item, "uri") or _string(item, "guid"),
        title=RawText(value=title, html=False) if title else None,
        summary=_text(item, "description", "descriptions"),
        contents=(body,) if body else (),
        published=_string(item, "firstcreated") or _string(item, "contentcreated") or created,
        updated=created,
        authors=tuple(filter(None, (_string(item, "byline") or _string(item, "by"),))),
        topics=tuple(_names(item, "subject", "subjects")),
        media=tuple(_media(item)),
        language=_string(item, "language"),
        status=_guarded(item, "pubstatus", unreadable=_UNREADABLE),
        embargo=_guarded(item, "embargoed", unreadable=""),
        urgency=_string(item, "urgency"),
        note=_string(item, "ednote"),
        credits=_credits(item),
        version=_string(item, "version"),
    )


def _guarded(item: _Object, key: str, *, unreadable: str) -> str | None:
    """What holds an item back; `unreadable` for what is there and no text (rule 75)."""
    value = item.get(key)
    is_said = value not in (None, False, "") and not isinstance(value, str)
    return unreadable if is_said else _string(item, key)


def _main(item: _Object, key: str) -> str | None:
    """A text that 2.x and 3.x give as a list of roles: the main one, else the first."""
    listed = _objects(item, f"{key}s")
    mains = (one for one in listed if _string(one, "role") in ("main", None))
    found = (_string(one, "value") for one in (*mains, *listed))
    return _string(item, key) or next((words for words in found if words), None)


def _text(item: _Object, key: str, plural: str) -> RawText | None:
    """HTML before plain text; captions and XML of other formats are passed over."""
    for role in ("xhtml", "html", "html5"):
        if words := _string(item, f"{key}_{role}"):
            return RawText(value=words, html=True)
    if words := _string(item, f"{key}_text"):
        return RawText(value=words, html=False)
    listed = [one for one in _objects(item, plural) if _string(one, "role") not in _ASIDES]
    texts = [text for one in listed if (text := _listed(one))]
    return next((text for text in texts if text.html), texts[0] if texts else None)


def _listed(given: _Object) -> RawText | None:
    kind = (_string(given, "contenttype") or "text/plain").lower()
    words = _string(given, "value")
    if not words or words.startswith("<?xml") or not (kind in _TEXTS or "html" in kind):
        return None
    return RawText(value=words, html="html" in kind)


def _credits(item: _Object) -> tuple[str, ...]:
    """Whose text it is: its credit line, its source, who holds the rights."""
    sources = (_string(one, "name") for one in _objects(item, "infosources"))
    said = (_string(item, key) for key in ("creditline", "source"))
    return tuple(filter(None, (*said, *sources, _string(item, "copyrightholder"))))


def _media(item: _Object) -> Iterator[Media]:
    """The item's own renditions, then those of the pictures, sounds and films that belong to it."""
    for one in (item, *_several(item, "associations")):
        told = _text(one, "description", "descriptions")
        caption = told.value if told else _main(one, "headline")
        credit = _string(one, "byline") or _string(one, "by") or next(iter(_credits(one)), None)
        forms = (_rendition(form, _string(one, "type")) for form in _several(one, "renditions"))
        for media in wire.renditions(forms):
            yield replace(media, title=caption, credit=credit)


def _rendition(form: _Object, kind: str | None) -> Media:
    media_type = _string(form, "contenttype") or _string(form, "mimetype")
    named = "image" if kind in ("picture", "graphic") else None
    return Media(
        url=_string(form, "href") or "",
        type=media_type,
        medium=(wire.medium(media_type) or named) if _string(form, "href") else None,
        width=wire.whole(_string(form, "width")),
        height=wire.whole(_string(form, "height")),
        length=wire.whole(_string(form, "sizeinbytes")),
    )


def _names(item: _Object, *keys: str) -> Iterable[str]:
    found = (_string(one, "name") for key in keys for one in _objects(item, key))
    return (name for name in found if name)


def _several(of: _Object, key: str) -> list[_Object]:
    """The objects of a list, or of a mapping from names (1.x)."""
    value = of.get(key)
    members = list(value.values()) if isinstance(value, dict) else value
    return [one for one in members if isinstance(one, dict)] if isinstance(members, list) else []


def _objects(of: _Object, key: str) -> list[_Object]:
    value = of.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _string(of: _Object, key: str) -> str | None:
    value = of.get(key)
    return sendable(value).strip() or None if isinstance(value, str) else None
