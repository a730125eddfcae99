"""`serve`: the web and the poller, in one command."""

from __future__ import annotations

from pathlib import Path

import click

from aggregator.cli.options import config_option


@click.command()
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes."
)
@click.option("--web-only", is_flag=True, help="Serve what a poller elsewhere keeps up to date.")
@click.option("--poll-only", is_flag=True, help="Poll, and serve nothing.")
@click.pass_context
def serve(
    context: click.Context,
    config_path: Path,
    host: str,
    port: int,
    workers: int,
    web_only: bool,
    poll_only: bool,
) -> None:
    """Poll the sources and serve the feeds until SIGTERM; SIGHUP reads the configuration again."""
    from aggregator import service

    if web_only and poll_only:
        raise click.UsageError("--web-only and --poll-only exclude each other")
    service.prepare_logs()
    if poll_only:
        context.exit(service.run_poller(config_path))
    if web_only:
        context.exit(service.run_web(config_path, host=host, port=port, workers=workers))
    context.exit(service.run(config_path, host=host, port=port, workers=workers))
