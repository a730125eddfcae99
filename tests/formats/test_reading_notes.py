"""Words to editors leave a text before readers see it, and stay as the entry's note."""

from __future__ import annotations

import pytest

from aggregator.matching import notices
from aggregator.model.notice import NoticeKind
from aggregator.text import html
from tests.support.documents import only, rss

CONTENT = "<content:encoded><![CDATA[{}]]></content:encoded>"
TITLE = "<title>Storm comes ashore</title><link>https://w.example/1</link>"
STORY = "The storm came ashore at dawn, and two fishermen are missing."
BODIES = [
    ("a paragraph of its own", f"<p>Eds: Adds quotes.</p><p>{STORY}</p>", "Eds: Adds quotes."),
    ("under emphasis", f"<p><em>Eds: Adds quotes.</em></p><p>{STORY}</p>", "Eds: Adds quotes."),
    ("in brackets", f"<p>(Adds mayor&#8217;s quote) {STORY}</p>", "Adds mayor’s quote"),
    ("after a break", f"<p>{STORY}<br/>Eds: With photos; moving soon.</p>", "Eds: With photos;"),
    ("a bare line", f"(Adds quotes)\n{STORY}", "Adds quotes"),
    ("to subscribers", f"<div>ATTENTION EDITORS - Refile.<br>{STORY}</div>", "ATTENTION EDITORS"),
]


@pytest.mark.parametrize(("body", "note"), [b[1:] for b in BODIES], ids=[b[0] for b in BODIES])
def test_rule_076_words_to_editors_are_no_part_of_what_is_shown(body: str, note: str) -> None:
    entry = only(rss(f"{TITLE}{CONTENT.format(body)}"))
    assert entry.note.startswith(note)
    assert note not in entry.content + entry.summary
    assert entry.summary == STORY


@pytest.mark.parametrize(
    "body",
    [
        f"<p>The <b>law</b> (corrected in March) was not yet in force.</p><p>{STORY}</p>",
        f"<p>Edith: a life.</p><p>{STORY}</p>",
        f"<p>UPDATE: Two were found alive.</p><p>{STORY}</p>",
    ],
    ids=["brackets in a sentence", "a name", "news"],
)
def test_what_only_looks_like_words_to_editors_stays(body: str) -> None:
    entry = only(rss(f"{TITLE}{CONTENT.format(body)}"))
    assert entry.note == ""
    assert entry.summary == html.text(body)


def test_rule_076_a_note_in_excerpt_and_body_is_kept_once() -> None:
    told = f"(Adds quotes) {STORY}"
    entry = only(rss(f"{TITLE}<description>{told}</description>{CONTENT.format(f'<p>{told}</p>')}"))
    assert (entry.note, entry.summary) == ("Adds quotes", STORY)


def test_rule_076_what_changed_for_editors_alone_is_news_of_the_entry() -> None:
    first = only(rss(f"{TITLE}{CONTENT.format(STORY)}"))
    second = only(rss(f"{TITLE}{CONTENT.format(f'<p>(Adds quotes) {STORY}</p>')}"))
    assert first.digest != second.digest


def test_an_order_to_editors_is_still_known_by_its_note() -> None:
    order = 'Editors: please kill the story "Storm comes ashore". It was sent in error.'
    entry = only(rss(f"<title>Advisory</title><description>{order}</description>"))
    notice = notices.recognise(entry)
    assert notice
    assert notice.kind is NoticeKind.KILL
    assert "Storm comes ashore" in notice.named.titles


@pytest.mark.parametrize(
    "seed", ["<p>", "<p> ", "<p><b>", "(Adds ", "Eds: ", "Eds: x\n", "<p>Eds: ", "Editors: a"]
)
def test_a_hostile_text_is_read_to_its_end(seed: str) -> None:
    entry = only(rss(f"{TITLE}{CONTENT.format(seed * (300_000 // len(seed)))}"))
    assert entry.title == "Storm comes ashore"
