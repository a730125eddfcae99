"""ninjs 1.x, 2.x and 3.x as entries: one meaning, three spellings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.model.entry import Status
from aggregator.model.fetched import Why
from tests.support.documents import names, only, reading, refusal
from tests.support.wires import ninjs

FORMS = {"href": "https://img.example/b.jpg", "width": 640, "height": 480}
ONE: dict[str, Any] = {
    "version": "4",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "it-IT",
    "headline": "Si apre il ponte",
    "byline": "Anna Rossi",
    "description_text": "Dopo dieci anni.",
    "body_xhtml": "<p>Roma - Il ponte è aperto.</p>",
    "subject": [{"name": "Trasporti", "code": "1"}],
    "ednote": "Aggiunge citazioni",
    "copyrightholder": "ANSA",
    "firstcreated": "2026-03-12T10:00:00+01:00",
    "associations": {
        "main": {
            "type": "picture",
            "headline": "Ponte",
            "description_text": "Il ponte",
            "byline": "L. Bianchi",
            "renditions": {"big": {**FORMS, "mimetype": "image/jpeg"}},
        }
    },
}
TWO: dict[str, Any] = {
    "version": "4",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "it-IT",
    "headlines": [
        {"role": "alternative", "value": "Il ponte"},
        {"role": "main", "value": "Si apre il ponte"},
    ],
    "by": "Anna Rossi",
    "descriptions": [
        {"role": "creditline", "value": "ANSA"},
        {"role": "summary", "value": "Dopo dieci anni."},
    ],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "Roma"},
        {"role": "nitf", "contenttype": "text/vnd.IPTC.NITF", "value": "<?xml?><nitf/>"},
        {"role": "x", "contenttype": "text/html", "value": "<p>Roma - Il ponte è aperto.</p>"},
    ],
    "subjects": [{"name": "Trasporti", "uri": "http://cv.example/1"}],
    "ednote": "Aggiunge citazioni",
    "infosources": [{"name": "ANSA"}],
    "contentcreated": "2026-03-12T10:00:00+01:00",
    "associations": [
        {
            "name": "main",
            "type": "picture",
            "by": "L. Bianchi",
            "descriptions": [{"role": "caption", "value": "Il ponte"}],
            "renditions": [{**FORMS, "name": "big", "contenttype": "image/jpeg"}],
        }
    ],
}
_CAMEL = {
    "pubstatus": "pubStatus",
    "contenttype": "contentType",
    "ednote": "edNote",
    "infosources": "infoSources",
    "contentcreated": "contentCreated",
}


def camel(value: Any) -> Any:
    """The same under the keys of 3.x."""
    if isinstance(value, dict):
        return {_CAMEL.get(key, key): camel(one) for key, one in value.items()}
    return [camel(one) for one in value] if isinstance(value, list) else value


SPELLINGS = [
    pytest.param(ninjs(**ONE), id="1.x"),
    pytest.param(ninjs(**TWO), id="2.x"),
    pytest.param(ninjs(**camel(TWO)).replace(b"versioncreated", b"versionCreated"), id="3.x"),
]


@pytest.mark.parametrize("body", SPELLINGS)
def test_the_three_versions_say_the_same(body: bytes) -> None:
    entry = only(body)
    assert (entry.key, entry.version, entry.urgency) == ("guid:urn:ansa:1", 4, 3)
    assert (entry.title, entry.summary) == ("Si apre il ponte", "Dopo dieci anni.")
    assert entry.content == "<p>Roma - Il ponte è aperto.</p>"
    assert entry.credit is not None
    assert (entry.authors, entry.credit.agency) == (("Anna Rossi",), "ansa")
    assert (entry.topics, entry.note) == (("trasporti",), "Aggiunge citazioni")
    assert entry.published == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert (entry.status, entry.url) == (Status.USABLE, "")
    (media,) = entry.media
    assert (media.url, media.title, media.credit) == (FORMS["href"], "Il ponte", "L. Bianchi")


@pytest.mark.parametrize("form", ["[{0}, {1}]", '{{"total": 2, "item": [{0}, {1}]}}'])
def test_items_may_come_as_a_list(form: str) -> None:
    first, second = ninjs(headline="A").decode(), ninjs(uri="urn:ansa:2", headline="B").decode()
    found = reading(form.format(first, second).encode())
    assert [entry.title for entry in found.entries] == ["A", "B"]


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_a_status_is_kept(status: str) -> None:
    assert only(ninjs(headline="A", pubstatus=status)).status == status


def test_an_embargo_is_a_moment() -> None:
    entry = only(ninjs(headline="A", embargoed="2026-03-13T06:00:00Z"))
    assert entry.embargo == datetime(2026, 3, 13, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [{"pubstatus": ["canceled"]}, {"pubstatus": {"name": "canceled"}}, {"embargoed": True}],
    ids=["a list", "an object", "an embargo that is no moment"],
)
def test_rule_075_what_holds_an_item_back_does_so_if_it_cannot_be_read(
    said: dict[str, Any],
) -> None:
    assert only(ninjs(headline="A", **said)).status is Status.WITHHELD


@pytest.mark.parametrize("said", [None, False, ""])
def test_an_embargo_that_is_none_holds_nothing_back(said: object) -> None:
    assert only(ninjs(headline="A", embargoed=said)).status is Status.USABLE


def test_events_and_plans_are_no_news() -> None:
    event = {"uri": "urn:ansa:event", "type": "event", "title": "Conferenza"}
    found = reading(json.dumps([json.loads(ninjs(headline="A")), event]).encode())
    assert [entry.title for entry in found.entries] == ["A"]
    assert names(found) == ("no-news-item",)


@pytest.mark.parametrize(
    "body", [b'{"uri": "urn:x"}', b'[{"name": "Anna", "type": "person"}]', b"[1, 2]", b"[]", b"{"]
)
def test_other_json_is_no_ninjs(body: bytes) -> None:
    assert refusal(body).why is Why.NOT_A_FEED


@pytest.mark.parametrize("version", ["-1", "9" * 30, "two", 1.5, None])
def test_a_version_that_is_no_number_is_none(version: object) -> None:
    assert only(ninjs(headline="A", version=version)).version is None


def test_rule_082_half_a_letter_is_dropped_wherever_json_escapes_it() -> None:
    broken = "a\ud800b"
    entry = only(ninjs(uri=broken, headline=broken, body_html=f"<p>{broken}</p>", ednote=broken))
    assert (entry.key, entry.title, entry.summary, entry.note) == ("guid:ab", "ab", "ab", "ab")
