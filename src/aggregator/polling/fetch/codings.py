"""How bodies are coded, and each coding undone in pieces of a bounded size.

Sans I/O. gzip and zstd bodies may be of several members; what follows them and is none is padding.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 64 * 1024
"""Bytes decoded at a time: what a bomb may cost before it is counted."""

MOST_MEMBERS = 256
"""Members of one gzip body; each costs an inflater, so a body of nothing else is an attack."""

_ZSTD_WINDOW = 23
"""log2 of the window that a zstd frame may ask for: 8 MB (RFC 9659), which browsers allow too."""

_GZIP_WRAPPED = 16 + zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PLAIN = re.compile(
    rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!doctype|<!--|<rss|<feed|<rdf|<html|\{\s*\"|\{\s*\})"
)
BROKEN = (zlib.error, brotli.error, zstd.ZstdError)
"""What decoders raise for data that are not coded as they should be."""

_CODINGS = {
    "": "identity",
    "identity": "identity",
    "gzip": "gzip",
    "x-gzip": "gzip",
    "deflate": "deflate",
    "br": "br",
    "zstd": "zstd",
}


def coding(declared: str, head: bytes) -> str | None:
    """How a body is coded, by its first bytes if they tell, else as declared; None: unknown."""
    if _PLAIN.match(head):
        return "identity"
    name = _CODINGS.get(declared.strip().lower())
    if name in ("identity", None):
        return "gzip" if head.startswith(_GZIP) else "zstd" if head.startswith(_ZSTD) else name
    return name


class Decoder(Protocol):
    """One coding of one body, being undone."""

    @property
    def ended(self) -> bool: ...

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decoded pieces of at most about `PIECE` bytes, as far as `data` goes."""
        ...


class _Plain:
    ended = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Inflate:
    """zlib at work; `window_bits` says in which of its three wrappings the data come."""

    def __init__(self, window_bits: int) -> None:
        self._window_bits = window_bits
        self._member = zlib.decompressobj(window_bits)
        self._members = 1

    @property
    def ended(self) -> bool:
        return self._member.eof

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

    @property
    def ended(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            piece = self._stream.process(data, output_buffer_limit=PIECE)
            if not piece:  # all that the data so far hold is out
                return
            yield piece
            data = b""


class _Zstd:
    def __init__(self) -> None:
        self._frame = _frame()
        self._frames = 1

    @property
    def ended(self) -> bool:
        return self._frame.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._frame.eof or self._frame.needs_input):
            if self._frame.eof and not self._begins_another(data):
                return  # padding
            piece = self._frame.decompress(data, PIECE)
            if piece:
                yield piece
            data = self._frame.unused_data if self._frame.eof else b""

    def _begins_another(self, data: bytes) -> bool:
        if not data.startswith(_ZSTD):
            return False
        if self._frames == MOST_MEMBERS:
            raise zlib.error("too many zstd frames")
        self._frames += 1
        self._frame = _frame()
        return True


def _frame() -> zstd.ZstdDecompressor:
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW})


def decoder(name: str, head: bytes) -> Decoder:
    """A new decoder for a coding as `coding` names it, for data that begin with `head`."""
    match name:
        case "gzip":
            return _Inflate(_GZIP_WRAPPED)
        case "deflate":
            return _Inflate(zlib.MAX_WBITS if _has_zlib_header(head) else -zlib.MAX_WBITS)
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
        case _:
            return _Plain()


def _has_zlib_header(head: bytes) -> bool:
    """RFC 1950 §2.2. "deflate" means with it, but some servers leave it away."""
    return len(head) >= 2 and head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
