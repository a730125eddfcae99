"""Whose text it is: the forms that prove it, and the names that prove nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.agency import Agency, Credit, Form
from aggregator.model.entry import Entry
from aggregator.model.source import Kind
from aggregator.text import agencies, datelines
from tests.support.documents import SOURCE, atom, only, rss
from tests.support.shelf import source

KNOWN = agencies.known()
TABLE = Path(__file__).with_name("credits.txt").read_text("utf-8")
ROWS = [
    [field.strip().replace("\\n", "\n") for field in line.split("|", 3)]
    for line in TABLE.splitlines()
    if "|" in line and not line.startswith("#")
]
NORD = Agency(key="nord", name="Agenzia Nord", spellings=("AgNord",), bracketed=("Nord",))


def item(title: str = "Il ponte", text: str = "", author: str = "", more: str = "") -> bytes:
    """A document with one item, its text as markup."""
    body = f"<description><![CDATA[{text}]]></description>" if text else ""
    creator = f"<dc:creator><![CDATA[{author}]]></dc:creator>" if author else ""
    return rss(f"<title><![CDATA[{title}]]></title>{body}{creator}{more}")


def house(entry: Entry) -> str:
    return entry.credit.agency if entry.credit else "-"


def credited(text: str, **given: str) -> str:
    return house(only(item(text=text, **given)))


@pytest.mark.parametrize(
    ("key", "author", "title", "text"),
    [pytest.param(*row, id=f"{row[0]} {row[2]}") for row in ROWS],
)
def test_each_text_of_the_table_is_whose_it_is(
    key: str, author: str, title: str, text: str
) -> None:
    anywhere = replace(SOURCE, language=None)
    assert house(only(item(title, text, author), source=anywhere)) == key


def test_every_group_of_wires_has_ten_texts_and_more() -> None:
    groups = re.split(r"^== .*$", TABLE, flags=re.MULTILINE)[1:]
    assert [group.count("\n") > 11 for group in groups] == [True] * 7


def test_at_least_thirty_agencies_are_known_and_no_two_share_a_name() -> None:
    names = [
        name
        for agency in agencies.TABLE
        for name in {
            spelling.casefold() for spelling in (agency.name, *agency.spellings, *agency.bracketed)
        }
    ]
    assert len(agencies.TABLE) >= 30
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_agency_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "credits.md").read_text("utf-8")
    missing = [one.key for one in agencies.TABLE if f"| `{one.key}` | {one.name} |" not in page]
    assert missing == []


@pytest.mark.parametrize(
    "text",
    [
        '"It is not true," the mayor told the AP.',
        "The mayor told Reuters that the bridge is safe.",
        '"Non è vero", ha detto all\'ANSA il sindaco.',
        "Come riporta Adnkronos, il ponte è chiuso.",
        "« C'est faux », a dit le maire à l'AFP.",
        "Der Bürgermeister sagte der dpa, das sei falsch.",
        "«Es falso», dijo el alcalde a EFE.",
        "The bridge is safe, according to The Associated Press.",
        "The bridge is safe, said the state news agency (TASS).",
    ],
)
def test_rule_063_an_agency_that_is_quoted_is_not_credited(text: str) -> None:
    assert credited(text) == "-"


@pytest.mark.parametrize(
    "text",
    [
        "ASCOLI PICENO (AP) - Due feriti nella notte sulla statale.",
        "Il rogo di Bagheria (PA) è stato spento nella notte.",
        "(AP) Ascoli Piceno, la fiera apre nel fine settimana.",
        "The Armed Forces of the Philippines (AFP) has opened a camp.",
        "The Australian Federal Police (AFP) - officers in plain clothes - raided a house.",
        "AFP raids a house in the capital.",
        "Researchers of artificial general intelligence (AGI) - and their critics - met.",
        "Si può dire (dire) in molti modi, secondo gli autori della ricerca.",
        "Fonti vicine (AP), Roma 12 - ma anche altre - lo negano.",
        "Si può dire in molti modi (dire)",
        "(SID) Il servizio idrico cambia gestore.",
        "By Monday, Reuters and others had left the town.",
    ],
)
def test_rule_110_letters_that_mean_something_else_are_no_credit(text: str) -> None:
    assert credited(text) == "-"


@pytest.mark.parametrize(
    "text",
    [
        "Il ponte chiude (fonte: Ansa).",
        "Il ponte chiude. - fonte Ansa",
        "Il ponte chiude.\nFonte: agenzia ANSA",
        "Il ponte chiude. ©ANSA RIPRODUZIONE RISERVATA",
        "Il ponte chiude. (ANSA). ROS/24",
        "Il ponte chiude (Ansa)",
        "(ANSA)-ROMA, 24 FEB-Il ponte chiude.",
        "Redazione ANSA ROMA Il ponte chiude.",
        "<p><strong>ROMA (ANSA) –</strong> Il ponte chiude.</p>",
        "(Ansa/Reuters) - Il ponte chiude.",
    ],
)
def test_portals_write_the_forms_in_their_own_ways(text: str) -> None:
    assert credited(text) == "ansa"


@pytest.mark.parametrize("author", ["fonte Ansa", "La Redazione (fonte ANSA)", "ANSA - Roma"])
def test_author_fields_name_an_agency_in_their_own_ways(author: str) -> None:
    assert credited("Il ponte chiude.", author=author) == "ansa"


@pytest.mark.parametrize(
    "text",
    [
        "Il ponte di sera. Foto: ANSA",
        "Il ponte di sera. – Foto: ITALPRESS –",
        "The bridge at night. (AP Photo/Jane Doe)",
        "The bridge at night. (Jane Doe/AFP)",
        "The bridge at night. Jane Doe / AFP",
        "The bridge at night. JANE DOE/AFP via Getty Images",
        "The bridge at night. Photo: Reuters",
        "Il ponte di sera. Credits: LaPresse",
        "Le pont, le soir. © AFP",
    ],
)
def test_rule_111_the_agency_of_a_picture_is_not_that_of_the_text(text: str) -> None:
    assert credited(text) == "-"


def test_rule_112_the_bracket_after_an_address_is_the_credit() -> None:
    author = "<author>none@none.example (AFP)</author>"
    entry = only(item(text="Traders came back.", more=author))
    assert entry.credit == Credit(
        agency="afp", name="AFP", words="AFP", form=Form.AUTHOR, confidence=0.97
    )


def test_a_credit_carries_the_words_that_prove_it() -> None:
    entry = only(item(text="<p>ROMA, 12 MAR (ANSA) - Il ponte è chiuso.</p>"))
    assert entry.credit == Credit(
        agency="ansa",
        name="ANSA",
        words="ROMA, 12 MAR (ANSA) -",
        form=Form.DATELINE,
        confidence=0.99,
    )


def test_what_the_text_says_outweighs_the_fields_around_it() -> None:
    entry = only(item(text="MILANO, 12 mar (Reuters) - La gara è aperta.", author="ANSA"))
    assert house(entry) == "reuters"


def test_two_letters_are_initials_in_a_language_that_the_agency_does_not_write() -> None:
    english = replace(SOURCE, language="en")
    texts = (item(author="PA"), item(author="PA, Anna Rossi"))
    assert [house(only(text)) for text in texts] == ["-", "pa"]
    assert house(only(texts[0], source=english)) == "pa"


@pytest.mark.parametrize(
    ("document", "key"),
    [
        pytest.param(
            item(more='<source url="https://w.example/rss">Reuters: World News</source>'),
            "reuters",
            id="RSS source",
        ),
        pytest.param(
            item(more='<source url="https://w.example/rss">Il Portale</source>'),
            "-",
            id="RSS source of an outlet",
        ),
        pytest.param(
            item(more='<source url="https://w.example/rss">Nova</source>'),
            "-",
            id="RSS source with a word for a name",
        ),
        pytest.param(
            atom("<title>Il ponte</title><source><title>ANSA - Mondo</title></source>"),
            "ansa",
            id="atom:source",
        ),
    ],
)
def test_the_feed_that_an_item_was_taken_from_credits_it(document: bytes, key: str) -> None:
    assert house(only(document)) == key


def test_a_wire_credits_its_own_texts_unless_they_name_another() -> None:
    wire = source("nord", kind=Kind.AGENCY, agency="nord", name="Agenzia Nord")
    plain = only(item(text="Il ponte è chiuso."), source=wire)
    foreign = only(item(text="(ANSA) - ROMA, 12 MAR - Il ponte è chiuso."), source=wire)
    assert plain.credit == Credit(
        agency="nord", name="Agenzia Nord", words="", form=Form.OWN, confidence=0.9
    )
    assert house(foreign) == "ansa"


def test_a_portal_credits_nobody_by_itself() -> None:
    portal = source("portale", kind=Kind.PORTAL, agency="ansa")
    assert only(item(text="Il ponte è chiuso."), source=portal).credit is None


def test_agencies_of_the_operator_are_credited_as_the_known_ones_are() -> None:
    portal = source("portale", kind=Kind.PORTAL, agencies=(NORD,))
    texts = ("(AgNord) - Il ponte.", "TORINO, 12 mar (Nord) - Il ponte.", "Nord - Il ponte.")
    assert [house(only(item(text=text), source=portal)) for text in texts] == ["nord", "nord", "-"]


def test_the_operator_adds_spellings_to_an_agency_that_is_known() -> None:
    more = agencies.known((Agency(key="ansa", name="L'ANSA", spellings=("Ansuccia",)),))
    ansa = more.by_key["ansa"]
    assert (ansa.name, more.named("Ansuccia"), more.named("ANSA")) == ("L'ANSA", ansa, ansa)
    assert KNOWN.named("Ansuccia") is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ROMA, 12 MAR (ANSA) - Il ponte è chiuso.", "Il ponte è chiuso."),
        ("(ANSA) - ROMA, 12 MAR - Il ponte è chiuso. (ANSA).", "Il ponte è chiuso."),
        ("Roma, 12 mar. (Adnkronos Salute) - Il ponte.", "Il ponte."),
        ("(di Ugo Neri) (ANSA) - ROMA, 12 MAR - Il ponte.", "(di Ugo Neri)  Il ponte."),
        ("Il ponte è chiuso. (con fonte AdnKronos)", "Il ponte è chiuso."),
        ("Il ponte è chiuso. Fonte: Agi", "Il ponte è chiuso."),
        ("Il ponte, dice la Reuters, è chiuso.", "Il ponte, dice la Reuters, è chiuso."),
    ],
)
def test_marks_are_taken_off_a_text(text: str, bare: str) -> None:
    assert datelines.strip(text, KNOWN) == bare


texts = st.text(st.sampled_from("()[]/-–—:. \n,…AP©NSRtaxy12é") | st.characters(), max_size=300)
parts = "ROMA|, 12 MAR|(ANSA)|(AP)| - |. |\n|By |di Redazione |Fonte: |AFP|…|/TASS/|© |[|)"
pieces = st.lists(st.sampled_from(parts.split("|")), max_size=25).map("".join)


@given(texts | pieces)
def test_marks_lie_inside_their_text(text: str) -> None:
    marks = datelines.find(text, KNOWN)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert len(datelines.strip(text, KNOWN)) <= len(text)


@given(texts | pieces, texts | pieces, texts | pieces)
def test_no_item_is_beyond_crediting(title: str, text: str, author: str) -> None:
    fields = (re.sub(r"]]>|[^\t\n\r -\ud7ff]", "", part) for part in (title, text, author))
    entry = only(item(f"x{next(fields)}", *fields))
    assert entry.credit is None or len(entry.credit.words) <= 120


@pytest.mark.parametrize(
    "unit", ["(AP) ", "(ANSA) - ", "ROMA, 12 MAR ", " \n", "By A, ", "((((", "/A/", "- ", "© ", "["]
)
def test_only_the_ends_of_a_long_text_are_looked_at(unit: str) -> None:
    long = unit * (1_000_000 // len(unit))
    ends = long[:2_000] + long[-2_000:]
    assert len(datelines.find(long, KNOWN)) <= len(datelines.find(ends, KNOWN)) + 5
