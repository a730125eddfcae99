"""`check` and `schema`: whether feeds.yaml is right, before it runs."""

from __future__ import annotations

from pathlib import Path

import click

from aggregator.cli import samples
from aggregator.cli.options import config_option, json_option, print_json


@click.command()
@config_option
@click.option("--online", is_flag=True, help="Fetch each source once and show its first items.")
@json_option
@click.pass_context
def check(context: click.Context, config_path: Path, online: bool, as_json: bool) -> None:
    """Validate the configuration: every error at once, exit code 2 if there is one."""
    from aggregator import service

    loaded = service.load(config_path)
    if not online:
        told = {"sources": len(loaded.sources), "feeds": len(loaded.feeds)}
        if as_json:
            print_json({"problems": [], **told})
        else:
            click.echo(
                f"{config_path}: {told['sources']} sources, {told['feeds']} feeds, no errors"
            )
        return
    enabled = [source for source in loaded.sources if source.enabled]
    context.exit(samples.tell(service.sample(enabled), as_json=as_json))


@click.command()
def schema() -> None:
    """Print the JSON Schema of feeds.yaml, for editors."""
    from aggregator import config

    print_json(config.schema())
