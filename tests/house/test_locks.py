"""The locks: every package by hash, no index named, one version everywhere, and enough for us."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
BUILD, RUNTIME, DEV = "requirements-build.txt", "requirements.txt", "requirements-dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def logical_lines(lock: str) -> list[str]:
    text = (ROOT / lock).read_text("utf-8")
    return re.sub(r"\\\n\s*", "", text).splitlines()


def pinned(lock: str) -> dict[str, str]:
    """The version of every package, by name."""
    found = (re.match(r"([\w.-]+)==(\S+)", line) for line in logical_lines(lock))
    return {match[1]: match[2] for match in found if match}


def declared(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for: to run, and in these dependency groups."""
    asked = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        asked += [line for line in PROJECT["dependency-groups"][group] if isinstance(line, str)]
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("lock", [BUILD, RUNTIME, DEV])
def test_every_line_is_a_version_with_its_hashes_and_nothing_else(lock: str) -> None:
    line_of_a_lock = re.compile(
        r"[\w.-]+==[\w.!+]+( ; [\w.<>=!' ]+?)?( ?--hash=sha256:[0-9a-f]{64})+"
    )
    odd = [line for line in logical_lines(lock) if not line_of_a_lock.fullmatch(line)]
    assert odd == []


def test_the_development_lock_holds_all_of_the_others_in_the_same_versions() -> None:
    assert (pinned(RUNTIME) | pinned(BUILD)).items() <= pinned(DEV).items()


@pytest.mark.parametrize(
    ("lock", "groups"),
    [pytest.param(RUNTIME, (), id="to run"), pytest.param(DEV, ("build", "dev"), id="to develop")],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, groups: tuple[str, ...]) -> None:
    versions = pinned(lock)
    missing = [
        str(asked)
        for asked in declared(*groups)
        if not asked.specifier.contains(versions.get(canonicalize_name(asked.name), "0"))
    ]
    assert missing == []
