"""What a body is, told from its first marks: a feed, a page for people, or neither.

The media type is not asked: half of the world's feeds come as text/html or text/plain, and consent
walls come as application/xml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from aggregator.model.fetched import Why
from aggregator.text import html


class Form(Enum):
    """The forms of bodies that a reader tells apart."""

    XML = auto()
    NEWSML = auto()
    JSON = auto()
    PAGE = auto()
    EMPTY = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """`start` is where the feed's root element begins, past all that servers put before it."""

    form: Form
    start: int = 0


_ROOTS = {
    **dict.fromkeys(("rss", "rdf", "feed", "channel"), Form.XML),
    **dict.fromkeys(("newsmessage", "newsitem", "packageitem"), Form.NEWSML),
    **dict.fromkeys(("conceptitem", "knowledgeitem", "planningitem"), Form.NEWSML),
}
# What stands before a feed if a script of its server complained (rule 79), or on a page.
_PAGE_TAGS = frozenset(
    {"head", "body", "title", "meta", "link", "script", "style", "noscript", "base"}
    | {
        "br",
        "b",
        "strong",
        "i",
        "em",
        "p",
        "div",
        "span",
        "font",
        "center",
        "pre",
        "a",
        "hr",
        "img",
    }
    | {"h1", "h2", "h3", "table", "tr", "th", "td", "tbody", "ul", "li", "form", "input", "iframe"}
)
_MARK = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<!doctype\s+(?P<doctype>[\w.:-]+)[^\[>]*(?:\[.*?(?:\]\s*>|\Z))?"
    r"|<(?P<name>[a-z_][\w.:-]*)",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title(?:\s[^<>]{0,300})?>([^<]{0,300})</title", re.IGNORECASE | re.DOTALL)
# Signs of pages that stand where a feed should (rules 41 and 52), most telling first: what they are
# called, what they say, and what is in their address. A portal's home page has a login and a cookie
# banner as well, so words in its text count only if there is little else on it.
_SIGNS = (
    (
        Why.CHALLENGE,
        "challenge",
        re.compile(
            r"cf-chl|challenge-platform|cf-mitigated|just a moment|captcha|ddos protection"
            r"|attention required|verify you are|are you (?:a )?(?:human|robot)"
            r"|checking your browser",
            re.IGNORECASE,
        ),
        re.compile(r"/cdn-cgi/challenge|captcha", re.IGNORECASE),
    ),
    (
        Why.LOGIN,
        "login",
        re.compile(r"type\s*=\s*[\"']?password|\b(?:sign|log) ?in\b|\baccedi\b", re.I),
        re.compile(r"[/.](?:log-?in|sign-?in|sso|accedi)\b", re.IGNORECASE),
    ),
    (
        Why.CONSENT,
        "consent",
        re.compile(r"\bconsent|cookie[- ]?wall|\bgdpr\b|\bconsenso\b|iubenda", re.IGNORECASE),
        re.compile(r"//consent\.|[/.](?:cookie-?)?consent\b|/privacy-?wall", re.IGNORECASE),
    ),
)
_SHORT = 30_000
"""Characters of a page that has nothing else to say; the home pages of portals have ten times as
many, Cloudflare's challenge has 10,000."""


def sniff(text: str) -> Sniffed:
    """The form of a body. Linear in its length."""
    head = text.lstrip("\ufeff\u200b \t\r\n\0")
    if not head:
        return Sniffed(form=Form.EMPTY)
    if head[0] in "{[":
        return Sniffed(form=Form.JSON)
    on_page = False
    for mark in _MARK.finditer(text):
        name = (mark["name"] or "").rpartition(":")[2].lower()
        if name in _ROOTS:
            return Sniffed(form=_ROOTS[name], start=mark.start())
        if name == "html" or (mark["doctype"] or "").lower() == "html":
            return Sniffed(form=Form.PAGE)
        if name and name not in _PAGE_TAGS:
            break
        on_page = on_page or bool(name)
    return Sniffed(form=Form.PAGE if on_page else Form.OTHER)


def page(text: str, url: str = "") -> tuple[Why, str]:
    """The stable name of a page that came instead of a feed, and what an operator is told of it.

    `url` is the address that answered; redirects to a login or a consent wall show in it.
    """
    found = _TITLE.search(text)
    title = html.title(found[1], markup=True)[:100] if found else ""
    why, kind = _kind(text, title, url)
    named = f", titled “{title}”" if title else ""
    return why, f"a {f'{kind} page' if kind else 'page'} for people came instead of a feed{named}"


def _kind(text: str, title: str, url: str) -> tuple[Why, str]:
    said = text if len(text) <= _SHORT else title
    for why, kind, words, address in _SIGNS:
        if address.search(url) or words.search(said):
            return why, kind
    return Why.HTML_PAGE, ""
