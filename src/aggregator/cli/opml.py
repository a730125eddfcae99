"""`opml import` and `opml export`: subscriptions in, subscriptions out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from aggregator.cli import naming
from aggregator.cli.options import config_option, json_option
from aggregator.cli.printing import print_json, print_text

if TYPE_CHECKING:
    from aggregator.reading.opml import Subscription


@click.group()
def opml() -> None:
    """Read subscriptions from OPML, or write the sources as OPML."""


@opml.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def import_(file: Path, as_json: bool) -> None:
    """Print the feeds of an OPML file as `sources:` to paste into feeds.yaml.

    Addresses are printed as they are, with what secrets they hold: `aggregator check` tells which
    of them belong into the environment.
    """
    from aggregator import config
    from aggregator.reading import opml as reading

    found = reading.parse(file.read_bytes())
    if not found:
        raise click.ClickException(f"{file} names no feed with an http(s) address: is it OPML?")
    sources = _sources(found)
    if as_json:
        print_json({"sources": sources})
    else:
        print_text(config.dump({"sources": sources}).rstrip())


@opml.command("export")
@config_option
def export(config_path: Path) -> None:
    """Print the configured sources as OPML; secrets in addresses are masked."""
    from aggregator import service
    from aggregator.serving.render.opml import render_sources

    loaded = service.load(config_path)
    click.echo(render_sources(loaded.sources, loaded.service.title))


def _sources(found: tuple[Subscription, ...]) -> dict[str, dict[str, Any]]:
    """Sources by a key made of each title; portals, since a file does not say who is an agency."""
    sources: dict[str, dict[str, Any]] = {}
    for one in found:
        name = one.title or urlsplit(one.url).hostname or "source"
        key = naming.key(name, sources)
        sources[key] = {"url": one.url, "kind": "portal", "name": name}
        if one.language:
            sources[key]["language"] = one.language
        if one.folders:
            sources[key]["topics"] = list(one.folders)
    return sources
