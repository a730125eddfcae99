"""`demo`: a simulated newsroom and the service over it; needs no configuration and no internet."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535))
@click.option("--seed", default=1, show_default=True, help="Another seed is another day of news.")
@click.pass_context
def demo(context: click.Context, host: str, port: int, seed: int) -> None:
    """Show the service at work over invented agencies and portals, in a temporary folder."""
    from aggregator import service

    service.prepare_logs()
    context.exit(service.run_demo(host=host, port=port, seed=seed, announce=_announce))


def _announce(address: str, config: Path) -> None:
    click.echo(f"A simulated newsroom fills up at {address} (Ctrl-C ends it).")
    click.echo(f"Any other command looks at it with -c {config}")
