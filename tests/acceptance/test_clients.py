"""Feed readers that others wrote subscribe to what is really served, and list what we list.

newsboat and sfeed are programs of Debian, feedparser is what half of Python reads feeds with. The
JSON Feed, which needs no guessing, says what they should find.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from aggregator import newsroom
from tests.support.commands import run, site
from tests.support.documents import rss
from tests.support.process import Running, free_port, serving

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
# Letters and signs that formats and clients have each their own trouble with.
HARD = (
    "Ricerca &amp;amp; sviluppo, l’“aria nuova” — € 3,50",
    "東京の株式市場、続伸 — ‘naïveté’ &amp;quot;ok&amp;quot;",
    "Dopo il \\ e il %25: &amp;eacute; &#x1F600;",
)
EXTRA = 'sources:\n  hard: {{url: "{base}/hard.xml", kind: portal, name: Hard}}\n'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The web alone, over a store that one pass over the newsroom has filled."""
    config = tmp_path_factory.mktemp("clients") / "feeds.yaml"
    world = newsroom.World(seed=7, start=NOON)
    items = (f"<title>{title}</title><guid>{title}</guid>" for title in HARD)
    with newsroom.serve(world, lambda: NOON) as outlets, site({"/hard.xml": rss(*items)}) as base:
        text = newsroom.feeds_yaml(outlets.base)
        config.write_text(text.replace("sources:\n", EXTRA.format(base=base)), "utf-8")
        assert run("poll", "-c", config).exit_code == 0
    web = serving(config, free_port(), "--web-only")
    web.start()
    try:
        web.wait_ready()
        yield web
    finally:
        web.stop()


def address(served: Running, form: str) -> str:
    return f"http://127.0.0.1:{served.port}/feeds/latest.{form}"


def titles(served: Running) -> list[str]:
    """What the JSON Feed lists, in its order."""
    _, body = served.get("/feeds/latest.json")
    found = [item["title"] for item in json.loads(body)["items"]]
    assert len(found) == 60
    assert {"Ricerca & sviluppo, l’“aria nuova” — € 3,50"} < set(found)
    return found


def program(name: str) -> str:
    """The path of a client; skips where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_sfeed_lists_the_same_titles_in_the_same_order(served: Running, form: str) -> None:
    _, body = served.get(f"/feeds/latest.{form}")
    read = subprocess.run([program("sfeed")], input=body, capture_output=True, check=True)
    lines = read.stdout.decode().splitlines()
    assert [line.split("\t")[1].replace("\\\\", "\\") for line in lines] == titles(served)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_newsboat_lists_the_same_titles(served: Running, tmp_path: Path, form: str) -> None:
    home = tmp_path / ".newsboat"
    home.mkdir()
    (home / "urls").write_text(address(served, form) + "\n")
    environment = {**os.environ, "HOME": str(tmp_path)}
    asked = [program("newsboat"), "-x", "reload"]
    subprocess.run(asked, env=environment, capture_output=True, check=True)
    with closing(sqlite3.connect(home / "cache.db")) as cache:
        listed = cache.execute("SELECT title FROM rss_item").fetchall()
    # It orders items by their dates when it shows them.
    assert sorted(title for (title,) in listed) == sorted(titles(served))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feedparser_finds_nothing_amiss_and_the_same_titles(served: Running, form: str) -> None:
    read = feedparser.parse(address(served, form), sanitize_html=False)
    assert read.bozo == 0
    assert [entry.title for entry in read.entries] == titles(served)
