"""A bar on standard error while sources are visited; nothing where no terminal shows it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`expect` is told how many visits there will be, `observe` of each that is over."""

    expect: Callable[[int], None]
    observe: Callable[[object], None]


@contextmanager
def bar(words: str) -> Iterator[Bar]:
    """A bar that is gone when the block ends."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    shown = Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
    with shown as progress:
        task = progress.add_task(words, total=None)
        yield Bar(
            expect=lambda count: progress.update(task, total=count),
            observe=lambda _: progress.advance(task),
        )
