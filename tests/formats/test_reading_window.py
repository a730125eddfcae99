"""Reading only what is new gives what reading everything gives: the incremental path and the whole.

`AGGREGATOR_EVERY_PAIR=1` holds every pair of successive real bodies to it instead of a sample.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from aggregator.model.entry import Entry
from aggregator.model.fetched import Refused
from aggregator.model.reading import Reading, Window
from aggregator.reading.body import read
from tests.formats.test_corpus_reading import Body, replayed
from tests.support.documents import SOURCE, as_fetched, atom, names, reading, rss

PAGE = "https://corriere.example/meteo"


def item(number: int, *, guid: str = "", link: str = "", title: str = "", more: str = "") -> str:
    """An item whose guid, link and title are its own, unless told otherwise."""
    return (
        f"<title>{title or f'Notizia {number}'}</title><link>{link or f'{PAGE}/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid or f'g{number}'}</guid>"
        f"<pubDate>Thu, 12 Mar 2026 0{number}:00:00 +0100</pubDate>{more}"
    )


def entry(number: int, *, more: str = "") -> str:
    return (
        f"<id>urn:x:{number}</id><title>Notizia {number}</title><link href='{number}.html'/>"
        f"<updated>2026-03-12T0{number}:00:00Z</updated>{more}"
    )


def json_feed(*numbers: int, language: str = "it", title: str = "Notizia") -> bytes:
    items = [{"id": f"j{n}", "url": f"{PAGE}/{n}", "title": f"{title} {n}"} for n in numbers]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "language": language, "items": items}).encode()


def told(found: Reading) -> tuple[object, ...]:
    """All that a reading says but its entries."""
    return found.window, found.complete, found.findings, found.hints


def both(old: bytes, new: bytes) -> tuple[Reading, Reading]:
    """The second of two documents, read in the light of the first and read whole."""
    before = reading(old).window
    found, whole = reading(new, previous=before), read(as_fetched(new), SOURCE, before, whole=True)
    assert isinstance(whole, Reading)
    return found, whole


def numbers(found: Reading) -> list[str]:
    return [one.title.split()[-1] for one in found.entries]


ONE_TWO = rss(item(1), item(2))
SAME_TITLE = "Il tempo di domani"
ANOTHER_DC = '<dc:date xmlns:dc="http://purl.org/dc/terms/">2026-03-11</dc:date>'
LEAK = '<x base="https://elsewhere.example/"/>'
PAIRS = {
    "one-new": (ONE_TWO, rss(item(3), item(1), item(2)), ["3"]),
    "nothing-new-but-the-build-date": (
        ONE_TWO,
        rss(item(1), item(2), head="<lastBuildDate>Thu, 12 Mar 2026 12:00:00 GMT</lastBuildDate>"),
        [],
    ),
    "an-item-removed": (rss(item(1), item(2), item(3)), rss(item(1), item(3)), []),
    "reordered": (rss(item(1), item(2), item(3)), rss(item(3), item(1), item(2)), []),
    "an-old-item-edited": (ONE_TWO, rss(item(1, more="<author>x</author>"), item(2)), ["1"]),
    "a-comment-in-an-old-item": (ONE_TWO, rss(item(1, more="<!-- 7 -->"), item(2)), ["1"]),
    "a-changed-channel-language": (
        ONE_TWO, rss(item(1), item(2), head="<language>en</language>"), ["1", "2"]
    ),
    "a-changed-xml-base": (
        atom(entry(1), entry(2), root='xml:base="https://a.example/"'),
        atom(entry(1), entry(2), root='xml:base="https://b.example/"'),
        ["1", "2"],
    ),
    "a-changed-xml-lang": (
        atom(entry(1), root='xml:lang="it"'), atom(entry(1), root='xml:lang="en"'), ["1"]
    ),
    "a-changed-namespace": (
        rss(item(1), root='xmlns:x="urn:a"'), rss(item(1), root='xmlns:x="urn:b"'), ["1"]
    ),
    "an-own-address-that-changes-with-each-poll": (
        rss(item(1), head='<atom:link rel="self" href="https://a.example/?t=1"/>'),
        rss(item(1), head='<atom:link rel="self" href="https://a.example/?t=2"/>'),
        [],
    ),
    "a-guid-reused-by-a-new-item": (ONE_TWO, rss(item(3, guid="g1"), item(2)), ["3"]),
    "a-new-item-takes-an-old-one-s-guid-before-it": (
        ONE_TWO, rss(item(3, guid="g1"), item(1), item(2)), ["3", "1", "2"]
    ),
    "a-new-item-with-an-old-one-s-guid-after-it": (
        ONE_TWO, rss(item(1), item(2), item(3, guid="g1")), ["3"]
    ),
    "a-new-item-that-shares-an-old-one-s-link": (
        ONE_TWO, rss(item(3, link=f"{PAGE}/1"), item(1), item(2)), ["3", "1", "2"]
    ),
    "an-old-item-twice": (ONE_TWO, rss(item(1), item(2), item(1)), []),
    "an-old-item-twice-in-other-bytes": (ONE_TWO, rss(item(1), item(2), item(1, more=" ")), []),
    "a-constant-guid": (
        rss(item(1, guid="g"), item(2, guid="g"), item(3, guid="g")),
        rss(item(4, guid="g"), item(1, guid="g"), item(2, guid="g"), item(3, guid="g")),
        ["4"],
    ),
    "a-guid-that-becomes-constant": (
        rss(item(1, guid="g"), item(2, guid="g")),
        rss(item(3, guid="g"), item(1, guid="g"), item(2, guid="g")),
        ["3", "1", "2"],
    ),
    "an-undated-new-item-under-dated-old-ones": (
        ONE_TWO, rss("<title>Senza data 3</title><guid>g3</guid>", item(1), item(2)), ["3"]
    ),
    "an-empty-item": (ONE_TWO, rss("", item(1), item(2)), []),
    "a-caption-in-a-new-item-and-in-an-old-one": (
        rss(item(1, more="<media:description>Foto</media:description>")),
        rss(
            item(2, more="<media:description>Altra</media:description>"),
            item(1, more="<media:description>Foto</media:description>"),
        ),
        ["2"],
    ),
    "a-document-that-must-be-mended": (
        rss(item(1, more="<source>a & b</source>"), item(2)),
        rss(item(3), item(1, more="<source>a & b</source>"), item(2)),
        ["3"],
    ),
    "a-cut-document": (ONE_TWO, rss(item(3), item(1), item(2))[:-60], ["3"]),
    "a-document-beyond-mending": (
        rss(item(1, more="<b>")), rss(item(2), item(1, more="<b>")), ["2"]
    ),
    "another-encoding": (
        rss(item(1, title="Perché 1"), item(2)),
        rss(item(3), item(1, title="Perché 1"), item(2)).decode().encode("iso-8859-1"),
        ["3"],
    ),
    "a-prefix-that-an-old-item-gave-another-meaning": (
        rss(item(1, more=ANOTHER_DC), item(2)),
        rss(item(3, more="<dc:creator>Neri</dc:creator>"), item(1, more=ANOTHER_DC), item(2)),
        ["3", "1", "2"],
    ),
    "a-prefix-that-has-its-own-meaning-again": (
        rss(item(1, more=ANOTHER_DC), item(2, more="<dc:creator>Neri</dc:creator>")),
        rss(item(2, more="<dc:creator>Neri</dc:creator>")),
        ["2"],
    ),
    "a-base-without-xml-in-an-old-item": (
        rss(item(1, more=LEAK), item(2)),
        rss(item(3, more="<media:content url='a.jpg'/>"), item(1, more=LEAK), item(2)),
        ["3", "1", "2"],
    ),
    "a-channel-in-an-old-item": (
        rss(item(1, more="<channel><title>x</title></channel>"), item(2)),
        rss(item(1, more="<channel><title>x</title></channel>"), item(2), item(3)),
        ["1", "2", "3"],
    ),
    "a-tangle-that-stays-as-it-is": (
        rss(item(1, more=LEAK), item(2)), rss(item(1, more=LEAK), item(2), head=" "), []
    ),
    "a-comment-and-a-text-that-look-like-items": (
        rss(item(1, more="<!-- <item> -->")),
        rss(item(1, more="<!-- <item> -->"), item(2, more="<x><![CDATA[<item>]]></x>")),
        ["2"],
    ),
    "items-that-left-their-channel": (
        rss(item(1), item(2)), rss("<title>0</title>") [:-16] + b"</channel>"
        + f"<item>{item(1)}</item><item>{item(3)}</item></rss>".encode(), ["0", "1", "3"],
    ),
    "another-format": (
        rss(item(1), item(2)), json_feed(1, 2, 3), ["1", "2", "3"]
    ),
    "a-json-feed": (json_feed(1, 2), json_feed(3, 1, 2), ["3"]),
    "a-json-feed-edited": (json_feed(1, 2), json_feed(1, 2, title="Altra"), ["1", "2"]),
    "a-json-feed-in-another-language": (
        json_feed(1, 2), json_feed(1, 2, language="en"), ["1", "2"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "parsed"), PAIRS.values(), ids=PAIRS.keys())
def test_what_is_read_again_and_what_it_says(old: bytes, new: bytes, parsed: list[str]) -> None:
    found, whole = both(old, new)
    assert numbers(found) == parsed
    assert told(found) == told(whole)
    taken = {one.key for one in found.entries}
    assert found.entries == tuple(one for one in whole.entries if one.key in taken)


OTHER_CIRCUMSTANCES = {
    "address": {"url": "https://corriere.example/other/home.xml"},
    "name": {"name": "Corriere della Notte"},
    "language": {"language": "en"},
    "timezone": {"timezone": "Europe/London"},
}


@pytest.mark.parametrize("given", OTHER_CIRCUMSTANCES.values(), ids=OTHER_CIRCUMSTANCES.keys())
def test_a_source_that_is_configured_otherwise_is_read_whole(given: dict[str, Any]) -> None:
    first, other = reading(ONE_TWO), replace(SOURCE, **given)
    found = read(as_fetched(rss(item(1), item(2), head=" "), other), other, first.window)
    assert isinstance(found, Reading)
    assert numbers(found) == ["1", "2"]


def test_what_an_older_version_remembered_is_read_again() -> None:
    first = reading(ONE_TWO).window
    bare = Window(body="", places=tuple(replace(one, facts=None) for one in first.places))
    assert numbers(reading(ONE_TWO, previous=bare)) == ["1", "2"]


def test_three_documents_in_turn_remember_what_only_the_first_said_in_full() -> None:
    window = Window()
    for body in (rss(item(1)), rss(item(2), item(1)), rss(item(3), item(2), item(1))):
        found = reading(body, previous=window)
        window = found.window
    assert numbers(found) == ["3"]
    assert window == reading(rss(item(3), item(2), item(1))).window


def test_findings_count_the_items_that_were_not_read_again() -> None:
    undated = "<title>Senza data</title><guid>u</guid>"
    found, _ = both(rss(undated, item(1)), rss(item(2), undated, item(1)))
    assert names(found) == ("undated",)
    assert found.findings[0].detail == "1 of 3 items carry no date that can be read"


def test_rule_039_of_a_document_with_too_many_items_every_one_is_weighed_again() -> None:
    many = [f"<title>N {n}</title><guid>n{n}</guid>" for n in range(2001)]
    first = reading(rss(*many))
    again = reading(rss(*many, head=" "), previous=first.window)
    assert len(again.entries) == 2000
    assert again.window.places == first.window.places


def pairs(corpus: Path) -> Iterator[tuple[Body, Body]]:
    """Each body with the one after it in its outlet."""
    by_outlet: dict[str, list[Body]] = {}
    for body in replayed(corpus):
        by_outlet.setdefault(body.outlet, []).append(body)
    for bodies in by_outlet.values():
        yield from pairwise(sorted(bodies, key=attrgetter("at")))


def read_body(body: Body, previous: Window, *, whole: bool) -> Reading | Refused:
    return read(as_fetched(body.bytes, at=body.at), SOURCE, previous, whole=whole)


def new_ones(whole: Reading, before: Reading) -> tuple[Entry, ...]:
    had = {one.digest for one in before.window.places}
    new = {one.key for one in whole.window.places if one.digest not in had}
    return tuple(one for one in whole.entries if one.key in new)


def differs(old: Body, new: Body) -> bool:
    before = read_body(old, Window(), whole=True)
    window = before.window if isinstance(before, Reading) else Window()
    found, whole = (read_body(new, window, whole=path) for path in (False, True))
    if not (isinstance(found, Reading) and isinstance(whole, Reading)):
        return found != whole
    if not isinstance(before, Reading) or old.bytes == new.bytes:
        return found != whole
    few = len(found.entries) < len(whole.entries)
    expected = new_ones(whole, before) if few else whole.entries
    return (told(found), found.entries) != (told(whole), expected)


def test_both_paths_agree_over_successive_real_bodies(corpus: Path) -> None:
    step = 1 if os.environ.get("AGGREGATOR_EVERY_PAIR") else 23
    taken = list(pairs(corpus))[::step]
    assert [(new.outlet, new.at) for old, new in taken if differs(old, new)] == []
    assert taken
