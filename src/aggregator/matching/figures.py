"""Words with their figures in one spelling: `4:12`, `4,12` and `4.12`; `due`, `two` and `2`.

Portals respell the figures of a wire and no two houses do it alike; what counts is the number.
"""

from __future__ import annotations

import re

from aggregator.matching import vocabulary
from aggregator.text import tokens

_DASH = re.compile(r"\d\s?[-–]")
_SCORE = re.compile(r"(?<![\d-])(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\d-])")
_COVID = re.compile(r"(?i)\b(covid)[-‑– ]?\d+")  # a name with a figure in it
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_MARKS = str.maketrans(",:", "..")


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, figures in one spelling; a score (`2-1`) is one word, `2x1`."""
    plain = _SCORE.sub(r"\1x\2", text) if _DASH.search(text) else text
    if "ovid" in plain:
        plain = _COVID.sub(r"\1", plain)
    return tuple(
        _figure(word) if word[0].isdigit() else vocabulary.NUMBERS.get(word, word)
        for word in tokens.words(plain)
    )


def _figure(word: str) -> str:
    plain = word.translate(_MARKS)
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(".", "")
    return f"{plain[:-4]}000" if plain.endswith("mila") else plain


def agree(one: str, other: str) -> bool:
    """Whether two figures may be one number, the rounder of them rounded: 92 and 92.4."""
    if one == other:
        return True
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return False
    rough, exact = sorted((one, other), key=_digits)
    if _digits(rough) == _digits(exact):
        return float(one) == float(other)
    return float(f"{float(exact):.{_digits(rough)}g}") == float(rough)


def _digits(figure: str) -> int:
    """How many digits of a figure tell: 2 of 42000 and of 0.42."""
    bare = figure.replace(".", "").lstrip("0")
    return max(1, len(bare if "." in figure else bare.rstrip("0")))
