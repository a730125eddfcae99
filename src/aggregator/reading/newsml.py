"""NewsML-G2, the wires' own XML: a newsItem, or a newsMessage that carries several.

On expat and ElementTree over text that `repair` has freed of its DOCTYPE, so that no entity is ever
expanded; catalogs and schemas are named in every document and never fetched. Names are compared
without their namespaces: agencies forget them inside bodies. Why not the IPTC's own package is in
docs/decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from xml.etree.ElementTree import Element, ParseError, XMLParser

from aggregator.model.entry import Media
from aggregator.model.reading import Finding, RawEntry, RawText
from aggregator.reading import wire
from aggregator.reading.parsed import Parsed
from aggregator.reading.repair import repaired
from aggregator.text import tokens

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What a subject may be that is no topic; `5` is how Reuters numbers places.
_NO_TOPICS = frozenset(
    {"person", "organisation", "geoarea", "poi", "object", "event", "subcat", "5"}
)
# Some wires write markup where they promise plain text.
_TAGGED = re.compile(r"</?(?:p|br|div|pre|table)\b", re.IGNORECASE)
_ROUTING = re.compile(r"[A-Z0-9\s]*[0-9][A-Z0-9\s]*")
_BY = re.compile(r"by\s+", re.IGNORECASE)
# NITF's names for what HTML knows under others; nh3 unwraps the rest.
_AS_HTML = {"block": "div", "body": "div", "body.content": "div", "hl1": "h1", "hl2": "h2"}
_VOID = frozenset({"br", "hr", "img"})
# A picture's parts are read as media, so they are no text here.
_NO_TEXT = frozenset({"media", "head", "script", "style"})
_ATTRIBUTES = ("href", "src", "alt", "colspan", "rowspan")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A newsItem: what it says, and of which kind it is: text, picture, video, ..."""

    raw: RawEntry
    kind: str


def parse(text: str) -> Parsed | None:
    """A text that begins with the root of a NewsML-G2 document; None if it cannot be mended."""
    mended = repaired(text)
    root = _tree(mended.body)
    if root is None and mended.complete:
        return None
    elements = _items(root) if root is not None else ()
    pieces = [_piece(element) for element in elements if _local(element) == "newsItem"]
    items = _with_pictures(pieces)
    findings: list[Finding] = [*mended.findings, *wire.skipped(len(elements) - len(pieces))]
    title = "" if root is None else _text(_first(_first(root, "header"), "sender"))
    return wire.parsed("newsml-g2", items, findings, title=title, complete=mended.complete)


def _tree(body: bytes) -> Element | None:
    parser = XMLParser()  # noqa: S314 - without DOCTYPE nothing expands
    try:
        parser.feed(body)
        root = parser.close()
    except ParseError:
        return None
    return root if isinstance(root, Element) else None


def _items(root: Element) -> tuple[Element, ...]:
    """The items of a message in order, or the one that the document is."""
    if _local(root) != "newsMessage":
        return (root,)
    return tuple(item for part in _children(root, "itemSet") for item in part)


def _with_pictures(pieces: list[_Piece]) -> Iterator[RawEntry]:
    """Pictures that came in one message with a single text belong to it; others stand alone."""
    texts = [piece for piece in pieces if piece.kind == "text"]
    pictures = [piece for piece in pieces if piece.kind == "picture"]
    if len(texts) != 1:
        return (yield from (piece.raw for piece in pieces))
    media = tuple(one for picture in pictures for one in picture.raw.media)
    for piece in pieces:
        if piece is texts[0]:
            yield replace(piece.raw, media=(*piece.raw.media, *media))
        elif piece not in pictures:
            yield piece.raw


def _piece(item: Element) -> _Piece:
    meta, content = _first(item, "itemMeta"), _first(item, "contentMeta")
    kind = wire.tail(_first(meta, "itemClass").get("qcode", "")).lower()
    headline = _headline(meta, content)
    summary = _summary(content, kind)
    body = _body(_first(item, "contentSet"), headline)
    created = _text(_first(meta, "versionCreated"))
    raw = RawEntry(
        position=0,
        guid=item.get("guid"),
        title=_plain(headline),
        summary=_plain(summary),
        contents=(body,) if body else (),
        published=_text(_first(meta, "firstCreated")) or created or None,
        updated=created or None,
        authors=_authors(content),
        topics=tuple(_topics(content, headline)),
        media=_media(item, caption=summary or headline, credit=_creditline(content)),
        language=_first(content, "language").get("tag") or item.get(_LANG),
        status=_status(_first(meta, "pubStatus")),
        embargo=_embargo(meta),
        urgency=_text(_first(content, "urgency")) or None,
        note="\n".join(filter(None, map(_text, _children(meta, "edNote")))) or None,
        credits=_credits(meta, content),
        version=item.get("version"),
    )
    return _Piece(raw=raw, kind=kind or "text")


def _headline(meta: Element, content: Element) -> str:
    """The main headline, else whatever else names the item."""
    lines = _children(content, "headline")
    mains = (line for line in lines if not _is_sub(line))
    named = (*mains, *lines, _first(meta, "title"), _first(content, "slugline"))
    return next((words for one in named if (words := _text(one))), "")


def _summary(content: Element, kind: str) -> str:
    """The abstract, else the second headline; captions speak for what is no text only."""
    said = _children(content, "description")
    abstracts = [
        one for one in said if kind != "text" or wire.tail(one.get("role", "")) != "caption"
    ]
    subs = [line for line in _children(content, "headline") if _is_sub(line)]
    return next((words for one in (*abstracts, *subs) if (words := _text(one))), "")


def _is_sub(line: Element) -> bool:
    return wire.tail(line.get("role", "")).lower().startswith("sub")


def _status(given: Element) -> str | None:
    return given.get("qcode") or given.get("uri") or given.get("literal") or _text(given) or None


def _embargo(meta: Element) -> str | None:
    """None without an embargo; "" for one without an end."""
    given = next(iter(_children(meta, "embargoed")), None)
    return None if given is None else _text(given)


def _credits(meta: Element, content: Element) -> tuple[str, ...]:
    """Whose text it is: the credit line, the source, who sent it."""
    sources = (one for one in _children(content, "infoSource") if _is_source(one))
    code = wire.tail(_first(meta, "provider").get("qcode", ""))
    provider = _name(_first(meta, "provider")) or (code if code.isalpha() else "")
    return tuple(filter(None, (_creditline(content), *map(_name, sources), provider)))


def _creditline(content: Element) -> str:
    return _text(_first(content, "creditline")).rstrip("-–— ")


def _is_source(given: Element) -> bool:
    return wire.tail(given.get("role", "source")).lower() == "source"


def _authors(content: Element) -> tuple[str, ...]:
    """The byline, else the creators whose names are names: wires sign with initials as well."""
    lines = [_text(line) for line in _children(content, "by")]
    creators = (_text(_first(one, "name")) for one in _children(content, "creator"))
    named = [name for name in creators if " " in name]
    return tuple(
        _BY.sub("", line, count=1) if _BY.match(line) else line for line in lines if line
    ) or tuple(named)


def _topics(content: Element, headline: str) -> Iterator[str]:
    """The names of subjects; codes without a name say nothing to a reader."""
    for subject in _children(content, "subject"):
        name = _name(subject)
        if (
            name
            and name != headline
            and wire.tail(subject.get("type", "")).lower() not in _NO_TOPICS
        ):
            yield name


def _body(contents: Element, headline: str) -> RawText | None:
    """The first content that has words: XHTML or NITF as HTML, else what stands as a text."""
    for given in _children(contents, "inlineXML"):
        body = _text_part(given)
        _drop_routing(body)
        if _text(body):
            return RawText(value=_markup(body, headline), html=True)
    for given in _children(contents, "inlineData"):
        kind = given.get("contenttype", "text/plain").lower()
        words = "".join(given.itertext()).strip()
        if words and kind.startswith("text/") and "encoding" not in given.attrib:
            return RawText(value=words, html="html" in kind or bool(_TAGGED.search(words)))
    return None


def _drop_routing(body: Element) -> None:
    """Take off the line of codes that ANSA's transmission leaves behind the last paragraph."""
    last = next(reversed(body), None)
    if last is not None and _ROUTING.fullmatch(last.tail or ""):
        last.tail = ""


def _text_part(given: Element) -> Element:
    """The element that holds the text alone: NITF's body.content, XHTML's body."""
    parts = list(given.iter())
    for wanted in ("body.content", "body"):
        found = next((part for part in parts if _local(part) == wanted), None)
        if found is not None:
            return found
    return given


def _markup(body: Element, headline: str) -> str:
    """The element as HTML, its headline left out. Needs no recursion, however deep it goes."""
    repeated = tokens.fold(headline)
    written: list[str] = []
    todo: list[Element | str] = [body]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            written.append(node)
        else:
            todo.extend(reversed(list(_opened(node, repeated))))
    return "".join(written)


def _opened(node: Element, repeated: str) -> Iterator[Element | str]:
    """An element as what stands in it, between its tags; nothing if it is no text."""
    local = _local(node)
    name = _AS_HTML.get(local, local)
    if local in _NO_TEXT or (name in ("h1", "h2") and tokens.fold(_text(node)) == repeated):
        return
    given = ((key, node.get(key)) for key in _ATTRIBUTES)
    kept = "".join(f' {key}="{escape(value)}"' for key, value in given if value)
    yield f"<{name}{kept}>"
    if name in _VOID:
        return
    yield escape(node.text or "", quote=False)
    for child in node:
        yield child
        yield escape(child.tail or "", quote=False)
    yield f"</{name}>"


def _media(item: Element, *, caption: str, credit: str) -> tuple[Media, ...]:
    """The item's own renditions, and the pictures in an NITF body."""
    remote = _children(_first(item, "contentSet"), "remoteContent")
    own = wire.renditions(_rendition(one) for one in remote)
    told = (replace(one, title=caption or None, credit=credit or None) for one in own)
    inside = (one for one in item.iter() if _local(one) == "media")
    return (*told, *(one for media in inside for one in _nitf_media(media)))


def _rendition(given: Element) -> Media:
    return Media(
        url=given.get("href", ""),
        type=given.get("contenttype"),
        medium=wire.medium(given.get("contenttype")) if given.get("href") else None,
        width=wire.whole(given.get("width")),
        height=wire.whole(given.get("height")),
        length=wire.whole(given.get("size")),
    )


def _nitf_media(media: Element) -> Iterable[Media]:
    caption, producer = _first(media, "media-caption"), _first(media, "media-producer")
    forms = (
        Media(
            url=one.get("source", ""),
            type=one.get("mime-type"),
            medium=wire.medium(one.get("mime-type") or media.get("media-type")),
            width=wire.whole(one.get("width")),
            height=wire.whole(one.get("height")),
        )
        for one in _children(media, "media-reference")
        if one.get("source")
    )
    found = wire.renditions(forms)
    return (replace(m, title=_text(caption) or None, credit=_text(producer) or None) for m in found)


def _plain(words: str) -> RawText | None:
    return RawText(value=words, html=False) if words else None


def _name(given: Element) -> str:
    """A name, else the literal that stands for one."""
    return _text(_first(given, "name")) or given.get("literal", "").strip()


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(of: Element, name: str) -> list[Element]:
    return [child for child in of if _local(child) == name]


def _first(of: Element, name: str) -> Element:
    """The first child of this name; an empty one where there is none."""
    return next(iter(_children(of, name)), Element(name))


def _text(element: Element) -> str:
    """All words in an element, white space folded."""
    return " ".join("".join(element.itertext()).split())
