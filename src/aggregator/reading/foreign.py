"""The names of formats that agencies send and we do not read: so that a refusal says what came.

Each is told from its first marks. A format that is read one day gets a parser beside `newsml` and
leaves this list.
"""

from __future__ import annotations

import re

_HEAD = 4000
_FORMATS = (
    ("NewsML 1", re.compile(r"<NewsML[\s>]")),
    ("NITF", re.compile(r"<nitf[\s>]|<!DOCTYPE\s+nitf\b")),
    ("a sitemap", re.compile(r"<(?:urlset|sitemapindex)[\s>]")),
    ("Ritzau's XML", re.compile(r"<RBNews[\s>]")),
    ("AP's Media API", re.compile(r'^\s*\{\s*"api_version"\s*:')),
    ("an OPML file", re.compile(r"<opml[\s>]", re.IGNORECASE)),
    ("ANPA 1312", re.compile(r"^\s*\x16")),
    ("IPTC 7901", re.compile(r"^\s*(?:\x01|ZCZC\b)")),
    ("an e-mail", re.compile(r"(?m)^MIME-Version: ")),
)
_BEGINNING = 60


def words(text: str) -> str:
    """What an operator is told of a body that is no feed."""
    head = text[:_HEAD]
    name = next((name for name, marks in _FORMATS if marks.search(head)), None)
    if name:
        return f"the body is {name}, which is not read"
    wanted = "RSS, Atom, JSON Feed, NewsML-G2 or ninjs"
    return f"the body is no {wanted}; it begins {text.strip()[:_BEGINNING]!r}"
