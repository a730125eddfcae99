"""The demo as a newcomer runs it: one command, news within seconds, and nothing left behind."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.support.commands import run
from tests.support.process import PATIENCE, Running, free_port, is_alive, is_free, wait_until

SOURCE_ID = "{http://www.w3.org/2005/Atom}entry/{*}source/{*}id"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary folders."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def demo(folder: Path, tmp_path: Path) -> Iterator[Running]:
    port = free_port()
    running = Running(arguments=["demo", "--port", str(port)], port=port, log=tmp_path / "log")
    running.start()
    try:
        yield running
    finally:
        running.kill()


def test_news_from_many_sources_is_there_within_seconds(
    demo: Running, folder: Path, record_property: Any
) -> None:
    started = time.monotonic()
    wait_until(lambda: len(sources(demo)) >= 4, "items of four sources", PATIENCE)
    seconds = time.monotonic() - started
    record_property("seconds", seconds)
    print(f"items of four sources after {seconds:.1f} s (promised: 10)")
    uid = items(demo)[0]["id"].removeprefix("urn:uuid:")
    pages = ("/", "/status", "/feeds/latest", "/feeds/trending", f"/articles/{uid}")
    assert [demo.get(page)[0] for page in pages] == [200] * len(pages)
    assert f"-c {config(folder)}" in demo.log.read_text("utf-8")


def test_an_article_of_many_entries_is_explained(demo: Running, folder: Path) -> None:
    wait_until(lambda: merged(demo) is not None, "an article of two sources")
    item = merged(demo)
    assert item
    result = run("explain", item["url"], "--json", "-c", config(folder))
    told = json.loads(result.stdout)
    assert told["article"] == item["id"]
    assert len({entry["source"] for entry in told["entries"]}) > 1
    assert told["matches"]
    assert all(match["why"] and 0 < match["score"] <= 1 for match in told["matches"])
    assert told["fields"]["title"]["value"] == item["title"]
    assert all(field["from"] for field in told["fields"].values())
    assert "latest" in [place["feed"] for place in told["feeds"]]


def test_it_ends_when_it_is_told_to_and_leaves_nothing(demo: Running, folder: Path) -> None:
    demo.wait_ready()
    processes = demo.descendants()
    assert len(processes) >= 2
    assert demo.stop() == 0
    assert [pid for pid in processes if is_alive(pid)] == []
    assert [*folder.iterdir()] == []
    assert is_free(demo.port)


def test_it_leaves_nothing_even_if_it_ends_while_it_begins(demo: Running, folder: Path) -> None:
    wait_until(lambda: any(folder.iterdir()), "the demo's folder")
    assert demo.stop() == 0
    assert [*folder.iterdir()] == []


def sources(demo: Running) -> set[str]:
    """The sources that the merged Atom feed names; none while nothing is served."""
    if not demo.answers("/feeds/latest.atom"):
        return set()
    root = ElementTree.fromstring(demo.get("/feeds/latest.atom")[1])
    return {found.text or "" for found in root.iterfind(SOURCE_ID)}


def items(demo: Running) -> list[dict[str, Any]]:
    _, body = demo.get("/feeds/latest.json")
    found: list[dict[str, Any]] = json.loads(body)["items"]
    return found


def merged(demo: Running) -> dict[str, Any] | None:
    """The first item of the merged feed that several sources carry."""
    if not demo.answers():
        return None
    return next((item for item in items(demo) if item["_aggregator"]["copies"]), None)


def config(folder: Path) -> Path:
    (file,) = folder.glob("aggregator-demo-*/feeds.yaml")
    return file
