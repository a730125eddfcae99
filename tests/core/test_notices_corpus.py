"""No headline of weeks of real feeds is taken for an order, and no labelled news."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from aggregator.matching import notices
from aggregator.model.entry import Entry
from aggregator.model.notice import Notice, NoticeKind
from aggregator.text import html

AT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
Words = tuple[str, str]
_ITEM = re.compile(rb"<(item|entry)[ >].*?</\1>", re.DOTALL)
_TEXTS = (
    re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL),
    re.compile(r"<(?:description|summary)[^>]*>(.*?)</(?:description|summary)>", re.DOTALL),
)


def headlines(corpus: Path) -> set[Words]:
    files = (corpus / "headlines").glob("*/*.json")
    articles = (one for file in files for one in json.loads(file.read_bytes())["articles"])
    return {(one["title"] or "", one["description"] or "") for one in articles}


def replayed(corpus: Path) -> set[Words]:
    """Title and text of all items of the replays, each once; cut documents give what is whole."""
    return {
        _words(item) for archive in (corpus / "replay").glob("*.tar.xz") for item in _items(archive)
    }


def _items(archive: Path) -> set[bytes]:
    with tarfile.open(archive) as tar:
        bodies = (tar.extractfile(member) for member in tar if member.name.endswith(".xml"))
        return {match[0] for body in bodies if body for match in _ITEM.finditer(body.read())}


def _words(item: bytes) -> Words:
    text = item.decode("utf-8", "replace").replace("<![CDATA[", "").replace("]]>", "")
    found = (pattern.search(text) for pattern in _TEXTS)
    title, summary = (html.title(match[1], markup=True) if match else "" for match in found)
    return title, summary


def recognised(title: str, summary: str) -> Notice | None:
    entry = Entry(
        source_id="s",
        key="k",
        url="",
        canonical="",
        title=title,
        summary=summary[:300],
        content="",
        published=AT,
        dated=True,
        first_seen=AT,
        digest="",
    )
    return notices.recognise(entry)


def hits(words: set[Words]) -> Iterator[tuple[str, str]]:
    for title, summary in sorted(words):
        notice = recognised(title, summary)
        if notice:
            yield notice.kind.value, title


def test_no_real_news_is_taken_down_held_or_hidden(corpus: Path) -> None:
    words = headlines(corpus) | replayed(corpus)
    assert len(words) > 9000
    found = list(hits(words))
    print(*found, sep="\n")
    assert {kind for kind, _ in found} <= {"update"}
    assert len(found) < 10


def test_no_labelled_news_is_a_notice_and_nine_of_ten_notices_are_of_their_kind(
    corpus: Path,
) -> None:
    lines = (corpus / "labels" / "notices.jsonl").read_text("utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    found = [(one["kind"], recognised(one["title"], one["summary"])) for one in labels]
    kinds = [(kind, _coarse(notice.kind) if notice else "news") for kind, notice in found]
    assert not [got for kind, got in kinds if kind == "news" and got != "news"]
    assert len([got for kind, got in kinds if kind == got]) >= 0.9 * len(kinds)


def _coarse(kind: NoticeKind) -> str:
    """The labels know no finer kinds: what takes down is a kill, and what mends a correction."""
    if kind.takes_down:
        return "kill"
    return "correction" if kind is NoticeKind.REFILE else kind.value
