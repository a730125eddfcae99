"""The repository names no package registry: where packages come from is the machine's affair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Written with spaces, or this file would name them.
REGISTRIES = (
    "p y p i . o r g",
    "p y t h o n h o s t e d . o r g",
    "r e g i s t r y . n p m j s . o r g",
    "p r o x y . g o l a n g . o r g",
    "d o c k e r . i o",
    "g h c r . i o",
    "q u a y . i o",
    "d e b . d e b i a n . o r g",
)
NAMED = re.compile("|".join(re.escape(spaced.replace(" ", "")) for spaced in REGISTRIES))
MADE = {".git", ".venv", ".hypothesis", "__pycache__"}


def texts(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the repository that is text; what tools leave behind is not of it."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from texts(path) if path.name not in MADE and "cache" not in path.name else ()
        elif path.suffix not in (".db", ".png", ".pyc"):
            yield path


@pytest.mark.parametrize("path", list(texts()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_names_no_package_registry(path: Path) -> None:
    assert NAMED.findall(path.read_text("utf-8", errors="replace")) == []
