"""Words with their figures in one spelling: `4:12`, `4,12` and `4.12`; `due`, `two` and `2`.

Portals respell the figures of a wire and no two houses do it alike; what counts is the number.
"""

from __future__ import annotations

import re

from aggregator.matching import vocabulary
from aggregator.text import tokens

_DIGIT = re.compile(r"\d")
_DASH = re.compile(r"\d\s?[-–]")
_SCORE = re.compile(r"(?<![\d-])(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\d-])")
_COVID = re.compile(r"(?i)\b(covid)[-‑– ]?\d+")  # a name with a figure in it
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TELLING, _HAIR = 3, 0.03  # digits; share
_THOUSAND = 1000
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_MARKS = str.maketrans(",:", "..")


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, figures in one spelling; a score (`2-1`) is one word, `2x1`."""
    plain = _SCORE.sub(r"\1x\2", text) if _DASH.search(text) else text
    if "ovid" in plain:
        plain = _COVID.sub(r"\1", plain)
    found = tokens.words(plain)
    if _DIGIT.search(" ".join(found)):
        found = tuple(_figure(word) if word[0].isdigit() else word for word in found)
    return tuple(map(vocabulary.NUMBERS.get, found, found))


def _figure(word: str) -> str:
    plain = word.translate(_MARKS)
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(".", "")
    return f"{plain[:-4]}000" if plain.endswith("mila") else plain


def agree(one: str, other: str) -> bool:
    """Whether two figures may be one number, the rounder of them rounded or cut: 92 and 92.4."""
    if one == other:
        return True
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    rough, exact = sorted((one, other), key=_digits)
    value, whole = _on_one_scale(rough, exact)
    rounded = float(f"{whole:.{_digits(rough)}g}")
    return value == rounded or (exact.startswith(rough) and "." in exact)


def near(one: str, other: str) -> bool:
    """Whether two figures of three digits or more are a hair apart, and no years."""
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    if min(_digits(one), _digits(other)) < _TELLING or _YEAR.fullmatch(one):
        return False
    a, b = _on_one_scale(one, other)
    return abs(a - b) <= _HAIR * max(a, b)


def _on_one_scale(one: str, other: str) -> tuple[float, float]:
    """Their values. `1,751` is read as thousands, as English writes them; not so beside `1.75`."""
    a, b = float(one), float(other)
    if "." in one and b >= _THOUSAND and a < _THOUSAND:
        return a * _THOUSAND, b
    if "." in other and a >= _THOUSAND and b < _THOUSAND:
        return a, b * _THOUSAND
    return a, b


def _digits(figure: str) -> int:
    """How many digits of a figure tell: 2 of 42000 and of 0.42."""
    bare = figure.replace(".", "").lstrip("0")
    return max(1, len(bare if "." in figure else bare.rstrip("0")))
