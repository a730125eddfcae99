"""`poll`: one pass, with a bar to watch and a table at the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli import samples
from aggregator.cli.options import config_option, json_option, print_json

if TYPE_CHECKING:
    from aggregator.ports import Done


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@config_option
@click.option("--dry-run", is_flag=True, help="Fetch and read, but keep nothing.")
@json_option
@click.pass_context
def poll(
    context: click.Context, names: tuple[str, ...], config_path: Path, dry_run: bool, as_json: bool
) -> None:
    """Poll what is due, or the named sources now. Exit code 1 if no source answered."""
    from rich.console import Console
    from rich.progress import Progress

    from aggregator import service

    if dry_run:
        context.exit(samples.tell(service.sample_due(config_path, names), as_json=as_json))
    with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
        bar = progress.add_task("polling", total=None)
        done = service.poll_once(
            config_path,
            names,
            expect=lambda count: progress.update(bar, total=count),
            observe=lambda one: progress.advance(bar),
        )
    if as_json:
        print_json([_as_json(one) for one in done])
    else:
        _print_table(done)
    context.exit(int(bool(done) and all(one.why not in _GOOD for one in done)))


_GOOD = ("fetched", "not-modified")


def _as_json(done: Done) -> dict[str, object]:
    return {
        "source": done.source_id,
        "result": done.why,
        "detail": done.detail,
        "new": done.tally.new,
        "revised": done.tally.revised,
        "joined": done.tally.joined,
        "next_poll_at": done.next_poll_at,
    }


def _print_table(done: Sequence[Done]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not done:
        click.echo("nothing is due")
        return
    table = Table("source", "result", "new", "revised", "joined", "detail", box=None)
    for one in sorted(done, key=lambda d: d.source_id):
        tally = (str(one.tally.new), str(one.tally.revised), str(one.tally.joined))
        table.add_row(one.source_id, one.why, *tally, one.detail)
    Console().print(table)
