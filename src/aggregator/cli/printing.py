"""How commands print: JSON for programs, tables and text for a person.

What sources say reaches the terminal through here alone, so that no title of theirs can move the
cursor, change colours, or pass for our own markup.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import click

# C0, DEL and C1, without tab and line feed.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# A table that goes into a file or a pipe is not cut to anybody's screen.
_UNBOUNDED = 10_000


def print_json(value: Any) -> None:
    """JSON on standard output; times as ISO 8601."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    click.echo(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def print_text(text: str) -> None:
    """Text on standard output, its control characters made visible."""
    click.echo(_CONTROL.sub("�", text))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal, or as it needs where there is none; nothing is cut off."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_CONTROL.sub("�", cell)) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else _UNBOUNDED)
    with console.capture() as captured:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def ago(then: datetime | None, now: datetime) -> str:
    """How long before (or after) `now` something is, in its largest unit; "-" for never."""
    if then is None:
        return "-"
    span = _span(abs(now - then))
    return f"in {span}" if then > now else f"{span} ago"


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    units = (("d", 86_400), ("h", 3_600), ("min", 60))
    return next((f"{seconds // n} {unit}" for unit, n in units if seconds >= n), f"{seconds} s")


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
