"""`withdraw`, `notices`: what an operator does by hand, also beside a running service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from aggregator.cli.options import config_option, json_option
from aggregator.cli.printing import ago, print_json, print_text


@click.command()
@click.argument("article")
@click.option("--reason", default="", help="Why, for whoever asks later; readers do not see it.")
@click.option("--undo", is_flag=True, help="Bring it back, whoever took it down.")
@config_option
@json_option
def withdraw(article: str, reason: str, undo: bool, config_path: Path, as_json: bool) -> None:
    """Take an article out of every output now, with all its copies; or back.

    ARTICLE is whatever `explain` takes: the address of any of its items, its id, or source/key.
    """
    from aggregator import service
    from aggregator.desk import hand

    if undo and reason:
        raise click.UsageError("--reason tells why something leaves: leave it out with --undo")
    with service.by_hand(config_path) as store:
        if undo:
            told = hand.restore(store, article, service.now())
        else:
            told = hand.withdraw(store, article, reason, service.now())
    if as_json:
        print_json(told)
    else:
        print_text("\n".join(_returned(told) if undo else _left(told)))


@click.command()
@click.option("--apply", "meant", nargs=2, metavar="ID ARTICLE", help="It means this article.")
@click.option("--dismiss", metavar="ID", help="It means nothing that is here.")
@click.option("--all", "every", is_flag=True, help="Also those that are settled.")
@config_option
@json_option
def notices(
    meant: tuple[str, str] | None,
    dismiss: str | None,
    every: bool,
    config_path: Path,
    as_json: bool,
) -> None:
    """What wires ordered and nobody could tell of what: it waits for a decision.

    ID is the short name that stands before each notice. ARTICLE is whatever `explain` takes.
    Settling one that is settled undoes what it did.
    """
    from aggregator import service
    from aggregator.desk import hand

    if meant and dismiss:
        raise click.UsageError("a notice is applied or dismissed, not both")
    if meant or dismiss:
        with service.by_hand(config_path) as store:
            if meant:
                told = [hand.apply(store, *meant, service.now())]
            else:
                told = [hand.dismiss(store, str(dismiss), service.now())]
    else:
        with service.reading(config_path) as shelf:
            told = hand.notices(shelf, waiting=not every)
    if as_json:
        print_json(told)
    else:
        print_text(_listed(told, service.now()) or "no notice waits")


def _left(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"withdrawn: {told['title']}"
    yield f"{_entries(told)}; was in {_feeds(told)}"
    yield f"aggregator withdraw {told['article']} --undo brings it back"


def _returned(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"brought back: {told['title']}"
    yield f"{_entries(told)}; now in {_feeds(told)}"


def _entries(told: Mapping[str, Any]) -> str:
    number = len(told["entries"])
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _feeds(told: Mapping[str, Any]) -> str:
    return ", ".join(told["feeds"]) or "no feed"


def _listed(told: Sequence[Mapping[str, Any]], now: datetime) -> str:
    return "\n\n".join("\n".join(_notice(one, now)) for one in told)


def _notice(told: Mapping[str, Any], now: datetime) -> Iterator[str]:
    source = told["entry"].partition("/")[0]
    since = ago(datetime.fromisoformat(told["at"]), now)
    yield f"{told['id']}  {told['kind']} from {source}, {since}: {told['state']}, {told['why']}"
    yield f"  {told['title']}"
    yield f"  by its words: {' · '.join(told['words'])}"
    if told["target"]:
        yield f"  means {told['target']}"
    for near in told["near"]:
        yield f"  perhaps {near['entry']}: {near['title']}"
    if told["state"] == "waiting":
        yield f"  aggregator notices --apply {told['id']} ARTICLE, or --dismiss {told['id']}"
