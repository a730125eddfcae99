"""`discover`: the feeds behind a site's address, as YAML to paste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from textwrap import indent
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from aggregator.cli import naming
from aggregator.cli.options import json_option
from aggregator.cli.printing import print_json, print_text

if TYPE_CHECKING:
    from aggregator.polling.discover import Found


@click.command()
@click.argument("url")
@click.option("--allow-private", is_flag=True, help="Ask addresses that are not public, too.")
@json_option
def discover(url: str, allow_private: bool, as_json: bool) -> None:
    """Find the feeds behind a site's address, and print them as `sources:` to paste.

    Exit code 1 if there is none.
    """
    from aggregator import service

    address = url if "://" in url else f"https://{url}"
    found = service.discover(address, allow_private=allow_private)
    sources = _sources(found)
    if as_json:
        told = [asdict(feed) for feed in found]
        is_feed = [feed.url for feed in found] == [address]
        print_json({"url": address, "is_feed": is_feed, "feeds": told, "sources": sources})
    else:
        print_text(_yaml(found, sources, address))


def _sources(found: Sequence[Found]) -> dict[str, dict[str, Any]]:
    """Sources by a key made of each title; portals, since no feed says who is an agency."""
    sources: dict[str, dict[str, Any]] = {}
    for feed in found:
        name = feed.title or urlsplit(feed.url).hostname or "source"
        source = {"url": feed.url, "kind": "portal", "name": name}
        if feed.language:
            source["language"] = feed.language
        sources[naming.key(name, sources)] = source
    return sources


def _yaml(found: Sequence[Found], sources: dict[str, dict[str, Any]], address: str) -> str:
    from aggregator import config

    lines = ["# this address is a feed itself"] if [f.url for f in found] == [address] else []
    lines.append("sources:")
    for feed, (key, source) in zip(found, sources.items(), strict=True):
        items = "1 item" if feed.items == 1 else f"{feed.items} items"
        newest = f", the newest of {feed.newest:%Y-%m-%d %H:%M} UTC" if feed.newest else ", undated"
        lines.append(f"  # {items}{newest if feed.items else ''}")
        lines.append(indent(config.dump({key: source}).rstrip(), "  "))
    return "\n".join(lines)
