"""A body as it comes in: decoded piece by piece, and never larger than it may be.

Sans I/O: chunks go in, the whole comes out. The library's own decompression is off, because the
size that matters is the decoded one (rule 54), and because servers mark plain text as gzip and
gzip as nothing (rule 55): the first bytes are believed before the header is. Codings may be chained
(RFC 9110 §8.4); each is a layer of its own, and no layer may give more than the limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aggregator.model.fetched import Why
from aggregator.polling.fetch import codings
from aggregator.polling.fetch.codings import Decoder

MOST_CODINGS = 3
"""Codings of one body; a server that chains more is not in earnest."""

_HEAD = 64


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
        except (_Unknown, *codings.BROKEN):
            yield Why.BAD_ENCODING


def _through(layers: Sequence[_Layer], data: bytes) -> Iterator[bytes]:
    """Data as they come out behind the last layer."""
    if not layers:
        yield data
        return
    for piece in layers[0].feed(data):
        yield from _through(layers[1:], piece)


class _Unknown(Exception):
    """A coding that nobody asked for."""


class _TooLarge(Exception):
    """A layer gave more than the limit."""


class _Layer:
    """One coding. What it really is is decided by the first bytes that reach it."""

    def __init__(self, declared: str, limit: int) -> None:
        self._declared = declared
        self._left = limit
        self._head = b""
        self._decoder: Decoder | None = None

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
        name = codings.coding(self._declared, self._head)
        if name is None:
            raise _Unknown
        self._decoder = codings.decoder(name, self._head)
        yield from self._counted(self._decoder, self._head)

    def _counted(self, decoder: Decoder, data: bytes) -> Iterator[bytes]:
        for piece in decoder.feed(data):
            self._left -= len(piece)
            if self._left < 0:
                raise _TooLarge
            yield piece
