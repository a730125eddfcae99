"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

config_option = click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="AGGREGATOR_CONFIG",
    default="feeds.yaml",
    show_default=True,
    help="The configuration; $AGGREGATOR_CONFIG names another default.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
