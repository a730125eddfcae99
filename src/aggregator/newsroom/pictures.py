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
class _Shape:
    """Something on the ground: wide `half` + `run` for each pixel below its top (x, y).

    A hill has no half width at its top, a tower no run.
    """

    x: int
    y: int
    half: int
    run: float

    def span(self, y: int, width: int) -> tuple[int, int]:
        """From where to where it covers this row; the end before the start where it does not."""
        below = y - self.y
        reach = self.half + int(below * self.run) if below >= 0 else -1
        return max(0, self.x - reach), min(width, self.x + reach)


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
    radius = height // chance.about("size").between(6, 11)
    middle = height * chance.about("height").between(22, 48) // 100
    ground = [
        (colour, shape)
        for colour, depth, share in ((far, "far", 0.38), (near, "near", 0.62))
        for shape in _ground(chance.about(depth), width, int(height * share), height // 5)
    ]
    for y in range(height):
        row = bytearray(bytes(_mixed(top, horizon, y / height)) * width)
        _paint(row, _disc(sun_x, middle, radius, y), sun)
        for colour, shape in ground:
            _paint(row, shape.span(y, width), colour)
        yield bytes(row)


def _ground(chance: Chance, width: int, top: int, play: int) -> tuple[_Shape, ...]:
    """Hills or towers side by side, their tops up to `play` pixels below `top`."""
    towers = chance.about("towers").happens(0.4)
    count = 9 if towers else 4
    return tuple(
        _Shape(
            x=chance.about(index, "x").between(
                index * width // count, (index + 1) * width // count
            ),
            y=top + chance.about(index, "y").between(0, play),
            half=chance.about(index, "half").between(width // 30, width // 14) if towers else 0,
            run=0.0 if towers else 1.1 + chance.about(index, "run").unit(),
        )
        for index in range(count)
    )


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
