"""`plan`: what another configuration would change, before it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli.options import config_option, json_option
from aggregator.cli.printing import print_json, print_text
from aggregator.cli.progress import bar

if TYPE_CHECKING:
    from aggregator.desk.plan import Change, Flow, Merge, Plan
    from aggregator.desk.plan.changes import Detail

_SIGNS = {"added": "+", "removed": "-", "renamed": "~", "changed": "~"}
# Merges of each kind that a person is told of; --json has them all.
_TOLD = 20


@click.command()
@click.argument(
    "new", metavar="NEW.yaml", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@config_option
@json_option
def plan(new: Path, config_path: Path, as_json: bool) -> None:
    """What NEW.yaml would change: sources, feeds and their members, and which items are one.

    It is held against what the service applied last, and tried on a copy of its newest 20,000
    entries: nothing is changed. Where thresholds or boilerplate change, the last five days are
    judged anew. Exit code 2 if NEW.yaml has mistakes, which are told as `check` tells them.
    """
    from aggregator import service

    loaded = service.load(new)
    with bar("judging") as shown:
        found = service.plan(config_path, loaded, expect=shown.expect, observe=shown.observe)
    if as_json:
        print_json(asdict(found))
    else:
        print_text("\n".join(_told(found)))


def _told(found: Plan) -> Iterator[str]:
    if not found.changes:
        yield "no change"
        return
    for change in found.changes:
        yield from _change(change)
    yield f"\nTried on the newest {found.entries} entries; judged anew: {found.judged}"
    yield from _merges("would become one article", "+", found.made)
    yield from _merges("would be one article no more", "-", found.broken)
    for flow in found.feeds:
        yield from _flow(flow)
    if not (found.made or found.broken or found.feeds):
        yield "No article would change, and no feed's content."


def _change(change: Change) -> Iterator[str]:
    was = next((detail.before for detail in change.details if detail.key == "name"), "")
    renamed = f", before {was}" if change.what == "renamed" else ""
    yield (
        f"{_SIGNS[change.what]} {change.part} {change.name}".rstrip() + f": {change.what}{renamed}"
    )
    for detail in change.details:
        if not (renamed and detail.key == "name"):
            yield f"    {_detail(detail)}"


def _detail(detail: Detail) -> str:
    if not (detail.before or detail.after):
        return f"{detail.key}: another"
    return f"{detail.key}: {detail.before or 'none'} → {detail.after or 'none'}"


def _merges(words: str, sign: str, merges: tuple[Merge, ...]) -> Iterator[str]:
    if merges:
        yield f"\n{len(merges)} {words}:"
    for merge in merges[:_TOLD]:
        yield f"  {sign} {merge.one.source}: {merge.one.title}"
        yield f"    {merge.other.source}: {merge.other.title}"
        if merge.why:
            yield f"    {merge.why}"
    if len(merges) > _TOLD:
        yield f"  and {len(merges) - _TOLD} more; --json has them all"


def _flow(flow: Flow) -> Iterator[str]:
    yield (
        f"\nfeed {flow.feed}: {flow.entering} items would enter, {flow.leaving} leave,"
        f" {flow.others_lead} be spoken for by another entry"
    )
    yield from _titles("+", flow.first_entering, flow.entering)
    yield from _titles("-", flow.first_leaving, flow.leaving)


def _titles(sign: str, titles: Iterable[str], of: int) -> Iterator[str]:
    told = [f"  {sign} {title}" for title in titles]
    yield from told
    if of > len(told):
        yield f"  {sign} and {of - len(told)} more"
