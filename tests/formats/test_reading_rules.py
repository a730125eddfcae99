"""The rules of feed processing that one document alone can show, by number."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model.feed import GENERATOR
from aggregator.model.fetched import Fetched
from aggregator.model.reading import Reading
from aggregator.reading import read, sniff
from tests.support.documents import NOON, SOURCE, atom, names, only, outcome, reading, refusal, rss

PAGE = "https://corriere.example/meteo"


def item(
    number: int,
    *,
    guid: str | None = None,
    link: str | None = None,
    title: str | None = None,
    date: str = "Thu, 12 Mar 2026 10:00:00 +0100",
) -> str:
    """An item with a link and a title of its own, unless told otherwise."""
    parts = [
        f"<title>{f'Notizia {number}' if title is None else title}</title>",
        f"<link>{f'{PAGE}/{number}' if link is None else link}</link>",
        f"<guid isPermaLink='false'>{guid}</guid>" if guid is not None else "",
        f"<pubDate>{date}</pubDate>" if date else "",
    ]
    return "".join(parts)


def keys(found: Reading) -> list[str]:
    return [entry.key for entry in found.entries]


def test_rule_001_a_guid_that_is_no_permalink_is_never_an_address() -> None:
    body = rss(f'<title>Piove</title><guid isPermaLink="false">{PAGE}/1</guid>')
    assert only(body).url == ""


@pytest.mark.parametrize(
    ("guid", "url"),
    [(f"{PAGE}/1", f"{PAGE}/1"), ("corriere-1", ""), ("tag:corriere.example,2026:1", "")],
)
def test_rule_002_a_guid_is_the_link_only_if_it_is_an_address(guid: str, url: str) -> None:
    assert only(rss(f"<title>Piove</title><guid>{guid}</guid>")).url == url


@pytest.mark.parametrize(
    "guid", ["<guid/>", "<guid> </guid>", "<guid isPermaLink='true'></guid>", ""]
)
def test_rule_003_an_empty_guid_is_a_missing_one(guid: str) -> None:
    assert only(rss(f"<title>Piove</title><link>{PAGE}/1</link>{guid}")).key == f"link:{PAGE}/1"


def test_rule_004_a_constant_guid_falls_back_to_the_link() -> None:
    found = reading(rss(*(item(number, guid="corriere") for number in range(3))))
    assert keys(found) == [f"link:{PAGE}/0", f"link:{PAGE}/1", f"link:{PAGE}/2"]
    assert "constant-guid" in names(found)


def test_rule_004_a_constant_guid_and_link_fall_back_to_title_and_date() -> None:
    days = [f"Thu, 1{day} Mar 2026 10:00:00 +0100" for day in range(3)]
    found = reading(rss(*(item(1, guid="corriere", title="Meteo", date=day) for day in days)))
    assert len(found.entries) == 1  # one guid, one link, one title: one item (rule 5)
    found = reading(rss(*(item(1, guid="c", title=f"Meteo {day}", date=day) for day in days)))
    assert len(set(keys(found))) == 3
    assert [entry.canonical for entry in found.entries] == ["", "", ""]


def test_rule_005_an_item_that_stands_twice_is_one_item() -> None:
    found = reading(rss(item(1, guid="a"), item(2, guid="b"), item(1, guid="a")))
    assert keys(found) == ["guid:a", "guid:b"]
    assert "repeated-item" in names(found)
    assert len(found.window.places) == 2


def test_rule_005_of_different_items_with_one_guid_the_first_keeps_it() -> None:
    found = reading(rss(item(1, guid="a"), item(2, guid="a"), item(3, guid="b")))
    assert keys(found) == ["guid:a", f"guid:a|{PAGE}/2", "guid:b"]


def test_rule_005_without_links_the_title_tells_items_of_one_guid_apart() -> None:
    found = reading(
        rss(*(item(n, guid=guid, link="") for n, guid in ((1, "a"), (2, "a"), (3, "b"))))
    )
    first, second, third = keys(found)
    assert (first, third) == ("guid:a", "guid:b")
    assert second.startswith("guid:a|")


def test_rule_008_a_guid_has_one_key_under_http_and_https() -> None:
    one, other = (
        only(rss(item(1, guid=f"{scheme}://a.example/?p=1"))) for scheme in ("http", "https")
    )
    assert one.key == other.key == "guid:https://a.example/?p=1"


def test_rule_010_guids_are_not_stripped_of_query_or_fragment() -> None:
    found = reading(
        rss(item(1, guid="https://a.example/?utm_source=1#x"), item(2, guid="https://a.example/"))
    )
    assert keys(found) == ["guid:https://a.example/?utm_source=1#x", "guid:https://a.example/"]


def test_rule_011_the_link_is_an_alias_under_which_a_renamed_item_is_found() -> None:
    assert only(rss(item(1, guid="a"))).aliases == (f"link:{PAGE}/1",)


def test_an_address_that_several_items_share_names_none_of_them() -> None:
    shared = [item(n, guid=str(n), link=f"{PAGE}/diretta") for n in (1, 2)]
    found = reading(rss(*shared, item(3, guid="3")))
    assert [entry.canonical for entry in found.entries] == ["", "", f"{PAGE}/3"]
    assert [entry.aliases for entry in found.entries] == [(), (), (f"link:{PAGE}/3",)]
    assert found.entries[0].url == f"{PAGE}/diretta"


def test_items_without_guid_that_share_an_address_have_a_key_each() -> None:
    found = reading(rss(*(item(n, link=f"{PAGE}/diretta") for n in (1, 2))))
    assert len(set(keys(found))) == 2


def test_a_front_door_names_no_item() -> None:
    entry = only(rss(item(1, link="https://www.corriere.example/")))
    assert entry.key.startswith("text:")
    assert (entry.url, entry.canonical) == ("https://www.corriere.example/", "")


def test_rule_013_an_item_without_guid_and_link_is_named_by_its_text() -> None:
    one = only(rss("<title>Piove</title><description>Da nord.</description>"))
    assert one.key.startswith("text:")
    again = reading(
        rss("<title>Nevica</title>", "<title>Piove</title><description>Da nord.</description>")
    )
    assert again.entries[1].key == one.key


def test_rule_013_an_empty_item_is_skipped_and_not_the_feed() -> None:
    found = reading(rss("", item(1), "<pubDate>Thu, 12 Mar 2026 10:00:00 GMT</pubDate>"))
    assert keys(found) == [f"link:{PAGE}/1"]
    assert "empty-item" in names(found)


def test_rule_014_a_tracking_parameter_changes_no_key_and_stays_in_the_address() -> None:
    entry = only(rss(item(1, link=f"{PAGE}/1?utm_source=rss&amp;id=2")))
    assert entry.key == f"link:{PAGE}/1?id=2"
    assert entry.url == f"{PAGE}/1?utm_source=rss&id=2"


def test_rule_017_an_undated_entry_says_that_its_date_is_a_guess() -> None:
    entry = only(rss(item(1, date="")))
    assert (entry.published, entry.dated, entry.first_seen) == (NOON, False, NOON)


def test_rule_018_undated_items_are_ordered_and_not_above_the_newest_dated_one() -> None:
    undated = reading(rss(*(item(n, date="") for n in range(3)))).entries
    assert [NOON - entry.published for entry in undated] == [timedelta(seconds=n) for n in range(3)]
    mixed = reading(rss(item(0, date=""), item(1), item(2, date="yesterday"))).entries
    newest = datetime(2026, 3, 12, 9, tzinfo=UTC)
    assert [newest - entry.published for entry in mixed] == [
        timedelta(seconds=n) for n in (0, 0, 2)
    ]
    assert [entry.dated for entry in mixed] == [False, True, False]


def test_rule_019_an_entry_dated_ahead_is_shown_at_first_sight() -> None:
    found = reading(rss(item(1, date="Fri, 13 Mar 2026 10:00:00 GMT")))
    assert (found.entries[0].published, found.entries[0].dated) == (NOON, False)
    assert "future-date" in names(found)


def test_rule_019_a_clock_that_is_slightly_fast_is_believed() -> None:
    entry = only(rss(item(1, date="Thu, 12 Mar 2026 12:05:00 GMT")))
    assert (entry.published - NOON, entry.dated) == (timedelta(minutes=5), True)


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Sun, 12 Mar 2034 10:00:00 GMT"])
def test_rules_020_and_030_an_implausible_date_is_a_missing_one(date: str) -> None:
    entry = only(rss(item(1, date=date)))
    assert (entry.published, entry.dated) == (NOON, False)


def test_rule_021_a_new_updated_alone_is_no_other_state() -> None:
    one, other = (
        only(atom(f"<id>1</id><title>Piove</title><updated>2026-03-12T0{hour}:00:00Z</updated>"))
        for hour in (8, 9)
    )
    assert one.digest == other.digest


def test_rule_022_an_updated_that_all_items_share_is_ignored() -> None:
    stamped = "<updated>2026-03-12T08:00:00Z</updated>"
    entries = [f"<id>{n}</id><title>{n}</title>{stamped}" for n in range(3)]
    assert {entry.updated for entry in reading(atom(*entries)).entries} == {None}
    changed = f"<id>4</id><title>4</title>{stamped.replace('08', '09')}"
    assert None not in {entry.updated for entry in reading(atom(*entries, changed)).entries}


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("Gio, 12 Mar 2026 10:00:00 +0100", 9),
        ("Thu, 12 Mar 2026 10:00:00 CET", 9),
        ("Thu, 12 Mar 2026 10:00:00", 9),
        ("2026-03-12 10:00", 9),
        ("12/03/2026 10:00", 9),
        ("1773309600", 10),
    ],
)
def test_rules_024_to_031_dates_are_read_by_us_and_not_by_the_parser(date: str, hour: int) -> None:
    entry = only(rss(item(1, date=date)))
    assert (entry.published, entry.dated) == (datetime(2026, 3, 12, hour, tzinfo=UTC), True)


def test_rule_034_a_feed_without_items_is_a_good_reading() -> None:
    found = reading(rss())
    assert (found.entries, found.window.places, found.complete) == ((), (), True)
    assert names(found) == ("no-items",)


def test_rule_039_the_newest_items_of_a_huge_document_are_taken_wherever_they_stand() -> None:
    old, new = (f"Thu, {day} Mar 2026 10:00:00 GMT" for day in (11, 12))
    found = reading(rss(*(item(n, date=new if n == 2004 else old) for n in range(2005))))
    assert len(found.entries) == 2000
    assert found.entries[-1].key == f"link:{PAGE}/2004"
    assert len(found.window.places) == 2005
    assert "too-many-items" in names(found)


@pytest.mark.parametrize(
    ("page", "why", "word"),
    [
        ("<!DOCTYPE html><html><title>Just a moment...</title></html>", "challenge", "challenge"),
        ("<html><form><input type='password'></form></html>", "login-page", "login"),
        ("<!doctype HTML><body>Gestisci il tuo consenso</body>", "consent-wall", "consent"),
        ("<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'><body/></html>", "html-page", "page"),
        ("\n<head><title>404</title></head>", "html-page", "“404”"),
        ("<!-- x --><div>Manutenzione</div>", "html-page", "page"),
        ("<html><body>See our <rss>", "html-page", "page"),
    ],
)
def test_rule_052_a_page_for_people_is_named_as_one(page: str, why: str, word: str) -> None:
    refused = refusal(page.encode())
    assert refused.why == why
    assert word in refused.detail


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://portale.example/login?next=/rss", "login-page"),
        ("https://sso.portale.example/authorize", "login-page"),
        ("https://consent.portale.example/?u=rss", "consent-wall"),
        ("https://portale.example/privacy-wall", "consent-wall"),
        ("https://portale.example/cdn-cgi/challenge/x", "challenge"),
        ("https://portale.example/notizie/consenso-informato", "html-page"),
        ("https://portale.example/", "html-page"),
    ],
)
def test_rule_041_a_redirect_to_a_wall_is_named_by_where_it_led(url: str, why: str) -> None:
    assert sniff.page("<html><body>Benvenuti</body></html>", url)[0] == why


def test_rule_052_a_home_page_with_a_login_in_it_is_no_login_page() -> None:
    home = "<html><title>Portale</title><a>Accedi</a> cookie consent" + "<p>Notizia</p>" * 5_000
    assert refusal(home.encode()).why == "html-page"


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0\0"])
def test_rule_053_an_empty_body_is_named_as_one(body: bytes) -> None:
    assert refusal(body).why == "empty-body"


@pytest.mark.parametrize(
    "body",
    [
        b"Internal Server Error",
        b"<?xml version='1.0'?><opml version='2.0'><body/></opml>",
        b"<sitemapindex/>",
        b"%PDF-1.7",
        b"<",
        bytes(range(256)),
    ],
)
def test_a_body_that_is_no_feed_is_named_as_one(body: bytes) -> None:
    assert refusal(body).why == "not-a-feed"


@pytest.mark.parametrize("title", ["It&amp;#8217;s", "It&amp;amp;#8217;s"])
def test_rule_084_a_title_escaped_twice_is_decoded(title: str) -> None:
    assert only(rss(f"<title>{title}</title>")).title == "It’s"


def test_rule_085_markup_in_titles_and_authors_is_text() -> None:
    author = "<dc:creator>&lt;i&gt;C&lt;/i&gt;</dc:creator>"
    entry = only(rss(f"<title>&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>{author}"))
    assert (entry.title, entry.authors) == ("A & B", ("C",))


IMAGE = "<description>&lt;p&gt;Testo&lt;/p&gt;&lt;img src='a.jpg'&gt;</description>"


@pytest.mark.parametrize(
    ("root", "link", "url"),
    [
        (
            "xml:base='https://cdn.example/b/'",
            f"<link>{PAGE}/1</link>",
            "https://cdn.example/b/a.jpg",
        ),
        ("", f"<link>{PAGE}/1</link>", f"{PAGE}/a.jpg"),
        ("", "", "https://corriere.example/rss/a.jpg"),
        ("xml:base='/c/'", f"<link>{PAGE}/1</link>", "https://corriere.example/c/a.jpg"),
    ],
    ids=["xml:base", "the item's link", "the feed's address", "a relative xml:base"],
)
def test_rule_086_relative_addresses_have_the_nearest_base(root: str, link: str, url: str) -> None:
    assert only(rss(f"<title>Piove</title>{link}{IMAGE}", root=root)).media[0].url == url


def test_rule_086_a_base_holds_inside_its_element_alone() -> None:
    link = "<link href='x'/>"
    one, other = reading(
        atom(f"<title>A</title>{link}", f"<title>B</title>{link}").replace(
            b"<entry>", b"<entry xml:base='https://b.example/c/'>", 1
        )
    ).entries
    assert (one.url, other.url) == ("https://b.example/c/x", "https://corriere.example/rss/x")


def test_rule_086_a_base_of_the_text_is_none_of_the_link() -> None:
    text = (
        "<content type='html' xml:base='https://b.example/c/'>&lt;img src='i.jpg'&gt; x</content>"
    )
    entry = only(atom(f"<title>A</title><link href='x'/>{text}"))
    assert entry.url == "https://corriere.example/rss/x"
    assert entry.media[0].url == "https://b.example/c/i.jpg"


def test_rule_099_our_own_output_is_refused() -> None:
    body = rss(item(1), head=f"<generator>{GENERATOR}</generator>")
    assert refusal(body).why == "own-output"
    own = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [],
        "_aggregator": {"generator": GENERATOR},
    }
    assert refusal(json.dumps(own).encode()).why == "own-output"


@pytest.mark.parametrize(
    ("mark", "language"), [("it", "en"), ("en-US", "en"), ("", "en"), ("xx", "en"), ("co", "co")]
)
def test_rule_077_the_language_is_that_of_the_text_and_a_mark_is_a_hint(
    mark: str, language: str
) -> None:
    text = (
        "<title>The bridge at Lecco has been open again since this morning</title>"
        "<description>After two years of work the mayor drove over it first, with his children, "
        "and said that the next one would be ready before the end of the year.</description>"
    )
    assert only(rss(text, head=f"<language>{mark}</language>")).language == language


def test_rule_077_each_item_of_a_bilingual_feed_has_its_own_language() -> None:
    italian = item(
        1, title="Riaperto il ponte di Lecco: il sindaco è passato per primo con i figli"
    )
    german = item(2, title="Brücke in Lecco nach zwei Jahren wieder offen, der Verkehr rollt schon")
    found = reading(rss(italian, german, head="<language>it</language>"))
    assert [entry.language for entry in found.entries] == ["it", "de"]


@pytest.mark.parametrize("author", ["none@none.com (AFP)", "NONE@none.example (AFP)"])
def test_rule_112_the_bracket_after_an_address_is_the_author(author: str) -> None:
    assert only(rss(f"<title>A</title><author>{author}</author>")).authors == ("AFP",)


def test_rule_113_the_link_of_an_item_is_no_base_for_the_next_one() -> None:
    one, other = reading(
        rss(
            f"<title>A</title><link>https://a.example/b/1</link>{IMAGE}",
            f"<title>B</title><link>https://b.example/c/2</link>{IMAGE}",
        )
    ).entries
    assert one.media[0].url == "https://a.example/b/a.jpg"
    assert other.media[0].url == "https://b.example/c/a.jpg"


def test_a_feed_s_credentials_never_reach_its_items() -> None:
    source = replace(SOURCE, url="https://feeds.example/u.xml?password=${WORD}")
    body = rss("<guid>1</guid>", '<guid>2</guid><link>#2</link><enclosure url="?x=1"/>')
    answered = "https://rossi:s3greto@feeds.example/u.xml?password=s3greto"
    found = outcome(body, source=source, url=answered)
    assert isinstance(found, Reading)
    assert "s3greto" not in repr(found)
    assert "WORD" not in repr(found.entries)


def test_an_equal_body_says_nothing_new_and_moves_no_window() -> None:
    first = reading(rss(item(1), item(2)))
    again = reading(rss(item(1), item(2)), previous=first.window)
    assert (again.entries, again.window, again.findings) == ((), first.window, ())
    other = reading(rss(item(1)), previous=first.window)
    assert other.entries == ()
    assert other.window.keys == {f"link:{PAGE}/1"}


def test_the_window_lists_the_places_in_order_with_a_hash_of_their_bytes() -> None:
    first = reading(rss(item(1), item(2)))
    then = reading(rss(item(3), item(1), item(2, title="Notizia 2, corretta")))
    assert [place.key for place in then.window.places] == keys(then)
    assert then.window.places[1] == first.window.places[0]
    assert then.window.places[2].digest != first.window.places[1].digest


def test_a_reading_depends_on_nothing_but_its_arguments() -> None:
    fetched = Fetched(source_id=SOURCE.id, at=NOON, url=SOURCE.url, body=rss(item(1), item(2)))
    first = read(fetched, SOURCE, reading(rss()).window)
    assert read(fetched, SOURCE, reading(rss()).window) == first


def test_rule_023_the_newest_item_is_known_by_its_date_wherever_it_stands() -> None:
    """An undated item goes below it, not below the first or the last of the document."""
    nine, eleven = (f"Thu, 12 Mar 2026 {hour}:00:00 GMT" for hour in ("09", "11"))
    found = reading(rss(item(1, date=nine), item(2, date=eleven), item(3, date=nine)))
    undated = reading(
        rss(item(1, date=nine), item(2, date=eleven), item(3, date=""), item(4, date=nine)),
    )
    assert max(entry.published for entry in found.entries) == found.entries[1].published
    newest = found.entries[1].published
    assert undated.entries[2].published == newest - timedelta(seconds=2)


@pytest.mark.parametrize(
    "scrap",
    ["<?pi <!DOCTYPE [ ?>", "<title>&#1114112;</title>", "<title>&#xD800;</title>"],
    ids=["a-doctype-out-of-place", "a-character-beyond-unicode", "half-a-character"],
)
def test_rule_090_whatever_a_document_holds_nothing_is_raised(scrap: str) -> None:
    found = outcome(rss(item(1), head=scrap))
    assert isinstance(found, Reading)
    assert [entry.title for entry in found.entries] == ["Notizia 1"]


def half_day(*hours: int) -> bytes:
    """A document of 25 items of the days before, and some of these hours of the present one."""
    old = [item(n, date=f"Mon, {n % 9 + 1} Mar 2026 0{n % 9 + 1}:00:00 GMT") for n in range(1, 26)]
    new = [item(30 + hour, date=f"Thu, 12 Mar 2026 {hour:02}:10:00 GMT") for hour in hours]
    return rss(*new, *old)


AFTERNOON = NOON + timedelta(hours=3, minutes=12)


def test_rule_107_a_clock_without_am_and_pm_is_found_and_not_believed() -> None:
    found = reading(half_day(3), at=AFTERNOON)
    assert names(found) == ("half-day-clock",)
    assert (found.entries[0].published, found.entries[0].dated) == (AFTERNOON, False)
    assert found.entries[1].dated


@pytest.mark.parametrize("hours", [(15, 3), (14,), (9, 3)], ids=["both", "new", "late-morning"])
def test_rule_107_a_clock_of_24_hours_is_believed(hours: tuple[int, ...]) -> None:
    found = reading(half_day(*hours), at=AFTERNOON)
    assert names(found) == ()
    assert found.entries[0].dated


@pytest.mark.parametrize(
    ("written", "meant"),
    [("03:10", "15:10"), ("12:10", "12:10"), ("09:00", "09:00"), ("15:00", "15:00")],
    ids=["afternoon", "noon", "still-to-come-at-night", "of-24-hours-after-all"],
)
def test_rule_107_with_hours_12_the_half_of_the_day_is_the_one_that_has_come(
    written: str, meant: str
) -> None:
    source = replace(SOURCE, hours=12)
    body = rss(item(1, date=f"Thu, 12 Mar 2026 {written}:00 GMT"))
    entry = only(body, source=source, at=AFTERNOON)
    assert (f"{entry.published:%H:%M}", entry.dated) == (meant, True)


def test_rule_107_with_hours_12_nothing_is_found() -> None:
    found = reading(half_day(3), source=replace(SOURCE, hours=12), at=AFTERNOON)
    assert names(found) == ()
    assert found.entries[0].published == AFTERNOON - timedelta(minutes=2)
