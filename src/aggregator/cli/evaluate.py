"""`evaluate`: how well we tell credits, copies, stories and notices, on labelled texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from aggregator.cli.options import json_option
from aggregator.cli.printing import print_json, print_table, print_text

if TYPE_CHECKING:
    from aggregator.desk.evaluate.report import Mistake, Row
    from aggregator.desk.evaluate.scores import Estimate

_COLUMNS = ("", "found", "wrong", "missed", "precision", "recall", "F1")


@click.command()
@click.argument(
    "folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "--half",
    type=click.Choice(["a", "b"]),
    help="Only this half of each set; what belongs together is in one half.",
)
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="So many of our errors of each kind, the worst first.",
)
@json_option
def evaluate(folder: Path, half: Literal["a", "b"] | None, errors: int, as_json: bool) -> None:
    """Precision, recall and F1 on the labelled sets in DIR, beside what simple rules reach.

    In brackets stands the 95 % interval. Our own errors follow each table.
    """
    from aggregator.desk import evaluate as desk

    results = desk.evaluate(folder, half=half, most=errors)
    if as_json:
        print_json([asdict(result) for result in results])
        return
    for result in results:
        print_text(f"{result.set}: {result.question}")
        print_table(_COLUMNS, (_row(row) for row in result.rows))
        print_text("\n".join(_told(result.mistakes)))


def _row(row: Row) -> tuple[str, ...]:
    count = row.count
    return (
        row.method,
        str(count.found),
        str(count.wrong),
        str(count.missed),
        *(_share(share) for share in (row.precision, row.recall, row.f1)),
    )


def _share(share: Estimate | None) -> str:
    return f"{share.value:.3f} [{share.low:.2f}–{share.high:.2f}]" if share else "-"


def _told(mistakes: Iterable[Mistake]) -> Iterator[str]:
    """Each error in a few lines, and an empty line behind all."""
    for mistake in mistakes:
        yield f"  {mistake.kind} ({mistake.score:.2f}): {mistake.truth}"
        yield from (f"    {title}" for title in mistake.titles)
        if mistake.why:
            yield f"    {mistake.why}"
    yield ""
