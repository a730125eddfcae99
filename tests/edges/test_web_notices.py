"""What the status says of notices that wait for the operator: page, document and metrics."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from aggregator.model.notice import Notice, NoticeKind
from aggregator.ports import Filed, FiledState
from aggregator.serving.web.app import create_app
from tests.support import shelf as given
from tests.support.polling import FakeClock
from tests.support.shelf import MemoryShelf

FILED = Filed(
    sender=given.entry("ansa", 1).ref,
    title="ANNULLARE <la> notizia",
    at=given.NOON,
    notice=Notice(kind=NoticeKind.KILL, words=("ANNULLARE", "non utilizzare"), confidence=0.9),
    state=FiledState.WAITING,
    target=None,
    why="several texts fit",
)


@pytest.fixture
def shelf() -> MemoryShelf:
    return given.shelf_of(waiting=(FILED,))


@pytest.fixture
def client(shelf: MemoryShelf) -> FlaskClient:
    return create_app(shelf, base_url="http://localhost", clock=FakeClock()).test_client()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Notices that wait for a decision"),
        ("it", "Avvisi che attendono una decisione"),
    ],
)
def test_the_status_page_lists_what_waits_and_how_to_settle_it(
    client: FlaskClient, language: str, words: str
) -> None:
    page = client.get(f"/status?lang={language}").text
    assert words in page
    assert "ANNULLARE &lt;la&gt; notizia" in page
    assert f"<code>aggregator notices --dismiss {FILED.name}</code>" in page
    assert '<time datetime="2026-03-12T12:00:00+00:00">' in page


def test_the_status_page_is_silent_of_notices_if_none_waits(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    shelf.waiting = ()
    assert "Notices" not in client.get("/status").text


def test_of_very_many_notices_the_page_lists_fifty_and_counts_the_rest(
    client: FlaskClient, shelf: MemoryShelf
) -> None:
    shelf.waiting = tuple(
        replace(FILED, at=given.NOON - timedelta(minutes=n), title=f"N{n}") for n in range(60)
    )
    page = client.get("/status").text
    assert len(re.findall(r'<th scope="row">N\d+ ', page)) == 50
    assert "And 10 more:" in page
    told = client.get("/status.json").json
    assert told is not None
    assert (told["notices"]["waiting"], len(told["notices"]["list"])) == (60, 50)


def test_the_status_document_says_the_same(client: FlaskClient) -> None:
    told = client.get("/status.json").json
    assert told is not None
    assert told["notices"] == {
        "waiting": 1,
        "list": [
            {
                "id": FILED.name,
                "kind": "kill",
                "source": "ansa",
                "title": "ANNULLARE <la> notizia",
                "words": ["ANNULLARE", "non utilizzare"],
                "why": "several texts fit",
                "at": "2026-03-12T12:00:00+00:00",
                "settle": [
                    f"aggregator notices --apply {FILED.name} ARTICLE",
                    f"aggregator notices --dismiss {FILED.name}",
                ],
            }
        ],
    }


def test_the_metrics_have_a_sample_for_every_kind_so_that_none_is_a_number(
    client: FlaskClient,
) -> None:
    samples = client.get("/metrics").text
    assert 'aggregator_notices_waiting{kind="kill"} 1.0' in samples
    assert 'aggregator_notices_waiting{kind="embargo"} 0.0' in samples
