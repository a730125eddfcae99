"""`sources`, `feeds`, `show`, `explain`: what the store holds, for an operator's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aggregator.cli.options import config_option, json_option
from aggregator.cli.printing import ago, print_json, print_table, print_text
from aggregator.errors import ServiceError, UnknownName

if TYPE_CHECKING:
    from aggregator.health import Health
    from aggregator.ports import Shelf, SourceStatus

# Where `serve` listens unless it is told otherwise.
DEFAULT_BASE_URL = "http://127.0.0.1:8080"


@click.command()
@config_option
@json_option
def sources(config_path: Path, as_json: bool) -> None:
    """The health of each source."""
    from aggregator import health, service
    from aggregator.serving.render import status

    with service.reading(config_path) as shelf:
        found, now = shelf.sources(), service.now()
    if as_json:
        print_json([status.source(one, now) for one in found])
        return
    judged = [(one, health.judge(one, now)) for one in found]
    columns = ("source", "state", "in words", "entries", "last answer", "next poll", "findings")
    print_table(columns, (_row(one, said, now) for one, said in judged))
    if suggested := [said.suggestion for _, said in judged if said.suggestion]:
        print_text(f"\nSuggested changes of feeds.yaml:\n\n{_merged(suggested)}")


@click.command()
@config_option
@json_option
def feeds(config_path: Path, as_json: bool) -> None:
    """Each feed with its addresses."""
    from aggregator import service
    from aggregator.serving.render import status
    from aggregator.serving.render.site import Site, feed_file

    with service.reading(config_path) as shelf:
        settings, found, base = shelf.service(), shelf.feeds(), _base_url(shelf)
    site = Site(title=settings.title, base_url=base)
    if as_json:
        forms = ("rss", "atom", "json")
        print_json(
            [
                status.feed(one, site)
                | {form: site.url(feed_file(one.spec.slug, form)) for form in forms}
                for one in found
            ]
        )
        return
    told = [status.feed(one, site) for one in found]
    changed = [ago(one.changed_at, service.now()) for one in found]
    rows = (
        (one["slug"], one["title"], _content(one), when, one["url"])
        for one, when in zip(told, changed, strict=True)
    )
    print_table(("feed", "title", "holds", "changed", "address"), rows)
    click.echo("\nEach address is a page; with .rss, .atom or .json at its end it is the feed.")


@click.command()
@click.argument("feed")
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["rss", "atom", "json", "html"]),
    default="atom",
    show_default=True,
)
def show(feed: str, config_path: Path, form: str) -> None:
    """The exact bytes that would be served.

    Where service.base_url is not configured, addresses are those of `serve` without options.
    """
    from aggregator import service

    with service.reading(config_path) as shelf:
        body = _rendered(shelf, _slug(shelf, feed), form)
    click.echo(body, nl=False)


@click.command()
@click.argument("name", metavar="ENTRY-URL-OR-ID")
@config_option
@json_option
def explain(name: str, config_path: Path, as_json: bool) -> None:
    """How an article was read, dated and matched, and where it appears, with the evidence.

    It goes by the address of any of its items, by its urn:uuid (the guid in our feeds) with or
    without urn:uuid:, by the address of its page here, or by source/key.
    """
    from aggregator import service
    from aggregator.desk import explain as desk
    from aggregator.desk import prose

    with service.reading(config_path) as shelf:
        dossier = desk.find(shelf, name)
        setting = desk.Setting(
            sources=shelf.configured(),
            feeds=[summary.spec for summary in shelf.feeds()],
            prefer=shelf.service().prefer,
        )
    told = desk.explain(dossier, setting)
    if as_json:
        print_json(told)
    else:
        print_text(prose.text(told))


def _content(told: Mapping[str, Any]) -> str:
    """`12 articles`, `3 stories by trend`."""
    nouns = {"none": "entries", "article": "articles", "story": "stories"}
    order = " by trend" if told["order"] == "trending" else ""
    return f"{told['items']} {nouns[told['collapse']]}{order}"


def _slug(shelf: Shelf, feed: str) -> str:
    """The feed's own name, which `feed` should be. Raises `UnknownName` for any other."""
    if shelf.generation(feed) is not None:
        return feed
    present = shelf.renamed(feed)
    if present is not None:
        raise UnknownName(f"the feed {feed} is called {present} now")
    known = ", ".join(summary.spec.slug for summary in shelf.feeds())
    raise UnknownName(f"no feed is called {feed}; there are {known}")


def _base_url(shelf: Shelf) -> str:
    """Where readers find us: as configured, else where `serve` answers."""
    return shelf.service().base_url or shelf.bound() or DEFAULT_BASE_URL


def _rendered(shelf: Shelf, slug: str, form: str) -> bytes:
    """What the web answers, asked for in the process: so it cannot differ."""
    from aggregator import service
    from aggregator.serving.web.app import create_app

    address = f"/feeds/{slug}" if form == "html" else f"/feeds/{slug}.{form}"
    app = create_app(shelf, base_url=_base_url(shelf), clock=service.now)
    answer = app.test_client().get(address)
    if answer.status_code != 200:
        raise ServiceError(f"{address} cannot be served now: {answer.status}")
    return answer.get_data()


def _row(status: SourceStatus, said: Health, now: datetime) -> tuple[str, ...]:
    return (
        status.source.id,
        said.state.value,
        said.words,
        str(status.entries),
        ago(status.state.last_success, now),
        _next_poll(status, now),
        "; ".join(f"{name}: {detail}" for name, detail in status.findings),
    )


def _merged(suggested: Iterable[str]) -> str:
    """Several suggestions as one `sources:` to paste."""
    return "\n".join(("sources:", *(one.removeprefix("sources:\n") for one in suggested)))


def _next_poll(status: SourceStatus, now: datetime) -> str:
    if not status.source.enabled:
        return "never"
    return "due" if status.state.next_poll_at <= now else ago(status.state.next_poll_at, now)
