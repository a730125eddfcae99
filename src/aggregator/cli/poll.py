"""`poll`: one pass, with a bar to watch and a table at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli import samples
from aggregator.cli.options import config_option, json_option
from aggregator.cli.printing import print_json, print_table
from aggregator.cli.progress import bar

if TYPE_CHECKING:
    from aggregator.ports import Done

_GOOD = frozenset({"fetched", "not-modified"})
_COLUMNS = ("source", "result", "new", "revised", "joined", "detail")


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@config_option
@click.option("--dry-run", is_flag=True, help="Fetch and read, but keep nothing.")
@json_option
@click.pass_context
def poll(
    context: click.Context, names: tuple[str, ...], config_path: Path, dry_run: bool, as_json: bool
) -> None:
    """Poll what is due, or the named sources now. Exit code 1 if none of them answered."""
    results = _try(config_path, names, as_json) if dry_run else _poll(config_path, names, as_json)
    context.exit(int(bool(results) and _GOOD.isdisjoint(results)))


def _try(config_path: Path, names: Sequence[str], as_json: bool) -> list[str]:
    from aggregator import service

    with bar("fetching") as shown:
        found = service.sample_due(config_path, names, expect=shown.expect, observe=shown.observe)
    return samples.tell(found, as_json=as_json)


def _poll(config_path: Path, names: Sequence[str], as_json: bool) -> list[str]:
    from aggregator import service

    service.prepare_logs()
    with bar("polling") as shown:
        done = service.poll_once(config_path, names, expect=shown.expect, observe=shown.observe)
    told = [*map(_told, sorted(done, key=lambda one: one.source_id)), *_busy(names, done)]
    if as_json:
        print_json(told)
    elif told:
        print_table(_COLUMNS, ([str(one[name]) for name in _COLUMNS] for one in told))
    else:
        click.echo("nothing is due; a source that is named is polled all the same")
    return [str(one["result"]) for one in told]


def _told(done: Done) -> dict[str, object]:
    return {
        "source": done.source_id,
        "result": done.why,
        "detail": done.detail,
        "new": done.tally.new,
        "revised": done.tally.revised,
        "joined": done.tally.joined,
        "next_poll_at": done.next_poll_at,
    }


def _busy(names: Iterable[str], done: Iterable[Done]) -> list[dict[str, object]]:
    """The named sources that are another process's at this moment."""
    polled = {one.source_id for one in done}
    detail = "another process polls it at this moment"
    nothing = {"new": 0, "revised": 0, "joined": 0, "next_poll_at": None}
    return [
        {"source": name, "result": "busy", "detail": detail, **nothing}
        for name in dict.fromkeys(names)
        if name not in polled
    ]
