"""One pass of expat over a document: whether it is sound, and where its items stand.

feedparser forgets what we need of an item: its bytes, its raw guid, the xml:base and xml:lang that
it inherits (its own `base` leaks from item to item, rule 113). It also takes the caption of a
picture (`media:description`) for the item's text; so captions are found here and cut out there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from hashlib import blake2b
from xml.parsers import expat

from aggregator.text import urls

MOST_ITEMS = 5_000
"""Closed items that are looked at: rule 39 knows feeds of so many. What follows is not parsed."""

MOST_DEPTH = 256
"""Elements inside each other; markup of people that is XML too was never seen to reach thirty."""

MOST_ELEMENTS = 5_000
"""Elements in one item: feedparser takes time with the square of some of them."""

MOST_OUTSIDE = 50_000
"""Elements in a row that are in no item: a wire's message has its hundred items in its own words"""

MOST_ATTRIBUTES = 500
"""Attributes of one element, for the same reason."""


Span = tuple[int, int]
"""The first byte and the byte after the last."""


class TooComplex(ValueError):
    """A document that would cost more than any feed is worth; the text says why."""


class _Enough(Exception):
    """Ends a pass from inside expat's calls."""


class Fault(Enum):
    """Why a document is not sound, by what can be done about it."""

    CUT = auto()  # it ends too early
    CROWD = auto()  # sound as far as we look
    TAIL = auto()  # something follows its end
    MALFORMED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One closed item: what it says of itself that feedparser does not tell.

    `span` is its bytes' place, `asides` are those of the captions inside it; `digest` is a hash of
    its bytes and of the tags around it, which lend it namespaces, xml:base and xml:lang. `base` is
    the xml:base in force, joined, perhaps relative, or "", `text_base` that of its text if it has
    one of its own; `caption` the first media:description.
    """

    span: Span
    asides: tuple[Span, ...]
    digest: str
    guid: str | None
    permalink: bool
    base: str
    text_base: str
    language: str | None
    caption: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What the pass found. `end` is the byte after the root element, or, for a cut document, after
    its last closed item; `closers` are the end tags that make it whole there. `lent` is a hash of
    what the channel says for all of its items: language, authors, page, rights.

    `tangled` says that feedparser lets one item change another: it keeps one meaning of a prefix
    for the whole document, takes `base` for xml:base and does not always forget it (rule 113), and
    forgets where it is in a feed inside an item. `lent` then holds all items as well."""

    items: tuple[Item, ...]
    lent: str
    fault: Fault | None
    detail: str
    end: int
    closers: str
    tangled: bool


_XML = "http://www.w3.org/XML/1998/namespace"
_BASE, _LANG = f"{_XML} base xml", f"{_XML} lang xml"
# In all its spellings: with and without the last slash, and even without `http:`.
_MEDIA = "search.yahoo.com/mrss"
_RDF_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
_ITEMS = frozenset({"item", "entry", "newsItem"})
_FEEDS = _ITEMS | {"channel", "feed", "rss", "RDF"}
_GUIDS = frozenset({"guid", "id"})
_TEXTS = frozenset({"content", "summary", "encoded", "description"})
# `name` is that of Atom's authors.
_LENT = frozenset(
    {"language", "author", "managingEditor", "creator", "name", "link", "rights", "copyright"}
)
_START_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
# Items stand below rss/channel, rdf:RDF, feed, newsMessage/itemSet, or (rarely) channel/items.
_MAX_ITEM_DEPTH = 3

_TAG_ENDS = (b">", b" ", b"\t", b"\r", b"\n")

_CUT_CODES = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_TAIL_CODE = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


def scan(data: bytes) -> Scan:
    """Scan a document in UTF-8 without DOCTYPE. Linear. Raises `TooComplex`."""
    scanner = _Scanner(data)
    fault, detail = None, ""
    try:
        scanner.run()
    except _Enough:
        fault = Fault.CROWD
    except expat.ExpatError as error:
        detail = str(error)
        fault = {_TAIL_CODE: Fault.TAIL}.get(error.code, Fault.MALFORMED)
        fault = Fault.CUT if error.code in _CUT_CODES else fault
    early = fault in (Fault.CUT, Fault.CROWD)
    return Scan(
        items=tuple(scanner.items),
        lent=_hash(repr(scanner.lent_by_all()).encode()),
        fault=fault,
        detail=detail,
        end=scanner.item_end if early else scanner.root_end,
        closers=scanner.item_closers if early else "",
        tangled=scanner.tangled,
    )


@dataclass(slots=True, kw_only=True)
class _Open:
    """An item whose end has not come yet."""

    start: int
    depth: int
    base: str
    language: str | None
    text_base: str = ""
    guid: str | None = None
    permalink: bool = True
    caption: str | None = None
    asides: list[Span] = field(default_factory=list)


class _Scanner:
    """The state of one pass."""

    def __init__(self, data: bytes) -> None:
        self.items: list[Item] = []
        self.lent: list[tuple[str, str]] = []
        self.tangled = False
        self.root_end = self.item_end = 0
        self.item_closers = ""
        self._data = data
        self._open: _Open | None = None
        self._stack: list[str] = []
        self._inherited: list[tuple[int, str, str | None]] = [(0, "", None)]
        self._around: list[bytes] = []  # hashes of start tags: of the open elements outside items
        self._aside: tuple[int, int] | None = None  # start, depth
        self._text: list[str] | None = None
        self._elements = 0
        self._meanings: dict[str | None, str | None] = {}
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._declare

    def run(self) -> None:
        self._parser.Parse(self._data, True)

    def lent_by_all(self) -> tuple[object, ...]:
        """What the channel lends, and all items if they change each other."""
        return (*self.lent, *(item.digest for item in self.items if self.tangled))

    def _declare(self, prefix: str | None, meaning: str | None) -> None:
        if prefix and self._meanings.setdefault(prefix, meaning) != meaning:
            self.tangled = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._stack.append(name)
        depth = len(self._stack)
        self._elements += 1
        if (
            depth > MOST_DEPTH
            or self._elements > MOST_ELEMENTS
            or len(attributes) > MOST_ATTRIBUTES
        ):
            self._bound(depth, len(attributes))
        if _BASE in attributes or _LANG in attributes:
            self._inherit(depth, attributes)
        if "base" in attributes:
            self.tangled = True
        item = self._open
        if item is None:
            self._outside(name, depth, attributes)
        elif self._aside is None:
            self._inside(item, name, depth, attributes)

    def _bound(self, depth: int, attributes: int) -> None:
        if depth > MOST_DEPTH:
            raise TooComplex(f"elements are nested more than {MOST_DEPTH} deep")
        if attributes > MOST_ATTRIBUTES:
            raise TooComplex(f"an element has more than {MOST_ATTRIBUTES} attributes")
        most = MOST_ELEMENTS if self._open else MOST_OUTSIDE
        if self._elements > most:
            place = "in one item" if self._open else "outside of items"
            raise TooComplex(f"there are more than {most:,} elements {place}")

    def _inherit(self, depth: int, attributes: dict[str, str]) -> None:
        _, base, language = self._inherited[-1]
        base = urls.join(base, attributes[_BASE]) if _BASE in attributes else base
        self._inherited.append((depth, base, attributes.get(_LANG, language)))

    def _outside(self, name: str, depth: int, attributes: dict[str, str]) -> None:
        local = _local(name)
        if depth <= _MAX_ITEM_DEPTH and local in _ITEMS:
            self._open_item(depth, attributes)
            return
        tag = _START_TAG.match(self._data, self._parser.CurrentByteIndex)
        self._around.append(blake2b(tag[0] if tag else b"", digest_size=8).digest())
        if local in _LENT:
            self._lend(local, attributes)

    def _lend(self, local: str, attributes: dict[str, str]) -> None:
        """Note what the channel lends; of links only its page: a feed's own address may change
        with every poll."""
        if attributes.get("rel", "alternate") == "alternate":
            self.lent.append((local, repr(sorted(attributes.items()))))
            self._collect()

    def _open_item(self, depth: int, attributes: dict[str, str]) -> None:
        _, base, language = self._inherited[-1]
        self._elements = 0
        self._collected()
        self._open = _Open(
            start=self._parser.CurrentByteIndex, depth=depth, base=base, language=language
        )
        about = next((v for k, v in attributes.items() if k.startswith(_RDF_ABOUT)), None)
        self._open.guid = about or None

    def _inside(self, item: _Open, name: str, depth: int, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local in _FEEDS:
            self.tangled = True
        if local == "description" and _MEDIA in name:
            self._aside = (self._parser.CurrentByteIndex, depth)
            self._collect()
        elif depth != item.depth + 1:
            return
        elif local in _GUIDS:
            item.permalink = attributes.get("isPermaLink", "true").strip().lower() == "true"
            self._collect()
        elif local == "language":
            self._collect()
        elif local in _TEXTS and _BASE in attributes:
            item.text_base = self._inherited[-1][1]

    def _collect(self) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def _collected(self) -> str:
        text = "".join(self._text or ()).strip()
        self._text = None
        self._parser.CharacterDataHandler = None
        return text

    def _end(self, name: str) -> None:
        depth = len(self._stack)
        item = self._open
        if item is not None:
            self._end_inside(item, name, depth)
        else:
            self._end_outside()
        if self._inherited[-1][0] == depth:
            self._inherited.pop()
        if depth == 1:
            self.root_end = self._tag_end()
        self._stack.pop()

    def _end_outside(self) -> None:
        self._around.pop()
        if self._text is not None:
            self.lent.append(("", self._collected()))

    def _end_inside(self, item: _Open, name: str, depth: int) -> None:
        if self._aside is not None:
            if self._aside[1] == depth:
                item.asides.append((self._aside[0], self._tag_end()))
                item.caption = item.caption or self._collected() or None
                self._aside = None
        elif depth == item.depth:
            self._close_item(item)
        elif self._text is not None and depth == item.depth + 1:
            text = self._collected() or None
            if _local(name) == "language":
                item.language = text or item.language
            else:
                item.guid = text or item.guid

    def _close_item(self, item: _Open) -> None:
        self.item_end = self._tag_end()
        around, span = b"".join(self._around), self._data[item.start : self.item_end]
        self.items.append(
            Item(
                span=(item.start, self.item_end),
                asides=tuple(item.asides),
                digest=_hash(around + span),
                guid=item.guid,
                permalink=item.permalink,
                base=item.base,
                text_base=item.text_base,
                language=item.language,
                caption=item.caption,
            )
        )
        self.item_closers = "".join(f"</{_raw(name)}>" for name in reversed(self._stack[:-1]))
        self._open = None
        self._elements = 0
        if len(self.items) == MOST_ITEMS:
            raise _Enough

    def _tag_end(self) -> int:
        """The byte after the element that ends: expat stands at its end tag, or after `<x/>`."""
        at = self._parser.CurrentByteIndex
        tag = f"</{_raw(self._stack[-1])}".encode()
        after = at + len(tag)
        closes = self._data.startswith(tag, at) and self._data[after : after + 1] in _TAG_ENDS
        return self._data.index(b">", after) + 1 if closes else at


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    """The local part of expat's `uri local prefix`, `uri local` or `local`."""
    parts = name.split(" ")
    return parts[1] if len(parts) > 1 else name


def _raw(name: str) -> str:
    """The name as it stood in the document."""
    parts = name.split(" ")
    return f"{parts[2]}:{parts[1]}" if len(parts) > 2 else parts[-1]


def without(data: bytes, spans: Iterable[Span]) -> bytes:
    """The bytes without the spans, which are in order and apart."""
    kept: list[bytes] = []
    at = 0
    for start, end in spans:
        kept.append(data[at:start])
        at = end
    return b"".join((*kept, data[at:]))
