"""Broken documents: what is mended, what is used of a cut one, what is never touched."""

from __future__ import annotations

import pytest

from tests.support.documents import atom, names, only, reading, refusal, rss

ITEM = "<title>Piove a Nord</title><guid>1</guid>"
SOUND = rss(ITEM)


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\n\n  ",
        b"<?xml version='1.0'?>\n<?xml-stylesheet href='x'?><!-- made by <rss> hand -->\n",
        b"<br />\n<b>Warning</b>: no link in <b>/x.php</b> on line 3<br />\n<?xml version='1.0'?>",
        b"Notice: Undefined index in x.php\n<?xml version='1.0' encoding='utf-8'?>",
        b"<?xml?xml version='1.0' ??>",
    ],
    ids=["mark", "blank lines", "comments", "PHP in HTML", "PHP in text", "broken declaration"],
)
def test_rule_079_what_stands_before_a_feed_is_cut(before: bytes) -> None:
    assert only(before + SOUND).title == "Piove a Nord"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("utf-8", None),
        ("utf-16", None),
        ("utf-16-le", None),
        ("utf-16-be", "utf-8"),
        ("windows-1252", None),
        ("windows-1252", "utf-8"),
        ("iso-8859-1", "iso-8859-1"),
    ],
)
def test_rule_080_the_bytes_decide_before_the_labels(body: str, charset: str | None) -> None:
    text = (
        "<?xml version='1.0' encoding='UTF-8'?>" + rss("<title>Città più «calda»</title>").decode()
    )
    assert only(text.encode(body), charset=charset).title == "Città più «calda»"


def test_rule_080_utf_8_is_read_as_what_it_is_whatever_its_label_says() -> None:
    text = "<?xml version='1.0' encoding='iso-8859-1'?>" + rss("<title>Città</title>").decode()
    assert only(text.encode(), charset="windows-1251").title == "Città"


def test_rule_080_one_broken_byte_does_not_spoil_a_document() -> None:
    body = rss("<title>Città più X calda</title>").replace(b"X", b"\x93\xe8\x94")
    assert only(body).title == "Città più “è” calda"


@pytest.mark.parametrize(
    ("prolog", "charset", "encoding"),
    [
        ("<?xml version='1.0' encoding='koi8-r'?>", None, "koi8-r"),
        ('<?xml version="1.0" encoding = "windows-1251" standalone="yes"?>', None, "windows-1251"),
        ("", "windows-1251", "windows-1251"),
        ("<?xml version='1.0' encoding='koi8-r'?>", "windows-1251", "windows-1251"),
        ("<?xml version='1.0' encoding='unicode_escape'?>", "idna", "utf-8"),
        ("<?xml version='1.0' encoding='gb2312'?>", "no-such-charset", "gb18030"),
        ("", "ISO-2022-JP", "iso-2022-jp"),
    ],
    ids=[
        "single quotes",
        "spaces",
        "transport",
        "transport first",
        "no charsets",
        "alias",
        "7 bit",
    ],
)
def test_rule_081_the_transport_s_label_is_asked_before_the_document_s(
    prolog: str, charset: str | None, encoding: str
) -> None:
    text = prolog + rss("<title>Ночь</title>").decode()
    assert only(text.encode(encoding), charset=charset).title == "Ночь"


def test_rule_081_one_broken_byte_does_not_spoil_a_labelled_document() -> None:
    text = "<?xml version='1.0' encoding='euc-jp'?>" + rss("<title>東京の空</title>").decode()
    body = text.encode("euc-jp").replace(b"</title>", b"\xff</title>")
    assert only(body).title == "東京の空\ufffd"


@pytest.mark.parametrize(
    "broken", ["\x0b", "\x00", "&#11;", "&#x1F;", "&#xD800;", "&#1114112;", "\ufffe"]
)
def test_rules_082_and_090_what_xml_cannot_carry_is_dropped(broken: str) -> None:
    assert only(SOUND.replace(b" a ", f" {broken}a ".encode())).title == "Piove a Nord"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Rock & Roll", "Rock & Roll"),
        ("R&D", "R&D"),
        ("A&nbsp;B &egrave; C", "A B è C"),
        ("A &nosuch; B", "A &nosuch; B"),
        ("<![CDATA[Rock & Roll]]> & <!-- -- -->more", "Rock & Roll & more"),
        ("?a=1&b=2&copy=3", "?a=1&b=2&copy=3"),
    ],
)
def test_rule_083_bare_ampersands_and_undefined_entities_are_mended(title: str, read: str) -> None:
    found = reading(rss(f"<title>{title}</title>"))
    assert found.entries[0].title == read
    assert "mended" in names(found)


@pytest.mark.parametrize(
    "body",
    [
        SOUND.replace(b"<guid>", b"<fh:x>1</fh:x><guid>"),
        SOUND.replace(b"http://search.yahoo.com", b" http://search.yahoo.com\n"),
        SOUND.replace(b"</rss>", b"</rss>\n<!-- cached --><script>x</script>"),
        SOUND.replace(b"<guid>", b"<x a=1><y></x><guid>"),
        SOUND.replace(b"<channel>", b"<channel><description>a < b</description>"),
    ],
    ids=["lost prefix", "space in a namespace", "a tail", "crossed tags", "a bare <"],
)
def test_a_document_that_is_not_well_formed_is_read_all_the_same(body: bytes) -> None:
    found = reading(body)
    assert [(entry.key, entry.title) for entry in found.entries] == [("guid:1", "Piove a Nord")]
    assert found.complete


def test_rule_089_an_address_in_a_body_is_never_opened() -> None:
    assert refusal(b"http://127.0.0.1:1/rss.xml").why == "not-a-feed"
    assert refusal(b"/etc/passwd").why == "not-a-feed"


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p; <!ENTITY x "y">]>',
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}<!ENTITY x "&a9;">]>',
    ],
    ids=["external", "parameter", "bomb"],
)
def test_rule_091_entities_of_a_doctype_stay_text(doctype: str) -> None:
    assert only(doctype.encode() + rss("<title>A &x; B</title>")).title == "A &x; B"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        "<!DOCTYPE rss [\n<!-- a <feed> in a comment -->\n]>",
    ],
)
def test_rule_115_a_harmless_doctype_is_accepted(doctype: str) -> None:
    found = reading(b"<?xml version='1.0'?>" + doctype.encode() + SOUND)
    assert found.entries[0].title == "Piove a Nord"
    assert found.findings == reading(SOUND).findings


WHOLE = rss(
    "<title>Uno</title><guid>1</guid>",
    "<title>Due</title><guid>2</guid>",
    "<title>Tre è</title><guid>3</guid>",
)
THIRD = WHOLE.index(b"<item><title>Tre")


@pytest.mark.parametrize(
    "end",
    range(THIRD, len(WHOLE) - len("</channel></rss>\n") - len("</item>"), 3),
)
def test_of_a_cut_document_the_closed_items_are_used_and_the_unclosed_one_never(end: int) -> None:
    found = reading(WHOLE[:end])
    assert [entry.title for entry in found.entries] == ["Uno", "Due"]
    assert not found.complete
    assert "truncated" in names(found)


@pytest.mark.parametrize("end", [len(WHOLE) - 1, len(WHOLE) - 8, WHOLE.index(b"</channel>")])
def test_a_document_cut_after_its_last_item_is_still_a_cut_one(end: int) -> None:
    found = reading(WHOLE[:end])
    assert [entry.title for entry in found.entries] == ["Uno", "Due", "Tre è"]
    assert not found.complete


def test_a_document_cut_before_its_first_item_closes_says_nothing() -> None:
    found = reading(WHOLE[: WHOLE.index(b"</item>")])
    assert (found.entries, found.complete, names(found)) == ((), False, ("truncated",))


@pytest.mark.parametrize(
    "broken",
    [b"<a><b></a>", b"x & y", b"<![CDATA[never closed", b"<!-- never closed", b"<p class=x>"],
)
def test_a_document_that_is_broken_and_cut_gives_no_half_item(broken: bytes) -> None:
    found = reading(WHOLE[:THIRD] + b"<item><title>Tre" + broken)
    assert [entry.title for entry in found.entries] == ["Uno", "Due"]
    assert not found.complete


def test_an_item_that_is_broken_does_not_make_a_cut_one_whole() -> None:
    body = WHOLE[:THIRD].replace(b"Due", b"Due <b><i></b>") + b"<item><title>Tre"
    found = reading(body)
    assert [entry.key for entry in found.entries] == ["guid:1", "guid:2"]
    assert not found.complete


def test_a_cut_atom_document_is_cut_after_its_last_entry() -> None:
    body = atom("<title>Uno</title><id>1</id>", "<title>Due</title><id>2</id>")
    found = reading(body[: body.index(b"<id>2")])
    assert [entry.title for entry in found.entries] == ["Uno"]
    assert not found.complete


def test_a_cut_json_feed_gives_its_closed_items() -> None:
    head = b'{"version": "https://jsonfeed.org/version/1.1", "language": "de", '
    body = head + b'"items": [{"id": "1", "title": "Uno"}, {"id": "2", "tit'
    found = reading(body)
    assert [(entry.title, entry.language) for entry in found.entries] == [("Uno", "de")]
    assert (found.complete, names(found)) == (False, ("truncated", "undated"))


def test_a_caption_that_ends_like_an_empty_element_is_cut_out_whole() -> None:
    caption = "<media:description>a &lt;br/></media:description>"
    picture = f"<media:content url='https://a.example/a.jpg'>{caption}</media:content>"
    entry = only(rss(f"<title>A</title>{picture}<description>B</description>"))
    assert (entry.title, entry.summary, entry.content) == ("A", "B", "")


def test_an_empty_item_between_others_keeps_the_spans_of_its_neighbours() -> None:
    alone = reading(rss("<title>A</title><guid>1</guid>"))
    between = reading(rss("<title>A</title><guid>1</guid>").replace(b"<item>", b"<item/><item>"))
    assert between.window.places == alone.window.places
