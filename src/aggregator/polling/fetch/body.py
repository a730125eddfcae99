"""A body as it comes in: decoded piece by piece, and never larger than it may be.

Sans I/O: chunks go in, the whole comes out. The library's own decompression is off, because the
size that matters is the decoded one (rule 54), and because servers mark plain text as gzip and
gzip as nothing (rule 55): the first bytes are believed before the header is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

from aggregator.model.fetched import Why

PIECE = 64 * 1024
"""Bytes decoded at a time: what a bomb may cost before it is counted."""

MOST_MEMBERS = 256
"""Members of one gzip body; each costs an inflater, so a body of nothing else is an attack."""

_HEAD = 64
_GZIP_WRAPPED = 16 + zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"
_PLAIN = re.compile(
    rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!doctype|<!--|<rss|<feed|<rdf|<html|\{\s*\"|\{\s*\})"
)
_CODINGS = {
    "": "identity",
    "identity": "identity",
    "gzip": "gzip",
    "x-gzip": "gzip",
    "deflate": "deflate",
    "br": "br",
}


class Body:
    """Collects one answer's body. `declared` is its Content-Encoding, `limit` bytes, decoded."""

    def __init__(self, declared: str, limit: int) -> None:
        self._declared = declared
        self._limit = limit
        self._received = 0
        self._head = b""
        self._decoder: _Decoder | None = None
        self._decoded = bytearray()

    def feed(self, chunk: bytes) -> Why | None:
        """Take the next bytes; a refusal ends the matter."""
        self._received += len(chunk)
        if self._received > self._limit:
            return Why.TOO_LARGE
        if self._decoder:
            return self._decode(self._decoder, chunk)
        self._head += chunk
        return self._begin() if len(self._head) >= _HEAD else None

    def close(self) -> bytes | Why:
        """The decoded body. A compressed one that was cut gives what it held up to there."""
        if not self._decoder and (why := self._begin()):
            return why
        return bytes(self._decoded)

    def _begin(self) -> Why | None:
        name = coding(self._declared, self._head)
        if name is None:
            return Why.BAD_ENCODING
        self._decoder = _decoder(name, self._head)
        return self._decode(self._decoder, self._head)

    def _decode(self, decoder: _Decoder, chunk: bytes) -> Why | None:
        try:
            for piece in decoder.feed(chunk):
                self._decoded += piece
                if len(self._decoded) > self._limit:
                    return Why.TOO_LARGE
        except (zlib.error, brotli.error):
            return Why.BAD_ENCODING
        return None


def coding(declared: str, head: bytes) -> str | None:
    """How a body is coded, by its first bytes if they tell, else as declared; None: unknown."""
    if _PLAIN.match(head):
        return "identity"
    name = _CODINGS.get(declared.strip().lower())
    if head.startswith(_GZIP) and name in ("identity", None):
        return "gzip"
    return name


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decoded pieces of at most about `PIECE` bytes, as far as `data` goes."""
        ...


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Inflate:
    """zlib at work; `window_bits` says in which of its three wrappings the data come."""

    def __init__(self, window_bits: int) -> None:
        self._window_bits = window_bits
        self._member = zlib.decompressobj(window_bits)
        self._members = 1

    def feed(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._member.decompress(data, PIECE)
            if piece:
                yield piece
            data = self._member.unconsumed_tail
            if self._member.eof:
                data = self._next_member()
                if not data:
                    return
            elif not data and len(piece) < PIECE:
                return

    def _next_member(self) -> bytes:
        """What follows the end, if it is another gzip member; anything else there is padding."""
        rest = self._member.unused_data
        if self._window_bits != _GZIP_WRAPPED or not rest.startswith(_GZIP):
            return b""
        if self._members == MOST_MEMBERS:
            raise zlib.error("too many gzip members")
        self._members += 1
        self._member = zlib.decompressobj(self._window_bits)
        return rest


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            piece = self._stream.process(data, output_buffer_limit=PIECE)
            if not piece:  # all that the data so far hold is out
                return
            yield piece
            data = b""


def _decoder(name: str, head: bytes) -> _Decoder:
    match name:
        case "gzip":
            return _Inflate(_GZIP_WRAPPED)
        case "deflate":
            return _Inflate(zlib.MAX_WBITS if _has_zlib_header(head) else -zlib.MAX_WBITS)
        case "br":
            return _Brotli()
        case _:
            return _Plain()


def _has_zlib_header(head: bytes) -> bool:
    """RFC 1950 §2.2. "deflate" means with it, but some servers leave it away."""
    return len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
