"""A body as it comes in: decoded piece by piece, and never larger than it may be.

Sans I/O: chunks go in, the whole comes out. The library's own decompression is off, because the
size that matters is the decoded one (rule 54), and because servers mark plain text as gzip and
gzip as nothing (rule 55): the first bytes are believed before the header is. Codings may be chained
(RFC 9110 §8.4); each is a layer of its own, and no layer may give more than the limit.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from typing import Protocol

import brotli

from aggregator.model.fetched import Why

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 64 * 1024
"""Bytes decoded at a time: what a bomb may cost before it is counted."""

MOST_MEMBERS = 256
"""Members of one gzip body; each costs an inflater, so a body of nothing else is an attack."""

MOST_CODINGS = 3
"""Codings of one body; a server that chains more is not in earnest."""

_ZSTD_WINDOW = 23
"""log2 of the window that a zstd frame may ask for: 8 MB (RFC 9659), which browsers allow too."""

_HEAD = 64
_GZIP_WRAPPED = 16 + zlib.MAX_WBITS
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
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
    "zstd": "zstd",
}


class Body:
    """Collects one answer's body. `declared` is its Content-Encoding, `limit` bytes, decoded."""

    def __init__(self, declared: str, limit: int) -> None:
        names = declared.split(",") if declared.count(",") < MOST_CODINGS else [declared]
        self._layers = [_Layer(name, limit) for name in reversed(names)]
        self._limit = limit
        self._received = 0
        self._decoded = bytearray()

    @property
    def ended(self) -> bool:
        """Whether, once it is closed, every coding came to its end."""
        return all(layer.ended for layer in self._layers)

    def feed(self, chunk: bytes) -> Iterator[int | Why]:
        """Take the next bytes; gives the size so far after each piece. A refusal ends the matter.

        The caller may pause between two pieces, before more memory is taken.
        """
        self._received += len(chunk)
        if self._received > self._limit:
            yield Why.TOO_LARGE
            return
        yield from self._collect(_through(self._layers, chunk))

    def close(self) -> Iterator[int | Why]:
        """No more will come: decode what is left. A cut body gives what it held up to there."""
        for depth, layer in enumerate(self._layers, 1):
            rest = (
                piece for part in layer.begin() for piece in _through(self._layers[depth:], part)
            )
            yield from self._collect(rest)

    def taken(self) -> bytes:
        """All that was decoded."""
        return bytes(self._decoded)

    def _collect(self, pieces: Iterator[bytes]) -> Iterator[int | Why]:
        try:
            for piece in pieces:
                self._decoded += piece
                yield len(self._decoded)
        except _TooLarge:
            yield Why.TOO_LARGE
        except (zlib.error, brotli.error, zstd.ZstdError):
            yield Why.BAD_ENCODING


def coding(declared: str, head: bytes) -> str | None:
    """How a body is coded, by its first bytes if they tell, else as declared; None: unknown."""
    if _PLAIN.match(head):
        return "identity"
    name = _CODINGS.get(declared.strip().lower())
    if name in ("identity", None):
        return "gzip" if head.startswith(_GZIP) else "zstd" if head.startswith(_ZSTD) else name
    return name


def _through(layers: Sequence[_Layer], data: bytes) -> Iterator[bytes]:
    """Data as they come out behind the last layer."""
    if not layers:
        yield data
        return
    for piece in layers[0].feed(data):
        yield from _through(layers[1:], piece)


class _TooLarge(Exception):
    """A layer gave more than the limit."""


class _Layer:
    """One coding. What it really is is decided by the first bytes that reach it."""

    def __init__(self, declared: str, limit: int) -> None:
        self._declared = declared
        self._left = limit
        self._head = b""
        self._decoder: _Decoder | None = None

    @property
    def ended(self) -> bool:
        """Whether the data came to their own end; what has none is always at it."""
        return self._decoder is not None and self._decoder.ended

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._decoder:
            yield from self._counted(self._decoder, data)
            return
        self._head += data
        if len(self._head) >= _HEAD:
            yield from self.begin()

    def begin(self) -> Iterator[bytes]:
        """What the first bytes hold; also called when no more will come."""
        if self._decoder:
            return
        name = coding(self._declared, self._head)
        if name is None:
            raise zlib.error("a coding that nobody asked for")
        self._decoder = _decoder(name, self._head)
        yield from self._counted(self._decoder, self._head)

    def _counted(self, decoder: _Decoder, data: bytes) -> Iterator[bytes]:
        for piece in decoder.feed(data):
            self._left -= len(piece)
            if self._left < 0:
                raise _TooLarge
            yield piece


class _Decoder(Protocol):
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


def _decoder(name: str, head: bytes) -> _Decoder:
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
