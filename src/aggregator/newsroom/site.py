"""What the world's web server answers: a request and a moment in, a response out.

Conditional requests, HEAD and gzip are decided here and not in the socket's code, so that they can
be looked at without a socket.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from aggregator.newsroom import formats, pages, pictures
from aggregator.newsroom.issue import PICTURE_SIZE, PICTURE_TYPE, Issue
from aggregator.newsroom.outlets import Outlet
from aggregator.newsroom.world import World

_PICTURE = re.compile(r"/img/([a-z]{1,20}-\d{1,9})\.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request's head; header names in lower case, `path` without the query."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What goes out; `delay` is how long the server sits on it first."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: timedelta = timedelta()


def feed_of(world: World, path: str) -> Outlet | None:
    """The outlet whose feed this path is."""
    return next((outlet for outlet in world.roster if outlet.feed_path == path), None)


def answer(world: World, request: Request, at: datetime, base: str) -> Response:
    """The healthy answer at a moment; `base` is the server's address without a closing slash."""
    if request.method not in ("GET", "HEAD"):
        return _text(405, "only GET and HEAD", {"Allow": "GET, HEAD"})
    whole = _resource(world, request.path.rstrip("/") or "/", at, base)
    response = _conditional(request, _packed(request, whole)) if whole.status == 200 else whole
    if request.method == "GET":
        return response
    length = {"Content-Length": str(len(response.body))} if response.status != 304 else {}
    return replace(response, headers={**response.headers, **length}, body=b"")


def _resource(world: World, path: str, at: datetime, base: str) -> Response:
    if outlet := feed_of(world, path):
        return _feed(world, outlet, at, base)
    if picture := _PICTURE.fullmatch(path):
        body = pictures.png(picture[1], *PICTURE_SIZE)
        return _ok(PICTURE_TYPE, body, "public, max-age=86400, immutable")
    html = _html(world, path, at)
    if html is None:
        return _text(404, "no such page in this world")
    return _ok("text/html; charset=utf-8", html.encode(), "no-cache")


def _html(world: World, path: str, at: datetime) -> str | None:
    if path == "/":
        return pages.index(world, at)
    if outlet := world.outlet(path[1:]):
        return pages.front(outlet, world.listed(outlet.id, at), at)
    if item := world.page(path, at):
        return pages.article(item, at)
    return None


def _feed(world: World, outlet: Outlet, at: datetime, base: str) -> Response:
    changed = world.changed(outlet.id, at)
    issue = Issue(
        outlet=outlet, items=world.listed(outlet.id, at), at=at, changed=changed, base=base
    )
    media_type = f"{formats.MEDIA_TYPES[outlet.format]}; charset={outlet.encoding}"
    return _ok(media_type, formats.document(issue), "max-age=0", changed)


def _ok(media_type: str, body: bytes, cache: str, changed: datetime | None = None) -> Response:
    """A whole answer; `Last-Modified` only where it is known when the thing changed."""
    headers = {
        "Content-Type": media_type,
        "Cache-Control": cache,
        "ETag": f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        "Vary": "Accept-Encoding",
    }
    if changed:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    return Response(status=200, headers=headers, body=body)


def _text(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    return Response(status=status, headers={**kind, **(headers or {})}, body=f"{words}\n".encode())


def _packed(request: Request, response: Response) -> Response:
    """Gzipped if the client takes that and it is worth it; another coding is another ETag."""
    accepted = request.headers.get("accept-encoding", "")
    if "gzip" not in accepted or response.headers["Content-Type"] == PICTURE_TYPE:
        return response
    tag = response.headers["ETag"]
    headers = {**response.headers, "Content-Encoding": "gzip", "ETag": f'{tag[:-1]}-gzip"'}
    return replace(response, headers=headers, body=gzip.compress(response.body, 5, mtime=0))


def _conditional(request: Request, response: Response) -> Response:
    """304 where the client has it. The ETag decides; a date only where no tag was sent."""
    tags = request.headers.get("if-none-match")
    since = request.headers.get("if-modified-since")
    if tags is not None:
        known = response.headers["ETag"] in tags or tags == "*"
    else:
        known = _is_unchanged(since, response.headers.get("Last-Modified"))
    if not known:
        return response
    kept = ("Cache-Control", "ETag", "Last-Modified", "Vary")
    headers = {name: value for name, value in response.headers.items() if name in kept}
    return Response(status=304, headers=headers)


def _is_unchanged(since: str | None, changed: str | None) -> bool:
    if since is None or changed is None:
        return False
    try:
        return parsedate_to_datetime(since) >= parsedate_to_datetime(changed)
    except (ValueError, TypeError):
        return False
