"""Pictures for the news: small landscapes in flat colours, drawn and packed by hand.

A page of headlines without pictures shows nothing of what pictures do to it, and no file of
somebody else's may lie about in the project. PNG, because every reader and browser takes it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from aggregator.newsroom.chance import Chance

Colour = tuple[int, int, int]

# Sky at the top, sky at the horizon, sun, far hills, near hills; one palette a topic.
_PALETTES: dict[str, tuple[Colour, Colour, Colour, Colour, Colour]] = {
    "politica": ((54, 79, 135), (236, 197, 175), (255, 236, 205), (116, 112, 158), (52, 55, 102)),
    "cronaca": ((74, 91, 104), (226, 213, 200), (245, 240, 226), (124, 137, 143), (58, 72, 80)),
    "esteri": ((20, 110, 130), (250, 214, 150), (255, 244, 214), (66, 141, 143), (17, 76, 92)),
    "economia": ((40, 62, 90), (244, 206, 140), (255, 228, 160), (88, 120, 116), (30, 66, 74)),
    "sport": ((64, 140, 196), (214, 236, 222), (255, 250, 224), (92, 164, 116), (34, 104, 74)),
}
_OTHER = _PALETTES["cronaca"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Peak:
    """A hill: a triangle with its tip at (x, y), falling by one in `run` pixels."""

    x: int
    y: int
    run: float


def png(name: str, width: int, height: int) -> bytes:
    """The picture of this name (`<topic>-<anything>`), always the same bytes for the same name."""
    rows = b"".join(b"\0" + row for row in _rows(name, width, height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows, 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _rows(name: str, width: int, height: int) -> Iterator[bytes]:
    top, horizon, sun, far, near = _PALETTES.get(name.partition("-")[0], _OTHER)
    chance = Chance(f"picture {name}")
    sun_x = chance.about("sun").between(width // 6, width * 5 // 6)
    far_hills = _hills(chance.about("far"), width, height, 0.38)
    near_hills = _hills(chance.about("near"), width, height, 0.62)
    for y in range(height):
        row = bytearray(bytes(_mixed(top, horizon, y / height)) * width)
        _paint(row, _disc(sun_x, height * 2 // 5, height // 7, y), sun)
        for hills, colour in ((far_hills, far), (near_hills, near)):
            for hill in hills:
                _paint(row, _slope(hill, y, width), colour)
        yield bytes(row)


def _hills(chance: Chance, width: int, height: int, share: float) -> tuple[_Peak, ...]:
    """Four hills side by side, their tips near this share of the height."""
    return tuple(
        _Peak(
            x=chance.about(index, "x").between(index * width // 4, (index + 1) * width // 4),
            y=int(height * share) + chance.about(index, "y").between(0, height // 5),
            run=1.1 + chance.about(index, "run").unit(),
        )
        for index in range(4)
    )


def _slope(hill: _Peak, y: int, width: int) -> tuple[int, int]:
    reach = int((y - hill.y) * hill.run)
    return max(0, hill.x - reach), min(width, hill.x + reach)


def _disc(x: int, middle: int, radius: int, y: int) -> tuple[int, int]:
    inside = radius * radius - (y - middle) ** 2
    reach = int(inside**0.5) if inside > 0 else 0
    return x - reach, x + reach


def _paint(row: bytearray, span: tuple[int, int], colour: Colour) -> None:
    start, end = span
    if end > start:
        row[start * 3 : end * 3] = bytes(colour) * (end - start)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Between two colours; `share` of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
