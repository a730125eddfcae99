"""`sources`, `feeds`, `show`, `explain`: what the store holds, for an operator's eyes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.options import config_option, json_option, print_json
from aggregator.errors import UnknownName

if TYPE_CHECKING:
    from aggregator.ports import FeedSummary, Shelf, SourceStatus

# Where `serve` listens unless it is told otherwise.
DEFAULT_BASE_URL = "http://127.0.0.1:8080"


@click.command()
@config_option
@json_option
def sources(config_path: Path, as_json: bool) -> None:
    """The health of each source."""
    from aggregator import service

    with service.reading(config_path) as shelf:
        told = [_source(status) for status in shelf.sources()]
    if as_json:
        print_json(told)
    else:
        columns = ("source", "state", "entries", "last_success", "next_poll_at", "detail")
        _print_table(columns, told)


@click.command()
@config_option
@json_option
def feeds(config_path: Path, as_json: bool) -> None:
    """Each feed with its addresses."""
    from aggregator import service

    with service.reading(config_path) as shelf:
        base = shelf.service().base_url or DEFAULT_BASE_URL
        told = [_feed(summary, base) for summary in shelf.feeds()]
    if as_json:
        print_json(told)
    else:
        _print_table(("feed", "title", "items", "changed_at", "rss"), told)


@click.command()
@click.argument("feed")
@config_option
@click.option(
    "--format", "form", type=click.Choice(["rss", "atom", "json", "html"]), default="atom"
)
def show(feed: str, config_path: Path, form: str) -> None:
    """The exact bytes that would be served."""
    from aggregator import service

    with service.reading(config_path) as shelf:
        body = _rendered(shelf, feed, form)
    sys.stdout.buffer.write(body)


@click.command()
@click.argument("name", metavar="ENTRY-URL-OR-ID")
@config_option
@json_option
def explain(name: str, config_path: Path, as_json: bool) -> None:
    """How an entry was read, dated and matched, and where it appears, with the evidence."""
    from aggregator import service
    from aggregator.desk import explain as desk

    with service.reading(config_path) as shelf:
        dossier = shelf.dossier(name)
    if dossier is None:
        raise UnknownName(
            f"nothing is known under {name}: give an item's address, its id, or source/key"
        )
    told = desk.explain(dossier)
    if as_json:
        print_json(told)
    else:
        click.echo(desk.as_text(told))


def _rendered(shelf: Shelf, feed: str, form: str) -> bytes:
    """What the web answers, asked for in the process: so it cannot differ."""
    from aggregator.serving.web.app import create_app

    address = f"/feeds/{feed}" if form == "html" else f"/feeds/{feed}.{form}"
    base = shelf.service().base_url or DEFAULT_BASE_URL
    answer = create_app(shelf, base_url=base).test_client().get(address)
    if answer.status_code != 200:
        raise UnknownName(f"no feed is called {feed}: `aggregator feeds` lists them")
    return answer.get_data()


def _source(status: SourceStatus) -> dict[str, Any]:
    from aggregator.text.secrets import redact

    state = status.state
    return {
        "source": status.source.id,
        "name": status.source.name,
        "url": redact(status.source.url),
        "state": _state(status),
        "detail": state.detail,
        "entries": status.entries,
        "failures": state.failures,
        "newest": status.newest,
        "last_attempt": state.last_attempt,
        "last_success": state.last_success,
        "next_poll_at": state.next_poll_at if status.source.enabled else None,
        "findings": [{"name": name, "detail": detail} for name, detail in status.findings],
    }


def _state(status: SourceStatus) -> str:
    if not status.source.enabled:
        return "disabled"
    return status.state.result or "never polled"


def _feed(summary: FeedSummary, base: str) -> dict[str, Any]:
    address = f"{base}/feeds/{summary.spec.slug}"
    return {
        "feed": summary.spec.slug,
        "title": summary.spec.title,
        "items": summary.items,
        "changed_at": summary.changed_at,
        "newest": summary.newest,
        "page": address,
        "rss": f"{address}.rss",
        "atom": f"{address}.atom",
        "json": f"{address}.json",
    }


def _print_table(columns: tuple[str, ...], told: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns, box=None)
    for row in told:
        table.add_row(*(_cell(row[column]) for column in columns))
    Console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return value.strftime("%Y-%m-%d %H:%M:%S") if hasattr(value, "strftime") else str(value)
