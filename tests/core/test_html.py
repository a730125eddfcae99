"""Markup from strangers: what may be shown, and what it says in plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import html

BASE = "https://corriere.example/politica/1.html"
SHOWN = [
    ("<p>One &amp; two</p>", "<p>One &amp; two</p>"),
    ("a < b", "a &lt; b"),
    ("<b>bold", "<b>bold</b>"),
    ("<div class=x style='color:red' id=y>text</div>", "<div>text</div>"),
    ("<font color=red>text</font>", "text"),
    ("<form action=/x><p>text</p><input name=a></form>", "<p>text</p>"),
    ("before<!-- a comment -->after", "beforeafter"),
    ("bell\x07 &#7;and&#xFFFF; null\x00", "bell and null"),
]


@pytest.mark.parametrize(("markup", "shown"), SHOWN, ids=[markup for markup, _ in SHOWN])
def test_markup_is_reduced_to_what_may_be_shown(markup: str, shown: str) -> None:
    assert html.clean(markup) == shown


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<iframe src=https://a.example/></iframe>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<object data=x><embed src=y></object>",
        "<video src=https://a.example/v.mp4 onerror=alert(1)></video>",
        "<img src=javascript:alert(1)>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<img src=x onerror=alert(1)",
    ],
)
def test_what_runs_or_calls_home_is_gone_with_all_that_is_in_it(markup: str) -> None:
    assert html.clean(markup) == ""


def test_links_lead_to_the_web_or_to_mail_and_name_no_opener() -> None:
    rel = 'rel="noopener noreferrer"'
    assert html.clean('<a href="/x?a=1&b=2" onclick=y>z</a>', BASE) == (
        f'<a href="https://corriere.example/x?a=1&amp;b=2" {rel}>z</a>'
    )
    assert html.clean('<a href="mailto:a@b.example">z</a>', BASE) == (
        f'<a href="mailto:a@b.example" {rel}>z</a>'
    )
    assert html.clean('<a href=" java\nscript:alert(1)">z</a>', BASE) == f"<a {rel}>z</a>"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<img src="x.jpg" alt="A &quot;b&quot;">', '/politica/x.jpg" alt="A &quot;b&quot;'),
        ('<img src="/g.gif" data-src="/x.jpg">', "/x.jpg"),
        ('<img data-lazy-src="/x.jpg" src="data:image/gif;base64,R0">', "/x.jpg"),
        ('<img srcset="/s.jpg 300w, /x.jpg 900w">', "/x.jpg"),
        ('<img src="/x.jpg" width="600" height=400>', '/x.jpg" width="600" height="400'),
    ],
    ids=["relative", "data-src", "placeholder", "srcset", "sizes"],
)
def test_rule_087_lazy_pictures_are_repaired(markup: str, shown: str) -> None:
    assert html.clean(markup, BASE) == f'<img src="https://corriere.example{shown}">'


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://t.example/p" width=1 height=1>',
        '<img src=https://t.example/p height="0px">',
    ],
)
def test_rule_087_tracking_pixels_are_dropped(markup: str) -> None:
    assert html.clean(f"<p>text</p>{markup}", BASE) == "<p>text</p>"


def test_rule_086_a_relative_address_without_a_base_is_dropped() -> None:
    assert html.clean('<img src="x.jpg">text') == "text"


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 50_000, "<blockquote><b>" * 20_000, "<div>" * 30_000 + "</div>" * 30_000],
    ids=["open", "mixed", "closed"],
)
def test_elements_nested_without_end_become_text(markup: str) -> None:
    assert html.clean(markup + "the end") == "<p>the end</p>"
    assert html.text(markup + "the end") == "the end"


@pytest.mark.parametrize(
    "markup",
    [
        "<a " + "b " * 50_000 + ">",
        "<a x='>'" + " b" * 50_000 + ">",
        "<a" + '/b="1"c' * 20_000 + ">",
    ],
    ids=["spaces", "after a quoted bracket", "slashes and quotes"],
)
def test_a_tag_with_attributes_without_end_becomes_text(markup: str) -> None:
    assert html.text(markup + "the end").endswith("the end")
    assert html.clean(markup + "the end").endswith("the end</p>")


def test_a_picture_inside_the_markup_costs_nothing_else() -> None:
    picture = f'<img src="data:image/png;base64,{"iVBOR/" * 20_000}">'
    assert html.clean(f"<p>one {picture}<b>two</b></p>") == "<p>one <b>two</b></p>"


def test_formatting_that_multiplies_in_every_block_becomes_text() -> None:
    markup = "<p><b><i><a>x" * 20_000
    assert len(html.clean(markup)) <= len(markup)


TEXTS = [
    ("<p>one</p><p>two</p>", "one two"),
    ("one<br>two", "one two"),
    ("<b>o</b>ne", "one"),
    ("caff&egrave; &amp; t&#232;", "caffè & tè"),
    ("a\u00a0b \u200bc\u00add\n e", "a b cd e"),
    ("<script>x</script>one", "one"),
    ("a < b", "a < b"),
    ("AT&T", "AT&T"),
    ('<img alt="a > b" src=x>one', "one"),
]


@pytest.mark.parametrize(("markup", "plain"), TEXTS, ids=[markup for markup, _ in TEXTS])
def test_rule_085_markup_is_made_plain_text_with_its_entities_right(
    markup: str, plain: str
) -> None:
    assert html.text(markup) == plain


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("It&#8217;s", "It’s"),
        ("It&amp;#8217;s", "It’s"),
        ("It&amp;amp;#8217;s", "It&#8217;s"),
        ("R&amp;D", "R&D"),
        ("R&D", "R&D"),
    ],
)
def test_rule_084_a_title_is_decoded_twice_at_most(value: str, plain: str) -> None:
    assert html.title(value, markup=True) == plain


@pytest.mark.parametrize("markup", [True, False])
@pytest.mark.parametrize(
    "value",
    [
        pytest.param("Uno <b>due</b><script>alert(1)</script >", id="as-it-is"),
        pytest.param("Uno &lt;b>due&lt;/b>&lt;script>alert(1)&lt;/script>", id="escaped"),
    ],
)
def test_rule_085_end_tags_make_a_title_markup_whatever_it_was_declared(
    value: str, markup: bool
) -> None:
    assert html.title(value, markup=markup) == "Uno due"


@pytest.mark.parametrize("value", ["Uno<br>due", "Uno<br />due", "Uno <img src='x'> due"])
def test_rule_085_tags_that_have_no_end_are_markup_too(value: str) -> None:
    assert html.title(value, markup=False) == "Uno due"


@pytest.mark.parametrize(
    "markup",
    [
        '<noscript class="x"><img src="/x.jpg"></noscript>',
        '<noscript><img src="/x.jpg">',
        '<img data-src="/x.jpg"> <NOSCRIPT><img src="/x.jpg"></NOSCRIPT>',
    ],
    ids=["alone", "unclosed", "after the lazy picture that it stands for"],
)
def test_rule_087_a_picture_for_those_without_scripts_is_shown_once(markup: str) -> None:
    assert html.clean(markup, "https://a.example/") == '<img src="https://a.example/x.jpg">'
    assert html.text(f"{markup}Uno") == "Uno"


def test_rule_084_tags_of_a_plain_title_are_its_words() -> None:
    assert html.title("Why <b> is not <strong>", markup=False) == "Why <b> is not <strong>"


@pytest.mark.parametrize(
    ("plain", "excerpt"),
    [
        ("uno due tre", "uno due tre"),
        ("uno due tre quattro", "uno due tre…"),
        ("uno due, tre quattro", "uno due, tre…"),
        ("uno due tre, quattro", "uno due tre…"),
        ("precipitevolissimevolmente", "precipitevoli…"),
        ("a precipitevolissimevolmente", "a precipitevo…"),
    ],
    ids=[
        "short",
        "at a word",
        "inside",
        "no dangling comma",
        "one long word",
        "a long second word",
    ],
)
def test_an_excerpt_is_cut_at_a_word_with_an_ellipsis(plain: str, excerpt: str) -> None:
    assert html.excerpt(plain, 14) == excerpt


def test_plain_text_becomes_escaped_paragraphs() -> None:
    assert html.from_plain("a < b\nand c\n\n d & e \n\n") == "<p>a &lt; b and c</p><p>d &amp; e</p>"


def test_pictures_of_shown_markup_are_listed_in_order() -> None:
    shown = html.clean('<img src="/b?x=1&y=2"><p><img src="/a"></p>', BASE)
    assert html.images(shown) == (
        "https://corriere.example/b?x=1&y=2",
        "https://corriere.example/a",
    )


_MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<a href=/x>", "</a>", "<b>", "</b>", "<table>", "<td>", "</table>"),
            *("<img src=x alt='>'>", "<img data-src=/y width=1>", "<script>", "</script>", "<br>"),
            *("<li>", "<ul>", "</ul>", "<svg>", "</svg>", "<pre>\n", "</pre>", "<form>", "<!--"),
            *("-->", "&amp;", "&lt;", "&#0;", "&nbsp;", "<", ">", '"', "'", "text", " ", "\x0b"),
            *("<h1>", "<dd>", "<q>", "<noscript>", "<style>", "<title>", "<textarea>", "<xmp>"),
        ]
    ),
    max_size=25,
).map("".join)


@given(_MARKUP)
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    once = html.clean(markup, BASE)
    assert html.clean(once, BASE) == once


@given(_MARKUP | st.text(max_size=60))
def test_what_is_shown_has_no_tag_or_attribute_beyond_the_allow_list(markup: str) -> None:
    shown = html.clean(markup, BASE)
    assert not re.search(r"<(?:script|style|iframe|object|form|input|svg|textarea|title)\b", shown)
    assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', shown))
    assert not re.search(r'(?:src|href)="(?!https?://|mailto:)', shown)


@given(_MARKUP | st.text(max_size=60))
def test_plain_text_is_folded_and_can_be_sent(markup: str) -> None:
    plain = html.text(markup)
    assert plain == html.fold_space(plain)
    assert len(html.excerpt(plain, 20)) <= 20
