"""What an article's page says of copies that their outlets list no more, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from aggregator.model.entry import Entry
from aggregator.ports import Absence
from aggregator.serving.web.app import create_app
from aggregator.text import ids
from tests.support import shelf as given
from tests.support.polling import FakeClock

LEAD = given.entry("ansa", 1, title="Ponte riaperto", language="it")
COPY = given.entry("portale", 2, title="Riaperto il ponte", language="it")
UID = ids.of_article(LEAD.ref).removeprefix("urn:uuid:")
LATER = given.NOON + timedelta(minutes=5)


def ask(*entries: Entry, language: str = "en", **facts: Any) -> TestResponse:
    """The page of an article with these entries."""
    held = given.shelf_of()
    held.dossiers[UID] = given.dossier(*entries, **facts)
    held.present = {name: given.source(name) for name in ("ansa", "portale")}
    app = create_app(held, base_url="http://localhost", clock=FakeClock())
    return app.test_client().get(f"/articles/{UID}?lang={language}")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "taken down by the outlet, seen 12:05"),
        ("it", "rimosso dalla testata, visto 12:05"),
    ],
)
def test_of_a_copy_that_was_taken_down_only_that_is_told(language: str, words: str) -> None:
    answer = ask(LEAD, replace(COPY, gone=LATER), language=language)
    assert answer.status_code == 200
    assert words in answer.text
    assert LEAD.title in answer.text
    assert COPY.title not in answer.text
    assert COPY.url not in answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "has taken it down; seen on 12 Mar 2026, 12:05."),
        ("it", "lo ha rimosso; visto 12 mar 2026, 12:05."),
    ],
)
def test_an_article_that_everyone_took_down_is_gone_and_its_text_with_it(
    language: str, words: str
) -> None:
    gone = replace(LEAD, gone=given.NOON), replace(COPY, gone=LATER)
    answer = ask(*gone, language=language)
    assert answer.status_code == 410
    assert words in answer.text
    assert not any(entry.title in answer.text or entry.url in answer.text for entry in gone)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "no longer listed by the outlet; its page is still there"),
        ("it", "non più elencato dalla testata; la sua pagina c&#39;è ancora"),
    ],
)
def test_a_page_that_was_asked_and_stands_is_told(language: str, words: str) -> None:
    absence = Absence(since=given.NOON, asked=LATER, answer="there")
    facts: dict[str, Any] = {"listed": {COPY.ref: False}, "absences": {COPY.ref: absence}}
    assert words in ask(LEAD, COPY, language=language, **facts).text


@pytest.mark.parametrize("answer", ["", "rate-limited"], ids=["not asked yet", "it gave no answer"])
def test_a_page_of_which_nothing_is_known_is_not_told(answer: str) -> None:
    absence = Absence(since=given.NOON, answer=answer)
    facts: dict[str, Any] = {"listed": {COPY.ref: False}, "absences": {COPY.ref: absence}}
    page = ask(LEAD, COPY, **facts).text
    assert '<span class="mark">no longer listed by the outlet</span>' in page
