"""What the code imports is what the project declares, and has an owner in the contracts."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


# What the standard library has now, or a backport stands for, on Pythons that are not this one.
_OF_ANOTHER_PYTHON = {"compression"} if sys.version_info < (3, 14) else {"backports"}


def imports(file: Path) -> Iterator[str]:
    """The top-level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def libraries() -> set[str]:
    """Everything imported that is neither ours nor Python's."""
    found = {name for file in ROOT.glob("src/**/*.py") for name in imports(file)}
    return found - sys.stdlib_module_names - {"aggregator", *_OF_ANOTHER_PYTHON}


def test_what_is_imported_is_what_is_declared() -> None:
    asked = (Requirement(line) for line in PROJECT["project"]["dependencies"])
    declared = {canonicalize_name(r.name) for r in asked if not r.marker or r.marker.evaluate()}
    homes = packages_distributions()
    imported = {canonicalize_name(homes[name][0]) for name in libraries()}
    assert imported | {"tzdata"} == declared  # tzdata is zoneinfo's, where a system has none


def test_every_library_has_an_owner_in_the_contracts() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    owned = {name for contract in contracts for name in contract.get("protected_modules", ())}
    assert libraries() - owned == set()
