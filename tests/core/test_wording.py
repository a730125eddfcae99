"""What of an entry is compared: its own words, in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import cleaning, figures, statistics, wording
from tests.support.texts import credited, text, worded

TITLES = [
    pytest.param("++ Scossa di terremoto in Appennino ++", id="flash"),
    pytest.param("UPDATE 2-Scossa di terremoto in Appennino", id="update"),
    pytest.param(">>>ANSA/ Scossa di terremoto in Appennino", id="slug"),
    pytest.param("Scossa di terremoto in Appennino (2)", id="number"),
    pytest.param("RPT-Scossa di terremoto in Appennino", id="repeat"),
]


@pytest.mark.parametrize("title", TITLES)
def test_rule_066_marks_of_the_wire_are_not_compared(title: str) -> None:
    assert worded(text("ansa", title)).title == ("scossa", "di", "terremoto", "in", "appennino")


SITES = [
    pytest.param("Scossa in Appennino - Corriere del Porto", "Corriere del Porto", id="suffix"),
    pytest.param("Scossa in Appennino | corrieredelporto.it", "Corriere del Porto", id="domain"),
    pytest.param("Corriere del Porto | Scossa in Appennino", "Corriere del Porto", id="prefix"),
    pytest.param("Scossa in Appennino - Porto.it", "Il Porto", id="another spelling"),
]


@pytest.mark.parametrize(("title", "site"), SITES)
def test_rule_067_the_name_of_the_site_is_not_compared(title: str, site: str) -> None:
    assert worded(text("porto", title), site).title == ("scossa", "in", "appennino")


def test_rule_067_what_is_not_the_sites_name_stays() -> None:
    made = worded(text("porto", "Appennino - la scossa"), "Il Porto")
    assert made.title == ("appennino", "la", "scossa")


BARE = "Una scossa è stata registrata nella notte."
TEXTS = [
    pytest.param(f"(ANSA) - MONTEBRUNO, 12 MAR - {BARE} (ANSA).", id="ansa"),
    pytest.param(f"(Adnkronos) - {BARE}", id="adnkronos"),
    pytest.param(f"Montebruno, 12 mar. (askanews) – {BARE}", id="town and date"),
    pytest.param(f"MONTEBRUNO (ITALPRESS) - {BARE}", id="town"),
    pytest.param(f"MONTEBRUNO (TeleValle) - {BARE}", id="a house of its own"),
    pytest.param(f"{BARE} (con fonte AdnKronos)", id="con fonte"),
    pytest.param(f"{BARE} Fonte: Agi", id="fonte"),
    pytest.param(f"{BARE} Leggi anche: il parere dell'esperto", id="leggi anche"),
    pytest.param(f"{BARE} Riproduzione riservata © Il Porto", id="rights"),
    pytest.param(f"{BARE} Segui Il Porto anche sui social per restare aggiornato.", id="follow"),
    pytest.param(f"{BARE} L'articolo Scossa nella notte proviene da Il Porto.", id="wordpress"),
    pytest.param(f"{BARE} #terremoto #cronaca", id="hashtags"),
    pytest.param("Una scossa e' stata\nregistrata nella\nnotte.", id="rule 64 wrapped, e'"),
    pytest.param("Una scossa &egrave; stata registrata nella notte.", id="entities"),
]


@pytest.mark.parametrize("summary", TEXTS)
def test_what_stands_around_a_text_is_not_compared(summary: str) -> None:
    made = worded(text("porto", "Altro titolo", summary))
    assert made.text == ("una", "scossa", "e", "stata", "registrata", "nella", "notte")


def test_rule_064_spellings_of_one_text_are_compared_as_one() -> None:
    one = worded(text("a", "Perche' l'eta' conta", "“Così” – disse"))
    other = worded(text("a", "Perché l’età conta", '"Cosi\'" - disse'))
    assert (one.title, one.text) == (other.title, other.text)


CUTS = ["La notte della scossa...", "La notte della scossa…", "La notte della scossa […]"]


@pytest.mark.parametrize("summary", CUTS)
def test_rule_065_a_cut_text_is_known_as_cut(summary: str) -> None:
    made = worded(text("porto", "Altro titolo", summary))
    assert (made.text[-1], made.text_cut) == ("scossa", True)


def test_a_text_that_only_repeats_its_title_says_nothing() -> None:
    title = "Scossa di terremoto nella notte in Appennino"
    assert worded(text("porto", title, f"{title} - Leggi tutto")).text == ()


def test_the_fuller_of_summary_and_content_is_compared() -> None:
    made = worded(text("porto", "Altro", "Una scossa", content="<p>Una scossa nella notte.</p>"))
    assert made.text == ("una", "scossa", "nella", "notte")


def test_the_credit_is_whose_text_it_is() -> None:
    assert worded(text("porto", "Titolo", credit=credited("ansa"))).agency == "ansa"


FIGURES = [
    pytest.param("alle 4:12", ("alle", "4.12"), id="time"),
    pytest.param("il 28,9%", ("il", "28.9"), id="comma"),
    pytest.param("1.250.000 euro", ("1250000", "euro"), id="thousands"),
    pytest.param("712mila casi", ("712000", "casi"), id="mila"),
    pytest.param("due morti", ("2", "morti"), id="in words"),
    pytest.param("vince 2-1", ("vince", "2x1"), id="score"),
    pytest.param("Covid-19 in calo", ("covid", "in", "calo"), id="a name with a figure"),
]


@pytest.mark.parametrize(("given", "expected"), FIGURES)
def test_figures_have_one_spelling(given: str, expected: tuple[str, ...]) -> None:
    assert figures.words(given) == expected


AGREE = [
    pytest.param("92.4", "92", True, id="rounded"),
    pytest.param("41906", "42000", True, id="rounded to thousands"),
    pytest.param("3.80", "3.8", True, id="a zero more"),
    pytest.param("1.75", "1751", True, id="thousands that were decimals"),
    pytest.param("1.74", "1.749", True, id="cut"),
    pytest.param("28.9", "29.4", False, id="near"),
    pytest.param("5", "6", False, id="next"),
    pytest.param("2x1", "1x2", False, id="scores"),
]


@pytest.mark.parametrize(("one", "other", "expected"), AGREE)
def test_two_figures_agree_if_one_is_the_other_rounded(
    one: str, other: str, expected: bool
) -> None:
    assert figures.agree(one, other) is expected
    assert figures.agree(other, one) is expected


@given(st.text(max_size=200), st.text(max_size=400))
def test_a_packed_wording_comes_back(title: str, summary: str) -> None:
    entry = text("porto", title, summary)
    made = wording.of(entry, "Il Porto", statistics.EMPTY)
    assert wording.unpack(entry, wording.pack(made)) == made


def test_a_packed_wording_keeps_quotations_flags_and_credit() -> None:
    summary = 'Così il ministro: "Non esiste alcuna ipotesi di aumentare le tariffe"...'
    entry = text("porto", "Tariffe, il ministro...", summary, credit=credited("ansa"))
    made = wording.of(entry, "Il Porto", statistics.EMPTY)
    assert wording.unpack(entry, wording.pack(made)) == made
    assert made.told == ("cosi", "il", "ministro")


def test_names_in_quotes_are_no_quotation() -> None:
    summary = 'The man behind "The Pier" and "Low Tide" is growing a beard like that in "Harbour".'
    assert worded(text("porto", "Altro", summary)).told is None


PLAIN = [
    "Il ministro in diretta tv annuncia la riforma",
    "Live music returns to the harbour",
    "Vivere in città costa di più",
]


@pytest.mark.parametrize("title", PLAIN)
def test_rule_062_a_headline_that_only_has_the_word_is_no_live_page(title: str) -> None:
    assert not cleaning.round_up(title)
