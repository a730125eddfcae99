"""Subscriptions in and out: what others export becomes sources, and sources are handed on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator import config
from aggregator.reading import opml
from tests.support.commands import run

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>T</title></head>'
FEED = '<outline text="Alfa" type="rss" xmlUrl="https://alfa.example/rss"/>'
ALFA = {"url": "https://alfa.example/rss", "kind": "portal", "name": "Alfa"}


def outlines(*inside: str) -> bytes:
    return f"{HEAD}<body>{''.join(inside)}</body></opml>".encode()


def imported(folder: Path, body: bytes) -> dict[str, Any]:
    file = folder / "subscriptions.opml"
    file.write_bytes(body)
    result = run("opml", "import", file, "--json")
    assert result.exit_code == 0, result.stderr
    sources: dict[str, Any] = json.loads(result.stdout)["sources"]
    return sources


@pytest.mark.parametrize(
    ("body", "sources"),
    [
        pytest.param(outlines(FEED), {"alfa": ALFA}, id="plain"),
        pytest.param(
            outlines(f'<outline text="Esteri"><outline title="UE">{FEED}</outline></outline>'),
            {"alfa": {**ALFA, "topics": ["Esteri", "UE"]}},
            id="folders are topics",
        ),
        pytest.param(
            outlines(FEED.replace("type=", 'category="/esteri/ue, sport" language="IT" type=')),
            {"alfa": {**ALFA, "language": "it", "topics": ["esteri", "ue", "sport"]}},
            id="category and language",
        ),
        pytest.param(
            outlines(FEED, f'<outline text="Sport">{FEED}</outline>'),
            {"alfa": {**ALFA, "topics": ["Sport"]}},
            id="listed twice",
        ),
        pytest.param(
            outlines(FEED, FEED.replace("/rss", "/atom")),
            {"alfa": ALFA, "alfa-2": {**ALFA, "url": "https://alfa.example/atom"}},
            id="two of one title",
        ),
        pytest.param(
            outlines('<outline xmlUrl="https://alfa.example/f?password=x"/>'),
            {
                "alfa-example": {
                    "url": "https://alfa.example/f?password=x",
                    "kind": "portal",
                    "name": "alfa.example",
                }
            },
            id="untitled is called by its host alone",
        ),
        pytest.param(
            outlines('<OUTLINE TEXT="Alfa" XMLURL="https://alfa.example/rss"/>'),
            {"alfa": ALFA},
            id="names in capitals",
        ),
        pytest.param(
            outlines(FEED.replace("/rss", "/rss?a=1&b=2")),
            {"alfa": {**ALFA, "url": "https://alfa.example/rss?a=1&b=2"}},
            id="a bare ampersand",
        ),
        pytest.param(
            outlines(FEED.replace("Alfa", "Perch\u00e9"))
            .decode()
            .replace("UTF-8", "iso-8859-1")
            .encode("latin-1"),
            {"perche": {**ALFA, "name": "Perch\u00e9"}},
            id="another encoding",
        ),
        pytest.param(outlines(FEED, FEED)[:-40], {"alfa": ALFA}, id="cut off"),
        pytest.param(
            b'<!DOCTYPE opml [<!ENTITY a "Alfa">]>' + outlines(FEED.replace("Alfa", "&a;")),
            {"a": {**ALFA, "name": "&a;"}},
            id="an entity of its own stays text",
        ),
        pytest.param(
            outlines('<outline text="X" xmlUrl="|~/script.py"/>', FEED),
            {"alfa": ALFA},
            id="no web address",
        ),
    ],
)
def test_what_others_export_becomes_sources(
    tmp_path: Path, body: bytes, sources: dict[str, Any]
) -> None:
    assert imported(tmp_path, body) == sources


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss/>",
        b"<html><outline xmlUrl='https://a.example/'/></html>",
        outlines(),
        b"<opml>" + b"<outline text='x' xmlUrl='https://a.example/'>" * 300,
    ],
    ids=["empty", "a feed", "a page", "no feed in it", "deeper than any list"],
)
def test_a_file_that_names_no_feed_is_refused(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "subscriptions.opml"
    file.write_bytes(body)
    result = run("opml", "import", file)
    assert result.exit_code == 1
    assert "names no feed" in result.stderr


def test_what_is_printed_can_be_pasted_into_a_configuration(tmp_path: Path) -> None:
    file = tmp_path / "subscriptions.opml"
    file.write_bytes(outlines(f'<outline text="È l’estero: UE">{FEED}</outline>'))
    pasted = run("opml", "import", file).stdout + "feeds: {latest: {title: Latest}}\n"
    (source,) = config.parse(pasted, "feeds.yaml", {}).sources
    assert (source.id, source.url, source.name) == ("alfa", ALFA["url"], "Alfa")
    assert source.topics == ("e l'estero: ue",)


def test_sources_are_exported_with_their_secrets_masked_and_can_be_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIRE", "hunter2")
    file = tmp_path / "feeds.yaml"
    file.write_text(
        "sources:\n"
        "  alfa: {url: 'https://alfa.example/rss', kind: portal, name: Alfa, topics: [esteri]}\n"
        "  wire: {url: 'https://wire.example/?password=${WIRE}', kind: agency, agency: wire}\n"
        "feeds: {latest: {title: Latest}}\n"
    )
    exported = run("opml", "export", "-c", file)
    assert exported.exit_code == 0
    assert imported(tmp_path, exported.stdout_bytes) == {
        "alfa": {**ALFA, "topics": ["esteri"]},
        "wire": {
            "url": "https://wire.example/?password=***",
            "kind": "portal",
            "name": "wire",
        },
    }


@given(st.binary(max_size=300))
def test_no_bytes_upset_the_reader(noise: bytes) -> None:
    assert opml.parse(noise) == ()
    assert opml.parse(outlines(FEED)[:-1] + noise)[0].url == ALFA["url"]
