"""`check` and `schema`: whether feeds.yaml is right, before it runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aggregator.cli import samples
from aggregator.cli.options import config_option, json_option
from aggregator.cli.printing import print_json
from aggregator.cli.progress import bar
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from aggregator.model.config import Config

_INVALID = 2


@click.command()
@config_option
@click.option("--online", is_flag=True, help="Fetch each source once and show its first items.")
@json_option
@click.pass_context
def check(context: click.Context, config_path: Path, online: bool, as_json: bool) -> None:
    """Validate the configuration: every error at once, exit code 2 if there is one.

    With --online, exit code 1 if an enabled source gives no feed.
    """
    from aggregator import service

    try:
        loaded = service.load(config_path)
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"problems": [asdict(problem) for problem in error.problems]})
        context.exit(_INVALID)
    if online:
        context.exit(_online(loaded, as_json))
    if as_json:
        found = {"sources": len(loaded.sources), "feeds": len(loaded.feeds)}
        print_json({"problems": [], **found})
    else:
        sources, feeds = len(loaded.sources), len(loaded.feeds)
        click.echo(f"{config_path}: no errors; sources: {sources}, feeds: {feeds}")


def _online(loaded: Config, as_json: bool) -> int:
    from aggregator import service

    enabled = [source for source in loaded.sources if source.enabled]
    with bar("fetching") as shown:
        found = service.sample(enabled, expect=shown.expect, observe=shown.observe)
    results = samples.tell(found, as_json=as_json)
    return int(any(result != "fetched" for result in results))


@click.command()
def schema() -> None:
    """Print the JSON Schema of feeds.yaml, for editors."""
    from aggregator import config

    print_json(config.schema())
