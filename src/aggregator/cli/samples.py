"""What sources would give, for `check --online` and `poll --dry-run`: fetched, read, not kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.options import print_json

if TYPE_CHECKING:
    from aggregator.model.entry import Entry
    from aggregator.model.fetched import Refused
    from aggregator.model.reading import Reading
    from aggregator.model.source import Source

_FIRST = 5


def tell(outcomes: Iterable[tuple[Source, Reading | Refused]], *, as_json: bool) -> int:
    """Print each source's first items as they would be shown; 1 if any source was refused."""
    samples = [_sample(*one) for one in outcomes]
    if as_json:
        print_json(samples)
    else:
        for sample in samples:
            _print_sample(sample)
    return int(any(sample["result"] != "fetched" for sample in samples))


def _sample(source: Source, outcome: Reading | Refused) -> dict[str, Any]:
    """One source as it would be shown: its first items, or why there are none."""
    from aggregator.ingest import result_of
    from aggregator.model.fetched import Refused

    told: dict[str, Any]
    if isinstance(outcome, Refused):
        told = {"detail": outcome.detail, "items": [], "findings": []}
    else:
        first = [_item(entry) for entry in outcome.entries[:_FIRST]]
        detail = f"{len(outcome.entries)} items"
        findings = [f"{finding.name}: {finding.detail}" for finding in outcome.findings]
        told = {"detail": detail, "items": first, "findings": findings}
    return {"source": source.id, "result": result_of(outcome), **told}


def _item(entry: Entry) -> dict[str, Any]:
    return {"title": entry.title, "url": entry.url, "published": entry.published}


def _print_sample(sample: dict[str, Any]) -> None:
    click.echo(f"{sample['source']}: {sample['result']}, {sample['detail']}")
    for finding in sample["findings"]:
        click.echo(f"    ! {finding}")
    for item in sample["items"]:
        click.echo(f"    {item['published']:%Y-%m-%d %H:%M}  {item['title']}")
        click.echo(f"                      {item['url']}")
