"""The lines of a labelled file: numbered, parsed, and asked for what they must hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

# Milliseconds since 1970 until the year 5138; what is counted otherwise is less.
_MOST = 10**14


class Fault(Exception):
    """What is wrong with a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One JSON object, asked for its members by name; `language` is its file's."""

    given: Mapping[str, Any]
    place: str
    language: str | None

    def text(self, key: str) -> str:
        """A string that must be there. Raises `Fault`."""
        value = self.given.get(key)
        if not isinstance(value, str) or not value.strip():
            raise Fault(f"`{key}` must be a text")
        return value

    def maybe(self, key: str) -> str:
        """A string, "" if it is absent or null. Raises `Fault` for anything else."""
        value = self.given.get(key)
        if value is not None and not isinstance(value, str):
            raise Fault(f"`{key}` must be a text or null")
        return value or ""

    def one_of(self, key: str, choices: Iterable[str]) -> str:
        value = self.text(key)
        if value not in choices:
            raise Fault(f"`{key}` must be one of {', '.join(choices)}, not {value}")
        return value

    def number(self, key: str) -> int:
        value = self.given.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST:
            raise Fault(f"`{key}` must be a whole number that makes sense")
        return value

    def flag(self, key: str) -> bool:
        value = self.given.get(key, False)
        if not isinstance(value, bool):
            raise Fault(f"`{key}` must be true or false")
        return value

    def moment(self, key: str) -> datetime | None:
        """An ISO 8601 time with its zone, None if it is absent."""
        written = self.maybe(key)
        try:
            found = datetime.fromisoformat(written) if written else None
        except ValueError:
            raise Fault(f"`{key}` must be an ISO 8601 time, not {written}") from None
        if found and not found.tzinfo:
            raise Fault(f"`{key}` must say its zone: {written}")
        return found

    def inner(self, key: str) -> Line:
        value = self.given.get(key)
        if not isinstance(value, dict):
            raise Fault(f"`{key}` must be an object")
        return Line(given=value, place=f"{self.place}.{key}", language=self.language)


def numbered(path: Path, faults: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that say something, numbered from 1."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeError) as error:
        faults.append(f"{path}:1: cannot be read: {error}")
        return
    # Not splitlines: U+2028 and its kin may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def parsed(written: str) -> dict[str, Any]:
    """The object that a line is. Raises `Fault`."""
    try:
        given = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise Fault(f"not JSON: {error}") from None
    if not isinstance(given, dict):
        raise Fault("must be a JSON object")
    return given
