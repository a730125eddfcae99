"""The newsroom's documents: well-formed, each in its outlet's dialect; its pictures and YAML."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from aggregator import config
from aggregator.newsroom import feeds_yaml, pictures
from aggregator.newsroom.formats import document
from aggregator.newsroom.issue import Issue
from aggregator.newsroom.outlets import ROSTER, WIRES, Format, Outlet, Stamp
from aggregator.newsroom.stamps import stamp
from aggregator.newsroom.world import World
from aggregator.text import dates
from tests.support import schemas
from tests.support.newsroom import BASE, shown

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 30, 22, 30, 15, 999_999, tzinfo=UTC)
EVERYONE = (*ROSTER, *WIRES)
WORLD = World(seed=1, start=START, roster=EVERYONE)
OUTLETS = {outlet.id: outlet for outlet in EVERYONE}
MEDIA = "{http://search.yahoo.com/mrss/}content"


def feed(outlet: Outlet) -> bytes:
    items, changed = WORLD.listed(outlet.id, START), WORLD.changed(outlet.id, START)
    return document(Issue(outlet=outlet, items=items, at=START, changed=changed, base=BASE))


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("outlet", EVERYONE, ids=lambda outlet: str(outlet.id))
def test_any_outlet_in_any_format_is_well_formed_and_whole(outlet: Outlet, form: Format) -> None:
    entries = shown(feed(replace(outlet, format=form)))
    assert len(entries) == len(WORLD.listed(outlet.id, START))
    assert all(entry.link.startswith(("http", "/")) and entry.title for entry in entries)


@pytest.mark.parametrize("outlet", EVERYONE, ids=lambda outlet: str(outlet.id))
def test_a_date_says_when_the_item_was_printed(outlet: Outlet) -> None:
    written = [entry.date for entry in shown(feed(outlet))]
    printed = [item.born.replace(microsecond=0) for item in WORLD.listed(outlet.id, START)]
    assert [dates.parse(date, ZoneInfo(outlet.zone)) for date in written] == printed


@pytest.mark.parametrize(
    "outlet", ["meridia", "corriere-delle-valli", "piazza-grande", "harbour-post"]
)
def test_an_atom_document_keeps_to_its_schema(outlet: str, corpus: Path) -> None:
    assert schemas.atom_faults(corpus, feed(OUTLETS[outlet])) == []


@pytest.mark.parametrize("outlet", ["calcio-press", "quotidiano-nuovo", "borsa-e-mercati"])
def test_a_json_document_keeps_to_its_schema(outlet: str, corpus: Path) -> None:
    assert schemas.json_feed_faults(corpus, feed(OUTLETS[outlet])) == []


@pytest.mark.parametrize(
    ("dialect", "zone", "expected"),
    [
        (Stamp.RFC822, "Europe/Rome", "Fri, 31 Jul 2026 00:30:15 +0200"),
        (Stamp.GMT, "Europe/Rome", "Thu, 30 Jul 2026 22:30:15 GMT"),
        (Stamp.ITALIAN, "Europe/Rome", "ven, 31 lug 2026 00:30:15 +0200"),
        (Stamp.ISO, "Europe/London", "2026-07-30T23:30:15+01:00"),
        (Stamp.ZULU, "Europe/London", "2026-07-30T22:30:15Z"),
        (Stamp.NAIVE, "Europe/Rome", "2026-07-31T00:30:15"),
    ],
)
def test_a_moment_in_each_dialect(dialect: Stamp, zone: str, expected: str) -> None:
    assert stamp(dialect, SUMMER, zone) == expected


def test_the_world_speaks_all_formats_and_all_dialects_of_dates() -> None:
    assert {outlet.format for outlet in EVERYONE} == set(Format)
    assert {outlet.stamp for outlet in EVERYONE} == set(Stamp)


def test_one_outlet_gives_no_guid() -> None:
    assert {entry.guid for entry in shown(feed(OUTLETS["rassegna"]))} == {""}


def test_one_outlet_writes_windows_1252() -> None:
    body = feed(OUTLETS["voce-della-laguna"])
    assert body.startswith(b'<?xml version="1.0" encoding="windows-1252"?>')
    assert "è".encode("windows-1252") in body
    with pytest.raises(UnicodeDecodeError):
        body.decode()


def test_one_outlet_gives_relative_links_and_their_base() -> None:
    root = ElementTree.fromstring(feed(OUTLETS["piazza-grande"]))
    links = [link.get("href", "") for link in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert root.get("{http://www.w3.org/XML/1998/namespace}base") == f"{BASE}/"
    assert any(link.startswith("/piazza-grande/") for link in links)


def test_a_wire_writes_accents_as_wires_do() -> None:
    body = feed(OUTLETS["agenzia-nord"]).decode()
    assert "e' " in body
    assert "è" not in body


def test_an_item_carries_its_picture_with_words_for_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(feed(OUTLETS["il-portale"]))
    media = next(root.iter(MEDIA))
    assert media.get("url", "").startswith(f"{BASE}/img/")
    assert media[0].text is not None
    assert media[0].text.startswith("Veduta di ")


def test_an_edited_item_says_when_in_the_formats_that_can() -> None:
    later = START + timedelta(hours=2)
    outlet = OUTLETS["quotidiano-nuovo"]
    items, changed = WORLD.listed(outlet.id, later), WORLD.changed(outlet.id, later)
    body = document(Issue(outlet=outlet, items=items, at=later, changed=changed, base=BASE))
    dated = [(one["date_published"], one["date_modified"]) for one in json.loads(body)["items"]]
    assert any(modified > published for published, modified in dated)
    assert all(modified >= published for published, modified in dated)


@pytest.mark.parametrize("name", ["politica-1", "sport-22", "unknown-3"])
def test_a_picture_is_a_whole_png_and_always_the_same(name: str) -> None:
    body = pictures.png(name, 48, 27)
    size = struct.unpack(">II", body[16:24])
    packed = body[body.index(b"IDAT") + 4 : body.index(b"IEND") - 8]
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    assert size == (48, 27)
    assert len(zlib.decompress(packed)) == 27 * (48 * 3 + 1)
    assert body == pictures.png(name, 48, 27) != pictures.png(f"{name}0", 48, 27)


def test_the_demos_configuration_is_valid_and_names_every_outlet() -> None:
    read = config.parse(feeds_yaml(BASE), "feeds.yaml", {})
    assert [source.id for source in read.sources] == [outlet.id for outlet in ROSTER]
    assert [source.url for source in read.sources] == [BASE + one.feed_path for one in ROSTER]
    assert {source.interval for source in read.sources} == {timedelta(seconds=2)}
    assert {source.max_interval for source in read.sources} == {timedelta(seconds=4)}
    assert [feed.slug for feed in read.feeds] == [
        *("latest", "politica", "cronaca", "esteri", "economia", "sport", "world", "trending")
    ]
