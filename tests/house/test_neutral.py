"""The repository names no package registry: where packages come from is the machine's affair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Each in two halves, or this file would name them.
REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry.npmjs", "org"),
    ("proxy.golang", "org"),
    ("docker", "io"),
    ("ghcr", "io"),
    ("quay", "io"),
    ("deb.debian", "org"),
)
NAMED = re.compile("|".join(re.escape(".".join(halves)) for halves in REGISTRIES))
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
