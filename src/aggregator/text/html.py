"""Markup from strangers: made safe to show, or made plain text.

nh3 (html5ever's parser and an allow-list) decides what may stay; what it gives back is well-formed,
so the few repairs of ours work on its output by pattern and never on the source's own bytes. Its
time grows with the square of depth (100,000 nested `<div>`: 54 s), of the attributes of one tag
(30,000: 12 s) and of the characters U+0080 to U+00BF (400,000: 15 s), so what has more of any of
them than a page for people is taken as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import nh3

from aggregator.text import urls
from aggregator.text.characters import sendable

# What is longer is cut: the longest of 3,965 texts of real feeds has 190,858 characters.
MAX_LENGTH = 400_000
# An excerpt needs no more of a text than this, markup included.
_MAX_EXCERPT_SOURCE = 20_000
# Markup of fewer tags cannot nest deeply enough to matter (3,000 deep: 50 ms).
_MAX_UNCOUNTED = 3000
_MAX_DEPTH = 200
_MAX_ATTRIBUTES = 500
_MAX_MARKS = 20_000

_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div"),
    *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_TAGS = {
    *("p", "br", "hr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "a", "img"),
    *("em", "strong", "b", "i", "u", "s", "del", "ins", "mark", "sub", "sup", "small"),
    *("q", "cite", "abbr", "code", "time"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
# Taken out with all that is in them; everything else that is not allowed leaves its text behind.
_GONE = {
    *("script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "svg"),
    *("math", "button", "select", "textarea", "template", "noembed", "noframes"),
    *("title", "head", "video", "audio", "canvas", "map"),
}
# Rule 87: where scripts keep the address until the reader scrolls, best first.
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-url", "data-srcset")
_IMG = ("src", "srcset", "alt", "width", "height", *_LAZY)
_ATTRIBUTES = {
    "a": {"href"},
    "img": set(_IMG),
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "time": {"datetime"},
}

_Filter = Callable[[str, str, str], str | None]

_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*+)>')
_CUT_TAG = re.compile(r"<(?:/|/?[a-zA-Z][^<>]*)\Z")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_EMPTY_LINK = re.compile(r"<a(?: rel=\"[^\"]*\")?></a>")
# Pictures inside the markup itself: never shown, and large.
_EMBEDDED = re.compile(r"data:[\w/+.-]+[;,][^\s\"'<>]{200,}")
# Those whose first byte is that of a no-break space, which nh3 looks for to escape it.
_MARK = re.compile("[\u0080-\u00bf]")
_OPENS_TAG = re.compile(r"<[a-zA-Z]")
_OPENS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr")
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")
# What no writer of plain text means: an end tag, or one of the tags that have none.
_SURE_TAG = re.compile(r"</[a-zA-Z][a-zA-Z0-9]*\s*>|<w?br\s?/?>|<img\s[^<>]*>", re.IGNORECASE)
# What a page shows to those without scripts: the parser, which takes us to have them, would make it
# text with all its tags. After a lazy picture it is the same picture (rule 87).
_NOSCRIPT = re.compile(
    r"(<img\s[^<>]*>\s*)?<noscript(?:\s[^<>]*)?>(.*?)(?:</noscript\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_DANGLING = " ,;:.-–—(«“\"'"
_BLANK_LINES = re.compile(r"\n\s*\n")


def clean(markup: str, base: str = "") -> str:
    """The markup as it may be shown; a fragment of well-formed HTML, or "".

    Only the allow-list stays. Links lead to http, https or mailto; pictures to http(s), lazy ones
    repaired and tracking pixels dropped (rule 87); relative addresses are resolved against `base`
    and dropped if they cannot be. Idempotent on what it returned.
    """
    source = _source(markup)
    safe = "" if _is_trap(source) else _safe(_safe(source, _resolver(base)))
    if not safe or len(safe) > 2 * MAX_LENGTH:  # unclosed formatting multiplies in every block
        return from_plain(text(source))
    shown = _TAG.sub(_repaired, safe) if "<img" in safe else safe
    return sendable(_EMPTY_LINK.sub("", shown)).strip()


def _source(markup: str) -> str:
    """What the parser gets of a markup."""
    source = _EMBEDDED.sub("", sendable(markup[:MAX_LENGTH]))
    return _NOSCRIPT.sub(_for_all, source)


def _for_all(match: re.Match[str]) -> str:
    """What a noscript element shows, unless a script shows it in the picture before."""
    before, shown = match[1] or "", match[2]
    return before if any(name in before for name in _LAZY) else before + shown


def _safe(source: str, resolve: _Filter | None = None) -> str:
    """One pass of the allow-list. What it unwraps and moves out of tables nests anew for the next
    parser, so that only the second pass gives what every later one will give."""
    return nh3.clean(
        source,
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        attribute_filter=resolve,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def text(markup: str) -> str:
    """The plain text of markup: entities decoded once, blocks apart, white space folded."""
    source = _source(markup)
    if "<" not in source:
        return fold_space(html.unescape(source))
    if _is_trap(source):
        return fold_space(html.unescape(_CUT_TAG.sub("", _TAG.sub(" ", source))))
    bare = nh3.clean(source, tags=_BLOCKS, clean_content_tags=_GONE, attributes={})
    return fold_space(html.unescape(_TAG.sub(" ", bare)))


def title(value: str, *, markup: bool) -> str:
    """The plain text of a title. Its entities are decoded twice at most (rule 84).

    One with a sure tag in it is markup whatever it was declared (rule 85): feedparser calls a title
    with a script in it plain, and readers of RSS take titles for HTML.
    """
    plain = text(value) if markup else fold_space(value)
    if _ENTITY.search(plain):
        plain = text(plain) if markup else fold_space(html.unescape(plain))
    return text(plain) if _SURE_TAG.search(plain) else plain


def excerpt(plain: str, limit: int) -> str:
    """The first `limit` characters of a plain text, cut after a whole word, with an ellipsis."""
    if len(plain) <= limit:
        return plain
    head, space, _ = plain[:limit].rpartition(" ")
    whole = head if space and len(head) > limit // 2 else plain[: limit - 1]
    return whole.rstrip(_DANGLING) + "…"


def head_text(markup: str) -> str:
    """The plain text of the beginning of markup, enough for an excerpt."""
    return text(markup[:_MAX_EXCERPT_SOURCE])


def from_plain(plain: str) -> str:
    """A plain text as HTML: escaped, a paragraph for each block between blank lines."""
    blocks = (" ".join(block.split()) for block in _BLANK_LINES.split(plain[:MAX_LENGTH]))
    return "".join(f"<p>{html.escape(block, quote=False)}</p>" for block in blocks if block)


def images(cleaned: str) -> tuple[str, ...]:
    """The addresses of the pictures in markup that `clean` returned, in order."""
    found = (_attributes(m[3]).get("src", "") for m in _TAG.finditer(cleaned) if m[2] == "img")
    return tuple(html.unescape(address) for address in found if address)


def fold_space(value: str) -> str:
    """White space of every kind made single spaces, and what XML cannot carry dropped."""
    return " ".join(sendable(value).replace("\u00ad", "").replace("\u200b", "").split())


def _is_trap(source: str) -> bool:
    return _too_deep(source) or _too_crowded(source) or _too_marked(source)


def _too_marked(source: str) -> bool:
    """Whether there are more of the characters that cost nh3 a look at all that is left."""
    return len(source) > _MAX_MARKS and len(_MARK.findall(source)) > _MAX_MARKS


def _too_crowded(source: str) -> bool:
    """Whether one tag has more attributes than our bound. White space, slashes and quotes part
    attributes; a `>` may stand inside quotes, so an odd number of them keeps the tag open."""
    is_open = False
    for run in source.split(">"):
        start = 0 if is_open else _tag_start(run)
        tag = run[start:]
        if len(tag) > _MAX_ATTRIBUTES:
            marks = tag.count("/") + tag.count('"') + tag.count("'")
            if len(tag.split(None, _MAX_ATTRIBUTES)) + marks > _MAX_ATTRIBUTES:
                return True
        is_open = tag.count('"') % 2 == 1 or tag.count("'") % 2 == 1
    return False


def _tag_start(run: str) -> int:
    match = _OPENS_TAG.search(run)
    return match.start() if match else len(run)


def _too_deep(source: str) -> bool:
    """Whether elements nest deeper than our bound; closing tags count whatever they close."""
    if source.count("<") <= _MAX_UNCOUNTED:
        return False
    depth = 0
    for match in _OPENS.finditer(source):
        if match[2].lower() in _VOID:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > _MAX_DEPTH and match[2].lower() not in ("p", "li"):
            return True
    return False


def _resolver(base: str) -> _Filter:
    def resolve(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            is_mail = value.strip().lower().startswith("mailto:")
            return value.strip() if is_mail else urls.absolute(value, base) or None
        if attribute == "srcset" or attribute.endswith("srcset"):
            return urls.absolute(_widest(value), base) or None
        if tag == "img" and (attribute == "src" or attribute in _LAZY):
            return urls.absolute(value, base) or None
        return value

    return resolve


def _widest(srcset: str) -> str:
    """The last candidate that a srcset lists, mostly the widest."""
    candidates = [part.split() for part in re.split(r",\s+", srcset.strip()) if part.strip()]
    return candidates[-1][0] if candidates else ""


def _repaired(match: re.Match[str]) -> str:
    """One `<img>` of nh3's output with its real address, or nothing for a pixel."""
    if match[2] != "img":
        return match[0]
    given = _attributes(match[3])
    source = next((given[name] for name in (*_LAZY, "src", "srcset") if given.get(name)), "")
    if not source or _is_pixel(given):
        return ""
    kept = [("src", source), *((n, given[n]) for n in ("alt", "width", "height") if n in given)]
    return "<img " + " ".join(f'{name}="{value}"' for name, value in kept) + ">"


def _attributes(markup: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(markup))


def _is_pixel(given: dict[str, str]) -> bool:
    sides = (given.get(side, "").strip().removesuffix("px") for side in ("width", "height"))
    return any(side in ("0", "1") for side in sides)
