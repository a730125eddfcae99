"""What servers break in XML, mended, so that one stray `&` does not cost a document.

Sound documents pass through untouched but for their head: declarations, DOCTYPE, style sheets and
what scripts print before them go (rules 79, 91, 115). Entities that a DOCTYPE defined thereby stay
text and nothing is ever expanded or fetched. Mending stops at one try; what is still not sound goes
to feedparser's loose parser, shorn of an unclosed last item, which must never be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5

from aggregator.model.reading import Finding
from aggregator.reading.scan import MOST_OUTSIDE, Fault, Item, Scan, TooComplex, scan
from aggregator.text.characters import sendable


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """`body` in UTF-8, without head. `items` is None if `body` is not well-formed even now, and
    `lent`, a hash of what its channel lends to them, is then "".

    `complete` is False if the document ended too early; `body` then holds its closed items alone.
    """

    body: bytes
    items: tuple[Item, ...] | None
    lent: str
    complete: bool
    findings: tuple[Finding, ...]
    tangled: bool = False
    """Whether what one item says may change another, as in `Scan`."""


_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKS = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<\?.*?(?:\?>|\Z)"
    r"|&(?:#(?P<decimal>\d{1,7});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>[a-zA-Z]\w{0,31});)?",
    re.DOTALL,
)
_PREFIX = re.compile(r"[<\s]/?([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(r"\bxmlns:([A-Za-z_][\w.-]*)\s*=")
# White space in a namespace's name is always an accident, and expat takes none.
_NAMESPACE = re.compile(r"""\b(xmlns(?::[\w.-]+)?\s*=\s*)("[^"<]*"|'[^'<]*')""")
_ROOT_NAME = re.compile(r"<[^\s/>]+")
# Prefixes that feeds use without declaring them; others get a name that means nothing.
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_OPENING = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|(<)", re.DOTALL)
# More prefixes that nobody declared are no accident.
_MOST_PREFIXES = 500
_LAST_CLOSED = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(r"</(?:[\w.-]+:)?(?:rss|rdf|feed)\s*>", re.IGNORECASE)


def repaired(text: str) -> Repaired:
    """The document that a text beginning with a feed's root element was meant to be."""
    sound = sendable(text)
    data = sound.encode()
    found = scan(data)
    if found.fault is not Fault.MALFORMED:
        return _settled(data, found, ())
    detail = found.detail
    mended = _mended(sound)
    data = mended.encode()
    found = scan(data)
    if found.fault is not Fault.MALFORMED:
        return _settled(data, found, (Finding(name="mended", detail=detail),))
    return _loose(mended, found.detail)


def _settled(data: bytes, found: Scan, findings: tuple[Finding, ...]) -> Repaired:
    cut = found.fault is Fault.CUT
    if cut:
        findings = (*findings, _truncated(len(found.items)))
    return Repaired(
        body=data[: found.end] + found.closers.encode() if found.fault else data,
        items=found.items,
        lent=found.lent,
        complete=not cut,
        findings=findings,
        tangled=found.tangled,
    )


def _loose(text: str, detail: str) -> Repaired:
    """A document beyond mending; what follows its last closed item goes unless its root closes.

    Raises `TooComplex`: the loose parser takes 50 us for each mark, and no bound of the scan holds.
    """
    if sum(1 for found in _OPENING.finditer(text) if found[1]) > MOST_OUTSIDE:
        raise TooComplex(f"there are more than {MOST_OUTSIDE:,} marks in a broken document")
    findings: tuple[Finding, ...] = (Finding(name="not-well-formed", detail=detail),)
    complete = _ROOT_END.search(text) is not None
    if not complete:
        closed = list(_LAST_CLOSED.finditer(text))
        text = text[: closed[-1].end()] if closed else ""
        findings = (*findings, _truncated(len(closed)))
    return Repaired(body=text.encode(), items=None, lent="", complete=complete, findings=findings)


def _truncated(closed: int) -> Finding:
    return Finding(name="truncated", detail=f"the document ends early, after {closed} whole items")


def _mended(text: str) -> str:
    """Bare ampersands, unknown entities, forbidden references, comments, namespaces."""
    return _with_prefixes(_NAMESPACE.sub(_solid, _MARKS.sub(_mark, text)))


def _solid(match: re.Match[str]) -> str:
    return match[1] + "".join(match[2].split())


def _mark(match: re.Match[str]) -> str:
    whole = match[0]
    if whole.startswith("<!["):
        return whole
    if whole[0] == "<":
        return ""
    if match["name"]:
        return _entity(match["name"])
    if match["decimal"] or match["hex"]:
        return _reference(int(match["decimal"] or match["hex"], 10 if match["decimal"] else 16))
    return f"&amp;{whole[1:]}"


def _entity(name: str) -> str:
    """A named entity as XML can say it (rule 83); one that HTML does not know stays text."""
    if name in _XML_ENTITIES:
        return f"&{name};"
    known = html5.get(f"{name};")
    return "".join(f"&#{ord(c)};" for c in known) if known else f"&amp;{name};"


def _reference(code: int) -> str:
    """A numeric reference, or nothing for what XML cannot carry (rules 82 and 90)."""
    return f"&#{code};" if code <= 0x10FFFF and sendable(chr(code)) else ""


def _with_prefixes(text: str) -> str:
    """The text with every namespace prefix that it uses declared in its root."""
    lost = sorted({*_PREFIX.findall(text)} - {*_DECLARED.findall(text), "xml", "xmlns"})
    root = _ROOT_NAME.match(text)
    if not lost or not root or len(lost) > _MOST_PREFIXES:
        return text
    named = (' xmlns:{}="{}"'.format(p, _NAMESPACES.get(p, "urn:undeclared:" + p)) for p in lost)
    return f"{root[0]}{''.join(named)}{text[root.end() :]}"
