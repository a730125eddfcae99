"""From bytes in all codings to the response that this request asked for.

Every answer, also 304, 404 and 503, carries the same CORS and Vary headers (rule 95): a shared
cache keeps whichever comes first for all.
"""

from __future__ import annotations

from flask import Response, request

from aggregator.serving.web import negotiate
from aggregator.serving.web.coded import Coded, page, tag

# A minute keeps a burst of readers at one request a minute and cache; feeds are polled no faster.
SHORT = "public, max-age=60, s-maxage=60, stale-while-revalidate=30"
NEVER = "no-store"
HTML = "text/html; charset=utf-8"
FOREVER = "public, max-age=31536000, immutable"


def send(coded: Coded, cache: str, status: int = 200) -> Response:
    """200 (or `status`) with the body in the best coding, or 304 if the reader has it."""
    wanted = negotiate.coding(request.accept_encodings)
    coding = wanted if wanted in coded.bodies else ""
    if status == 200 and _unchanged(coded):
        response = Response(status=304)
        response.headers.pop("Content-Type", None)
    else:
        response = Response(coded.bodies[coding], status, content_type=coded.media_type)
        if coding:
            response.headers["Content-Encoding"] = coding
    response.headers["Cache-Control"] = cache
    response.set_etag(tag(coded.etag, coding))
    if coded.last_modified:
        response.last_modified = coded.last_modified
    return response


def send_page(coded: Coded, cache: str, status: int = 200) -> Response:
    """An HTML page; its language was negotiated, so caches must tell readers' languages apart."""
    response = send(coded, cache, status)
    response.vary.add("Accept-Language")
    return response


def text(words: str, status: int = 200, cache: str = NEVER) -> Response:
    """A line of plain text."""
    return send(page(f"{words}\n".encode(), "text/plain; charset=utf-8"), cache, status)


def redirect(location: str) -> Response:
    """301 to an address of ours, as a path: it holds whatever name the reader knows us by."""
    response = Response(f"{location}\n", 301, content_type="text/plain; charset=utf-8")
    response.headers["Location"] = location
    response.headers["Cache-Control"] = SHORT
    return response


def _unchanged(coded: Coded) -> bool:
    return negotiate.unchanged(
        request.if_none_match, request.if_modified_since, coded.etags, coded.last_modified
    )
