"""What can go wrong that an operator can mend: one tree, drawn here.

Expected outcomes of a poll are values (`model.fetched.Refused`), never exceptions;
an exception of this tree names its subject, the cause, and what to do about it.

    AggregatorError
    ├── ConfigError        feeds.yaml cannot be used; carries every problem at once
    ├── StoreError         the database cannot be used
    │   ├── SchemaTooNew   it was written by a newer version of this program
    │   └── StoreBusy      another process held the write lock for too long
    ├── LabelError         labelled texts cannot be read; carries every problem at once
    ├── UnknownName        a source, feed, entry or article that was asked for is not there
    └── ServiceError       the service cannot start (port taken, folder not writable)
"""

from __future__ import annotations

from dataclasses import dataclass


class AggregatorError(Exception):
    """Base of everything that we raise on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One fault in a configuration file: where (1-based line and column) and what to do."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ConfigError(AggregatorError):
    """The configuration cannot be used; `problems` holds every fault found, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class StoreError(AggregatorError):
    """The database cannot be used."""


class SchemaTooNew(StoreError):
    """The database was written by a newer version; upgrading the program is the way out."""


class StoreBusy(StoreError):
    """Another process held the write lock for longer than we wait."""


class LabelError(AggregatorError):
    """Labelled texts cannot be read; `problems` are lines of `file:line: message`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class UnknownName(AggregatorError):
    """A source, feed, entry or article that was asked for does not exist."""


class ServiceError(AggregatorError):
    """The service cannot start or go on."""
