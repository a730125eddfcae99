"""Stories: which texts tell one event, which only look alike, and what a story remembers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import events, profile, stories
from aggregator.matching.profile import Profile
from aggregator.matching.statistics import EMPTY
from aggregator.matching.stories import StoryState
from tests.support.world import entry

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def made(title: str, summary: str = "", language: str = "it") -> Profile:
    return profile.profile(title, summary, language, EMPTY)


def told(*titles: str, language: str = "it") -> StoryState:
    """The story that these titles make, an hour apart, the last one now."""
    state = None
    for place, title in enumerate(titles):
        at = NOW - (len(titles) - 1 - place) * HOUR
        state = stories.grow(state, made(title, language=language), at)
    assert state
    return state


ONE_EVENT = [
    pytest.param(
        "Crolla il ponte sul Taverone, due feriti",
        "Ponte sul Taverone crollato: aperta un'inchiesta",
        "it",
        id="it",
    ),
    pytest.param(
        "Ferry runs aground off Skerra island, passengers rescued",
        "Skerra island ferry: all passengers brought ashore",
        "en",
        id="en",
    ),
    pytest.param(
        "Morto il regista Aldo Venturelli",
        "Addio ad Aldo Venturelli, il regista aveva 91 anni",
        "it",
        id="a death and its obituary",
    ),
    pytest.param(
        "Quake kills 2 in Port Alder",
        "Port Alder quake: death toll rises to 5",
        "en",
        id="a toll that rises",
    ),
]
TWO_EVENTS = [
    pytest.param(
        "Rapina in banca a Vallerba, due arresti",
        "Incendio in una fabbrica di Montegallo, nessun ferito",
        "it",
        id="nothing shared",
    ),
    pytest.param(
        "Sciopero dei treni, disagi a Vallerba",
        "Neve in arrivo, disagi sulle strade di Montegallo",
        "it",
        id="one everyday word",
    ),
    pytest.param(
        "Mayor of Port Alder opens the new library",
        "Storm closes schools across the northern counties",
        "en",
        id="en",
    ),
]


@pytest.mark.parametrize(("one", "other", "language"), ONE_EVENT)
def test_two_texts_on_one_event_are_one_story(one: str, other: str, language: str) -> None:
    assert stories.choose(made(other, language=language), NOW, [told(one, language=language)])


@pytest.mark.parametrize(("one", "other", "language"), TWO_EVENTS)
def test_two_events_are_two_stories(one: str, other: str, language: str) -> None:
    assert not stories.choose(made(other, language=language), NOW, [told(one, language=language)])


def test_the_likelier_of_two_stories_is_chosen_and_says_why() -> None:
    candidates = [
        told("Terremoto a Castel Morruto, scuole chiuse"),
        told("Terremoto a Pietrascura, evacuato l'ospedale"),
    ]
    choice = stories.choose(made("Pietrascura, le immagini del terremoto"), NOW, candidates)
    assert choice
    assert choice.place == 1
    assert choice.score >= stories.JOIN
    assert choice.why.startswith("shares pietra")


def test_a_story_told_by_many_is_found_by_words_of_its_later_articles() -> None:
    story = told(
        "Crolla il ponte sul Taverone",
        "Ponte sul Taverone, indagato l'ingegner Salvi",
        "Taverone, l'ingegner Salvi si difende",
    )
    assert stories.choose(made("L'ingegner Salvi interrogato in procura"), NOW, [story])


@pytest.mark.parametrize(("later", "joins"), [(HOUR, True), (6 * DAY, False)])
def test_a_story_that_was_silent_for_days_is_over(later: timedelta, joins: bool) -> None:
    article = made("Crolla il ponte sul Taverone, due feriti")
    story = told("Crolla il ponte sul Taverone, due feriti")
    assert bool(stories.choose(article, NOW + later, [story])) is joins


def test_one_event_in_two_languages_is_two_stories() -> None:
    article = made("Ferry aground off Skerra", language="en")
    assert not stories.choose(article, NOW, [told("Ferry aground off Skerra", language="de")])


LIVE = [
    "Crollo del ponte sul Taverone, la diretta: gli aggiornamenti",
    "Le notizie del giorno: crolla il ponte sul Taverone",
    "Taverone bridge collapse: live updates",
]


@pytest.mark.parametrize("title", LIVE)
def test_rule_062_a_live_page_neither_joins_nor_attracts(title: str) -> None:
    live = made(title)
    assert not stories.choose(live, NOW, [told("Crolla il ponte sul Taverone, gli aggiornamenti")])
    assert not profile.keys(live)
    assert not stories.keys(stories.grow(None, live, NOW))
    assert not events.same_story(live, made("Crolla il ponte sul Taverone"), HOUR).same


TWINS = [
    pytest.param(
        (
            "Terremoto di magnitudo 4,1 a Castel Morruto",
            "Scossa alle 7.12 a 9 chilometri di profondità.",
        ),
        (
            "Terremoto di magnitudo 3,6 a Pietrascura",
            "Scossa alle 23.40 a 12 chilometri di profondità.",
        ),
        id="two earthquakes",
    ),
    pytest.param(
        ("Il Vallerba batte 3-1 il Montegallo", "Doppietta di Corsini, in gol anche Fabbri."),
        ("La Virtus batte 2-0 il Pietrascura", "A segno Okafor e Lindner nella ripresa."),
        id="two matches",
    ),
    pytest.param(
        ("Lotto, i numeri estratti", "Martedì 3 marzo: 11, 24, 37, 52, 80."),
        ("Lotto, i numeri estratti", "Martedì 10 marzo: 5, 18, 29, 61, 77."),
        id="two draws",
    ),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_two_events_of_one_kind_are_not_the_same(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert not events.same_story(made(*one), made(*other), HOUR).same


def test_two_reports_of_one_event_are_the_same_story_and_name_what_they_share() -> None:
    one = made(
        "Terremoto di magnitudo 4,1 a Castel Morruto", "Scossa alle 7.12, paura e scuole chiuse."
    )
    other = made("Castel Morruto trema: scossa di 4,1", "Scuole chiuse dopo il terremoto delle 7.")
    odds = events.same_story(one, other, HOUR)
    assert odds.same
    assert {"morrut", "castel"} <= set(odds.shared)


def test_a_difference_in_the_same_place_speaks_against_one_story() -> None:
    one, other = made("Sequestrati 210 chili di droga"), made("Sequestrati 340 chili di droga")
    alike = events.same_story(one, other, HOUR)
    assert events.same_story(one, other, HOUR, "210 against 340").score < alike.score


def test_the_same_words_a_week_later_are_less_likely_the_same_story() -> None:
    one, other = made("Sciopero dei treni, disagi"), made("Treni, disagi per lo sciopero")
    soon, late = (events.same_story(one, other, apart).score for apart in (HOUR, 7 * DAY))
    assert late < soon


TITLES = st.lists(
    st.sampled_from(
        [
            "Ponte",
            "crolla",
            "Taverone",
            "Salvi",
            "feriti",
            "2",
            "5",
            "marzo",
            "scuole",
            "Pietrascura",
            "il",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(TITLES, TITLES)
def test_the_odds_of_a_pair_do_not_depend_on_its_order(one: str, other: str) -> None:
    a, b = made(one, "Rosso 3 marzo"), made(other, "Verde 9 marzo 12")
    assert events.same_story(a, b, HOUR) == events.same_story(b, a, -HOUR)


@given(st.lists(TITLES, max_size=12))
def test_the_same_articles_in_the_same_order_make_the_same_stories(titles: list[str]) -> None:
    items = [(made(title), NOW + place * HOUR) for place, title in enumerate(titles)]
    labels = stories.cluster(items)
    assert labels == stories.cluster(items)
    assert sorted(set(labels)) == list(range(len(set(labels))))


@given(st.lists(TITLES, min_size=1, max_size=6))
def test_a_story_survives_its_storage(titles: list[str]) -> None:
    state = told(*titles)
    assert stories.unpack(json.loads(json.dumps(stories.pack(state)))) == state


def test_a_story_of_any_length_stays_small() -> None:
    state = None
    for number in range(400):
        title = f"Ponte sul Taverone: {number} perizie, {number * 7} testi, {number * 13} udienze"
        state = stories.grow(state, made(title), NOW + number * HOUR)
    assert state
    assert state.size == 400
    assert len(state.uses) == len(state.centre) == stories.MAX_STEMS
    assert {"ponte", "tavero"} <= state.uses.keys()
    assert len(stories.keys(state)) <= 24


def test_a_profile_keeps_the_words_that_tell_most_and_the_figures_and_days() -> None:
    found = made("Due morti a Pietrascura", "Il 3 marzo, alle 7.12, il crollo della palazzina.")
    assert dict(found.terms)["pietra"] == max(weight for _, weight in found.terms)
    assert found.names == {"pietra"}
    assert {"2", "3", "7.12"} <= found.figures
    assert found.days == {2 * 31 + 3}


@given(st.text(max_size=3000), st.text(max_size=3000))
def test_a_profile_of_any_text_is_bounded(title: str, summary: str) -> None:
    found = made(title, summary)
    assert len(found.terms) <= profile.MAX_TERMS
    assert len(profile.keys(found)) <= 12
    assert found == made(title, summary)


def test_the_profile_of_an_entry_leaves_out_its_source_and_its_dateline_but_for_the_day() -> None:
    item = entry(
        "a",
        "guid:1",
        "Crolla il ponte sul Taverone - Il Corriere di Vallerba",
        summary="ROMA, 12 MAR (ANSA) - Il ponte era chiuso da giorni.",
    )
    found = profile.of(item, "Il Corriere di Vallerba", EMPTY)
    assert {"ponte", "tavero"} <= dict(found.terms).keys()
    assert not {"valler", "ansa", "roma"} & dict(found.terms).keys()
    assert found.days == {2 * 31 + 12}
