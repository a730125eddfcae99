"""NewsML-G2 as entries: what each part becomes, what is held back, what is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.model.entry import Status
from aggregator.model.fetched import Why
from tests.support.documents import names, only, reading, refusal
from tests.support.wires import BODY, message, news_item

NITF = (
    '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">'
    "<body><body.head><hedline><hl1>Bridge opens</hl1></hedline></body.head><body.content><block>"
    "<hl1>Bridge opens</hl1><p>ROME (AP) _ It is <em>open</em>.</p>"
    '<media media-type="image"><media-reference mime-type="image/jpeg" width="640" height="480"'
    ' source="https://img.example/bridge.jpg"/><media-caption>The bridge</media-caption>'
    "<media-producer>A. Rossi</media-producer></media></block></body.content></body></nitf>"
    "</inlineXML>"
)
PICTURE = (
    '<remoteContent href="https://img.example/{0}-s.jpg" contenttype="image/jpeg" width="200"/>'
    '<remoteContent href="https://img.example/{0}-m.jpg" contenttype="image/jpeg" width="1400"/>'
    '<remoteContent href="https://img.example/{0}-l.jpg" contenttype="image/jpeg" width="6000"/>'
)


def picture(name: str) -> str:
    content = (
        f"<headline>{name}</headline><creditline>Foto ANSA</creditline>"
        f'<description role="drol:caption">The {name} at dawn</description>'
    )
    return news_item(
        guid=f"tag:ansa.it,2026-03-12:{name}",
        item_class="ninat:picture",
        content=content,
        body=PICTURE.format(name),
    )


def test_each_part_becomes_a_field() -> None:
    content = (
        "<urgency>3</urgency><by>By Anna Rossi</by><creditline>ANSA –</creditline>"
        '<language tag="en-GB"/><headline>Bridge opens</headline>'
        '<headline role="hld:subHeadline">After ten years</headline><slugline>BRIDGE</slugline>'
        '<subject type="cpnat:abstract" qcode="medtop:1"><name>Transport</name></subject>'
        '<subject type="cpnat:person" literal="Anna Verdi"/><subject qcode="medtop:2"/>'
    )
    meta = '<pubStatus qcode="stat:usable"/><edNote>Eds: adds <b>quotes</b>.</edNote>'
    entry = only(message(news_item(version="4", meta=meta, content=content)))
    assert entry.key == "guid:tag:ansa.it,2026-03-12:1"
    assert (entry.title, entry.summary) == ("Bridge opens", "After ten years")
    assert entry.content == "<div><p>(ANSA) - ROMA, 12 MAR - The bridge is open.</p></div>"
    assert (entry.version, entry.status, entry.urgency) == (4, Status.USABLE, 3)
    assert entry.credit is not None
    assert (entry.credit.agency, entry.authors, entry.language) == ("ansa", ("Anna Rossi",), "en")
    assert (entry.topics, entry.note) == (("transport",), "Eds: adds quotes.")
    assert entry.published == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert entry.updated == datetime(2026, 3, 12, 9, 5, tzinfo=UTC)
    assert (entry.url, entry.embargo) == ("", None)


def test_an_item_may_stand_without_a_message() -> None:
    assert only(news_item().encode()).title == "Bridge opens"


def test_prefixes_are_as_good_as_a_default_namespace() -> None:
    body = news_item().replace("<", "<n:").replace("<n:/", "</n:").replace("xmlns=", "xmlns:n=", 1)
    assert only(body.encode()).title == "Bridge opens"


def test_nitf_becomes_html_without_its_headline_and_with_its_picture() -> None:
    content = "<headline>Bridge opens</headline><description>Today</description>"
    entry = only(message(news_item(body=NITF, content=content)))
    assert entry.content == "<div><div><p>ROME (AP) _ It is <em>open</em>.</p></div></div>"
    (media,) = entry.media
    assert (media.url, media.title, media.credit) == (
        "https://img.example/bridge.jpg",
        "The bridge",
        "A. Rossi",
    )


def test_markup_in_what_claims_to_be_plain_text_is_markup() -> None:
    body = (
        '<inlineData contenttype="text/plain"><![CDATA[<p>The bridge\nis open.</p>]]></inlineData>'
    )
    content = '<headline>Bridge</headline><description role="drol:summary">Today</description>'
    entry = only(message(news_item(body=body, content=content)))
    assert entry.content == "<p>The bridge\nis open.</p>"


def test_the_codes_behind_the_last_paragraph_are_no_text() -> None:
    body = BODY.replace("</p>", "</p><p>Two.</p>51 77 CRO01 QBXB\n").replace("<p>(", "Lead 1<p>(")
    entry = only(message(news_item(body=body)))
    assert entry.summary == "Lead 1 (ANSA) - ROMA, 12 MAR - The bridge is open. Two."


def test_a_script_in_a_body_is_not_shown() -> None:
    body = BODY.replace("<p>", "<script>alert(1)</script><p onclick='x()'>")
    assert "alert" not in only(message(news_item(body=body))).content


def test_a_message_may_carry_several_items_and_packages_are_passed_over() -> None:
    package = '<packageItem guid="p" version="1"><itemMeta/></packageItem>'
    found = reading(message(news_item(guid="a"), package, news_item(guid="b")))
    assert [entry.key for entry in found.entries] == ["guid:a", "guid:b"]
    assert names(found) == ("no-news-item",)


def test_pictures_that_come_with_one_text_belong_to_it() -> None:
    entry = only(message(news_item(), picture("bridge"), picture("river")))
    assert [one.url for one in entry.media] == [
        "https://img.example/bridge-m.jpg",
        "https://img.example/river-m.jpg",
    ]
    assert (entry.media[0].title, entry.media[0].credit) == ("The bridge at dawn", "Foto ANSA")
    assert entry.credit is not None
    assert entry.credit.words == "ANSA"


def test_a_picture_alone_is_news_with_its_caption() -> None:
    entry = only(message(picture("bridge")))
    assert (entry.title, entry.summary) == ("bridge", "The bridge at dawn")
    assert len(entry.media) == 1


STATUSES = [
    pytest.param('<pubStatus qcode="stat:usable"/>', Status.USABLE, id="usable"),
    pytest.param("", Status.USABLE, id="nothing said"),
    pytest.param('<pubStatus qcode="stat:withheld"/>', Status.WITHHELD, id="withheld"),
    pytest.param('<pubStatus qcode="stat:canceled"/>', Status.CANCELED, id="canceled"),
    pytest.param(
        '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>',
        Status.CANCELED,
        id="as a URI",
    ),
    pytest.param("<pubStatus>stat:canceled</pubStatus>", Status.CANCELED, id="as a text"),
    pytest.param('<pubStatus qcode="stat:limbo"/>', Status.WITHHELD, id="a word of nobody's"),
]


@pytest.mark.parametrize(("meta", "expected"), STATUSES)
def test_a_status(meta: str, expected: Status) -> None:
    assert only(message(news_item(meta=meta))).status is expected


def test_an_unknown_status_is_told() -> None:
    found = reading(message(news_item(meta='<pubStatus qcode="stat:limbo"/>')))
    assert names(found) == ("unknown-status",)


def test_an_embargo_is_a_moment() -> None:
    entry = only(message(news_item(meta="<embargoed>2026-03-13T06:00:00+01:00</embargoed>")))
    assert entry.embargo == datetime(2026, 3, 13, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("until", ["", "until the minister has spoken"])
def test_rule_075_an_embargo_that_cannot_be_read_is_a_hold(until: str) -> None:
    entry = only(message(news_item(meta=f"<embargoed>{until}</embargoed>")))
    assert (entry.status, entry.embargo) == (Status.WITHHELD, None)


def test_rule_076_a_note_to_editors_is_in_no_text() -> None:
    entry = only(message(news_item(meta="<edNote>Eds: moving on Sunday</edNote>")))
    assert entry.note == "Eds: moving on Sunday"
    assert "Sunday" not in entry.title + entry.summary + entry.content


def test_another_version_of_the_same_words_is_another_state() -> None:
    one, two = only(message(news_item())), only(message(news_item(version="2")))
    assert one.title == two.title
    assert one.digest != two.digest


def test_of_several_versions_in_one_message_the_highest_counts() -> None:
    old, new = news_item(version="1"), news_item(version="2", content="<headline>B</headline>")
    for found in (reading(message(old, new)), reading(message(new, old))):
        assert [(entry.title, entry.version) for entry in found.entries] == [("B", 2)]
        assert names(found) == ("older-version",)


def test_a_cut_message_gives_its_whole_items() -> None:
    body = message(news_item(guid="a"), news_item(guid="b"))
    found = reading(body[: body.index(b'guid="b"') + 200])
    assert [entry.key for entry in found.entries] == ["guid:a"]
    assert (found.complete, "truncated" in names(found)) == (False, True)


def test_rule_091_entities_of_a_doctype_are_never_expanded() -> None:
    doctype = '<!DOCTYPE newsItem [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    body = doctype + news_item(content="<headline>Bridge &e; opens</headline>")
    assert only(body.encode()).title == "Bridge &e; opens"


def test_deep_markup_needs_no_deep_stack() -> None:
    deep = "<i>" * 150 + "word" + "</i>" * 150
    body = f'<inlineXML contenttype="x"><html><body><p>{deep}</p></body></html></inlineXML>'
    assert only(message(news_item(body=body))).summary == "word"


FOREIGN = [
    pytest.param(b"<?xml version='1.0'?><NewsML><NewsItem/></NewsML>", "NewsML 1", id="NewsML 1.2"),
    pytest.param(b"<nitf><body/></nitf>", "NITF", id="NITF"),
    pytest.param(b"\x01ABC0001 4 pol 100 ANSA\r\n", "IPTC 7901", id="IPTC 7901"),
    pytest.param(b"\x16\x16\x01a1234\x1f", "ANPA 1312", id="ANPA 1312"),
    pytest.param(b'{"api_version": "2.1", "data": {}}', "AP's Media API", id="AP JSON"),
    pytest.param(b"<urlset xmlns='x'><url/></urlset>", "a sitemap", id="sitemap"),
]


@pytest.mark.parametrize(("body", "name"), FOREIGN)
def test_other_wire_formats_are_refused_by_name(body: bytes, name: str) -> None:
    refused = refusal(body)
    assert (refused.why, name in refused.detail) == (Why.NOT_A_FEED, True)


SLIPS = [
    pytest.param("2026-03-12T11:30:00Z", "2026-03-12T11:30:00+1000", 11, id="the first is nearer"),
    pytest.param("2026-03-11T21:30:00+1000", "2026-03-12T11:30:00Z", 11, id="the second is nearer"),
    pytest.param("2026-03-12T09:30:00Z", "2026-03-12T11:30:00Z", 9, id="an edit two hours later"),
    pytest.param("2026-03-12T09:30:00Z", "2026-03-12T11:40:00+0100", 9, id="no whole hours apart"),
]


@pytest.mark.parametrize(("first", "second", "hour"), SLIPS)
def test_rule_032_of_two_stamps_that_differ_by_whole_hours_the_nearer_to_arrival_counts(
    first: str, second: str, hour: int
) -> None:
    stamps = f"<firstCreated>{first}</firstCreated><versionCreated>{second}</versionCreated>"
    body = message(news_item()).decode()
    start, end = body.index("<versionCreated>"), body.index("</firstCreated>") + 15
    entry = only((body[:start] + stamps + body[end:]).encode())
    assert entry.published == datetime(2026, 3, 12, hour, 30, tzinfo=UTC)
