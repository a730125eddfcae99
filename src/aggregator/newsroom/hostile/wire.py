"""What goes wrong before a document is there: redirects, headers, lines, codings, statuses.

The bombs are made of blocks that repeat, not packed here: a gigabyte would take seconds to pack.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable

from aggregator.newsroom.hostile.attack import (
    Act,
    Attack,
    Call,
    answer,
    document,
    drip,
    flood,
    head,
    made,
    page,
    reset,
    send,
    silence,
)
from aggregator.newsroom.hostile.feeds import FEED, feed

_MEGA = 1024 * 1024
_FOR_EVER = "9" * 12


def _to(location: str, status: int = 302) -> Act:
    return answer(status, Location=location)


async def _endless(call: Call) -> None:
    """Each address redirects to the next."""
    location = f"{call.base}/feed/{call.count}"
    await send(call, (head(302, Location=location, Content_Length="0"),))


async def _one_hop(call: Call) -> None:
    """The feed's address redirects to a page, which says 200."""
    if call.path == "/feed":
        await send(call, (head(302, Location="/login", Content_Length="0"),))
    else:
        await page(b"<!doctype html><title>Login</title><input type='password'>")(call)


async def _two_hundred_megabytes(call: Call) -> None:
    await send(call, (head(200, Content_Length=str(200 * _MEGA)), *([b" " * _MEGA] * 200)))


async def _cut(call: Call) -> None:
    """Half of the body that was promised, and the line is closed."""
    await send(call, (head(200, Content_Length=str(len(FEED))), FEED[: len(FEED) // 2]))


async def _without_last_chunk(call: Call) -> None:
    chunk = b"%x\r\n%b\r\n" % (len(FEED), FEED)
    await send(call, (head(200, Transfer_Encoding="chunked"), chunk))


async def _more_than_promised(call: Call) -> None:
    await send(call, (head(200, Content_Length=str(len(FEED) - 10)), FEED))


async def _nothing(call: Call) -> None:
    """The line is closed without a word."""


async def _not_modified(call: Call) -> None:
    """A first document, and 304 for ever after, whatever is asked."""
    if call.count == 1:
        await document(lambda: FEED, ETag='"for-ever"')(call)
    else:
        await send(call, (head(304, ETag='"for-ever"'),))


REDIRECTS = (
    Attack(name="redirect-loop", result="too-many-redirects", act=_to("/feed")),
    Attack(name="redirect-loop-for-good", result="too-many-redirects", act=_to("/feed", 301)),
    Attack(name="redirect-without-end", result="too-many-redirects", act=_endless),
    Attack(name="redirect-to-nowhere", result="bad-redirect", act=answer(302)),
    Attack(name="redirect-to-nonsense", result="bad-redirect", act=_to("http://[")),
    Attack(name="redirect-to-file", result="bad-redirect", act=_to("file:///etc/passwd")),
    Attack(name="redirect-to-script", result="bad-redirect", act=_to("javascript:alert(1)")),
    Attack(name="redirect-to-data", result="bad-redirect", act=_to("data:text/xml,<rss/>")),
    Attack(name="redirect-to-ftp", result="bad-redirect", act=_to("ftp://127.0.0.1/feed")),
    Attack(name="redirect-to-login", result="login-page", act=_one_hop),
    Attack(name="redirect-to-multicast", result="unreachable", act=_to("http://224.0.0.1/")),
    Attack(
        name="this-very-machine",
        result="forbidden-address",
        act=document(lambda: FEED),
        guarded=True,
    ),
)

HEADERS = (
    Attack(
        name="header-line-of-a-megabyte",
        result="too-large",
        act=made(lambda _: head(200, X_Long="x" * _MEGA)),
    ),
    Attack(
        name="header-line-without-end",
        result="too-large",
        act=flood(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 4096),
    ),
    Attack(
        name="headers-without-end",
        result="too-large",
        act=flood(b"HTTP/1.1 200 OK\r\n", b"X-Another: one\r\n" * 256),
    ),
    Attack(
        name="status-line-without-end", result="too-large", act=flood(b"HTTP/1.1 200 ", b"o" * 4096)
    ),
    Attack(
        name="headers-by-drops", result="timeout", act=drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")
    ),
    Attack(
        name="continue-for-ever", result="timeout", act=drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    ),
    Attack(
        name="not-http", result="bad-status", act=made(lambda _: b"SSH-2.0-OpenSSH_9.9\r\n\r\n")
    ),
    Attack(
        name="two-lengths",
        result="bad-status",
        act=made(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
    ),
    Attack(
        name="length-below-nothing",
        result="bad-status",
        act=made(lambda _: head(200, Content_Length="-1") + FEED),
    ),
    Attack(
        name="date-of-2041",
        result="fetched",
        act=document(lambda: FEED, Last_Modified="Thu, 14 Mar 2041 09:00:00 GMT"),
    ),
    Attack(
        name="fresh-for-decades",
        result="fetched",
        act=document(lambda: FEED, Cache_Control="max-age=1000000000"),
    ),
)

LINES = (
    Attack(name="never-answers", result="timeout", act=silence),
    Attack(name="closes-at-once", result="unreachable", act=_nothing),
    Attack(name="resets-at-once", result="unreachable", act=reset(b"")),
    Attack(name="resets-in-headers", result="unreachable", act=reset(b"HTTP/1.1 200 OK\r\nA:")),
    Attack(
        name="body-by-drops", result="timeout", act=drip(head(200, Content_Length="9999"), b" ")
    ),
    Attack(
        name="chunks-by-drops",
        result="timeout",
        act=drip(head(200, Transfer_Encoding="chunked"), b"1\r\n \r\n"),
    ),
    Attack(name="body-never-comes", result="timeout", act=drip(head(200, Content_Length="9"), b"")),
    Attack(
        name="body-without-end", result="too-large", act=flood(head(200) + b"<rss>", b" " * 65536)
    ),
    Attack(name="body-of-200-megabytes", result="too-large", act=_two_hundred_megabytes),
    Attack(name="cut-body", result="fetched", act=_cut, finding="truncated"),
    Attack(name="without-last-chunk", result="fetched", act=_without_last_chunk),
    Attack(name="more-than-promised", result="bad-status", act=_more_than_promised),
)


def _packed(coding: str, body: Callable[[], bytes]) -> Act:
    return document(body, Content_Encoding=coding)


def _deflate_bomb(window_bits: int) -> bytes:
    """A gigabyte of nothing in one megabyte; every block stands alone, so it may be repeated."""
    press = zlib.compressobj(9, zlib.DEFLATED, window_bits)
    first = press.compress(bytes(_MEGA)) + press.flush(zlib.Z_FULL_FLUSH)
    block = press.compress(bytes(_MEGA)) + press.flush(zlib.Z_FULL_FLUSH)
    return first + block * 1023 + press.flush()


def _brotli_bomb() -> bytes:
    """A gigabyte in 900 bytes: a stream's beginning, and 63 times what adds 16 MB to it."""
    first = bytes.fromhex("cfffff7f002400e2b14072efff0d")
    return first + bytes.fromhex("fcffff074002200e0b40f7fedf00") * 63 + b"\x03"


def _zstd_bomb() -> bytes:
    """RFC 8878: a frame of run-length blocks, each four bytes for 128 KB."""
    block = struct.pack("<I", (128 * 1024 << 3) | 0b010)[:3] + b" "
    last = struct.pack("<I", (128 * 1024 << 3) | 0b011)[:3] + b" "
    return bytes.fromhex("28b52ffd0058") + block * 8191 + last


CODINGS = (
    Attack(name="gzip-bomb", result="too-large", act=_packed("gzip", lambda: _deflate_bomb(31))),
    Attack(
        name="deflate-bomb", result="too-large", act=_packed("deflate", lambda: _deflate_bomb(15))
    ),
    Attack(name="brotli-bomb", result="too-large", act=_packed("br", _brotli_bomb)),
    Attack(name="zstd-bomb", result="too-large", act=_packed("zstd", _zstd_bomb)),
    Attack(
        name="gzip-in-gzip",
        result="not-a-feed",
        act=_packed("gzip", lambda: gzip.compress(gzip.compress(_deflate_bomb(31)))),
    ),
    Attack(
        name="a-gzip-for-every-byte",
        result="bad-encoding",
        act=_packed("gzip", lambda: gzip.compress(b" ", mtime=0) * 20_000),
    ),
    Attack(name="plain-marked-gzip", result="fetched", act=_packed("gzip", lambda: FEED)),
    Attack(
        name="gzip-that-is-none",
        result="bad-encoding",
        act=_packed("gzip", lambda: b"\x1f\x8b\x08\x00" + b"nothing of the kind" * 99),
    ),
    Attack(
        name="brotli-that-is-none", result="bad-encoding", act=_packed("br", lambda: b"\xff" * 999)
    ),
    Attack(
        name="unheard-of-coding", result="bad-encoding", act=_packed("rot13", lambda: b"x" * 99)
    ),
    Attack(
        name="gzip-cut-in-half",
        result="fetched",
        act=_packed("gzip", lambda: (pressed := gzip.compress(feed()))[: len(pressed) // 2]),
        finding="truncated",
    ),
)

_CHALLENGE = (
    b"<!doctype html><title>Just a moment...</title>"
    b"<script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>"
)
_WALL = b"<!doctype html><title>Prima di continuare</title><div id=gdpr>Your consent, please</div>"

STATUSES = (
    Attack(name="nothing-at-all", result="empty-body", act=answer(200)),
    Attack(name="nothing-but-space", result="empty-body", act=answer(200, b" \n" * 9999)),
    Attack(name="a-page", result="html-page", act=page(b"<html><h1>It works!</h1></html>")),
    Attack(name="challenge", result="challenge", act=page(_CHALLENGE)),
    Attack(name="consent-wall", result="consent-wall", act=page(_WALL)),
    Attack(name="no-content", result="bad-status", act=answer(204)),
    Attack(name="unauthorized", result="unauthorized", act=answer(401)),
    Attack(name="forbidden", result="forbidden", act=answer(403)),
    Attack(name="not-found", result="not-found", act=answer(404)),
    Attack(name="gone", result="gone", act=answer(410)),
    Attack(name="teapot", result="bad-status", act=answer(418)),
    Attack(name="wait-for-ever", result="rate-limited", act=answer(429, Retry_After=_FOR_EVER)),
    Attack(name="wait-backwards", result="rate-limited", act=answer(429, Retry_After="-5")),
    Attack(
        name="wait-till-yesterday",
        result="server-error",
        act=answer(503, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"),
    ),
    Attack(name="broken", result="server-error", act=answer(500, b"Traceback")),
    Attack(name="status-999", result="bad-status", act=answer(999)),
    Attack(name="not-modified-since-ever", result="not-modified", act=_not_modified),
    Attack(name="not-modified-unasked", result="bad-status", act=answer(304)),
)

WIRE = (*REDIRECTS, *HEADERS, *LINES, *CODINGS, *STATUSES)
