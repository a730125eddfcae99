"""Stories: which texts tell one event, which only look alike, and what a story remembers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import events, profile, stories, wording
from aggregator.matching.profile import Profile
from aggregator.matching.statistics import EMPTY
from aggregator.matching.stories import Placed, Report, StoryState
from aggregator.matching.wording import Wording
from aggregator.model.entry import EntryRef
from tests.support.world import entry

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Newsroom:
    """Articles in the order in which they come, and the stories that they make."""

    def __init__(self) -> None:
        self.stories: list[StoryState] = []
        self.last: Placed | None = None
        self._wordings: dict[EntryRef, Wording] = {}

    def tells(
        self, title: str, summary: str = "", *, language: str = "it", at: datetime = NOW
    ) -> StoryState:
        """What is known of the story that this article joins or founds."""
        given = self.report(title, summary, language=language, at=at)
        self.last = placed = stories.place(given, self.stories, self._worded)
        gone = {placed.place, placed.absorbed}
        self.stories = [s for n, s in enumerate(self.stories) if n not in gone]
        self.stories.append(placed.state)
        return placed.state

    def report(
        self, title: str, summary: str = "", *, language: str = "it", at: datetime = NOW
    ) -> Report:
        """The next article, of a language whatever its words are."""
        key = f"guid:{len(self._wordings)}"
        item = entry(
            "a", key, title, summary=summary, language=language, first_seen=at, published=at
        )
        words = replace(wording.of(item, "", EMPTY), language=language)
        self._wordings[item.ref] = words
        return Report(profile=profile.of(item, words, EMPTY), wording=words, at=at)

    def _worded(self, refs: Iterable[EntryRef]) -> dict[EntryRef, Wording]:
        return {ref: self._wordings[ref] for ref in refs}


def made(title: str, summary: str = "", language: str = "it") -> Profile:
    return profile.profile(title, summary, language, EMPTY)


def told(*titles: str, language: str = "it") -> Newsroom:
    """A newsroom to which these titles came, an hour apart, the last one now."""
    room = Newsroom()
    for place, title in enumerate(titles):
        room.tells(title, language=language, at=NOW - (len(titles) - 1 - place) * HOUR)
    return room


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
    assert len(told(one, other, language=language).stories) == 1


@pytest.mark.parametrize(("one", "other", "language"), TWO_EVENTS)
def test_two_events_are_two_stories(one: str, other: str, language: str) -> None:
    assert len(told(one, other, language=language).stories) == 2


def test_the_likelier_of_two_stories_is_chosen_and_says_why() -> None:
    room = told(
        "Terremoto a Castel Morruto, scuole chiuse",
        "Terremoto a Pietrascura, evacuato l'ospedale",
    )
    room.tells("Pietrascura, le immagini del terremoto")
    assert room.last
    assert room.last.place == 1
    assert room.last.score >= stories.JOIN
    assert room.last.why.startswith("shares pietra")


def test_a_story_told_by_many_is_found_by_words_of_its_later_articles() -> None:
    room = told(
        "Crolla il ponte sul Taverone",
        "Ponte sul Taverone, indagato l'ingegner Salvi",
        "Taverone, l'ingegner Salvi si difende",
    )
    assert room.tells("L'ingegner Salvi interrogato in procura").size == 4


@pytest.mark.parametrize(("later", "joins"), [(HOUR, True), (6 * DAY, False)])
def test_a_story_that_was_silent_for_days_is_over(later: timedelta, joins: bool) -> None:
    room = told("Crolla il ponte sul Taverone, due feriti")
    again = room.tells("Crolla il ponte sul Taverone, due feriti", at=NOW + later)
    assert (again.size == 2) is joins


def test_one_event_in_two_languages_is_two_stories() -> None:
    room = told("Ferry aground off Skerra", language="de")
    assert room.tells("Ferry aground off Skerra", language="en").size == 1


def test_an_article_that_fits_two_stories_makes_them_one_under_the_larger() -> None:
    room = told(
        "Crolla il ponte sul Taverone",
        "Taverone, ponte chiuso dopo il crollo",
        "Salvi indagato per il cedimento",
    )
    assert [story.size for story in room.stories] == [2, 1] or len(room.stories) == 1
    whole = room.tells("Crolla il ponte sul Taverone, cedimento: Salvi indagato", at=NOW + HOUR)
    assert whole.size == 4
    assert [member.ref.key for member in whole.members] == [f"guid:{n}" for n in range(4)]
    assert len(room.stories) == 1


LIVE = [
    "Crollo del ponte sul Taverone, la diretta: gli aggiornamenti",
    "Le notizie del giorno: crolla il ponte sul Taverone",
    "Taverone bridge collapse: live updates",
]


@pytest.mark.parametrize("title", LIVE)
def test_rule_062_a_live_page_neither_joins_nor_attracts(title: str) -> None:
    live = made(title)
    room = told("Crolla il ponte sul Taverone, gli aggiornamenti")
    founded = room.tells(title)
    assert founded.size == 1
    assert not founded.members
    assert not profile.keys(live)
    assert not stories.keys(founded)
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


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_two_events_of_one_kind_are_two_stories(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    room = Newsroom()
    room.tells(*one)
    room.tells(*other, at=NOW + HOUR)
    assert [story.size for story in room.stories] == [1, 1]


ONE_FORM = [
    pytest.param(
        ("Sequestrati 120 chili di hashish nel porto di Vallemarina", ""),
        ("Sequestrati 75 chili di hashish nel porto di Vallemarina", ""),
        "it",
        id="it: another haul, headlines alone",
    ),
    pytest.param(
        (
            "Superlotto, nessun sei",
            "Nessun sei al concorso di martedì. Il montepremi sale a 41 milioni di euro e la "
            "prossima estrazione si terrà come sempre alle 20 nella sede di Roma.",
        ),
        (
            "Superlotto, nessun sei",
            "Nessun sei al concorso di giovedì. Il montepremi sale a 43 milioni di euro e la "
            "prossima estrazione si terrà come sempre alle 20 nella sede di Roma.",
        ),
        "it",
        id="it: another draw",
    ),
    pytest.param(
        (
            "Weather warning issued for the northern coast",
            "Forecasters have issued an amber warning for Monday across the northern coast, with "
            "gusts of 80 mph and heavy rain expected from the early morning.",
        ),
        (
            "Weather warning issued for the northern coast",
            "Forecasters have issued an amber warning for Friday across the northern coast, with "
            "gusts of 65 mph and heavy rain expected from the early morning.",
        ),
        "en",
        id="en: another storm",
    ),
    pytest.param(
        (
            "Skerra reports 41 new cases of measles",
            "Health officials on Skerra reported 41 new cases of measles in the past week and "
            "asked parents to check the records of their children.",
        ),
        (
            "Skerra reports 29 new cases of measles",
            "Health officials on Skerra reported 29 new cases of measles in the past week and "
            "asked parents to check the records of their children.",
        ),
        "en",
        id="en: another bulletin",
    ),
]


@pytest.mark.parametrize(("one", "other", "language"), ONE_FORM)
def test_two_texts_of_one_form_that_differ_in_their_facts_are_two_stories(
    one: tuple[str, str], other: tuple[str, str], language: str
) -> None:
    room = Newsroom()
    room.tells(*one, language=language)
    room.tells(*other, language=language, at=NOW + 6 * HOUR)
    assert [story.size for story in room.stories] == [1, 1]


RISING = [
    pytest.param(
        "Crollo a Pietrascura, 2 morti sotto le macerie della palazzina",
        "Crollo a Pietrascura, 5 morti sotto le macerie della palazzina",
        "it",
        id="it",
    ),
    pytest.param(
        "Ferry fire off Skerra island leaves 3 dead, coastguard says",
        "Ferry fire off Skerra island leaves 7 dead, coastguard says",
        "en",
        id="en",
    ),
]


@pytest.mark.parametrize(("one", "other", "language"), RISING)
def test_a_toll_that_rises_is_the_same_story(one: str, other: str, language: str) -> None:
    assert len(told(one, other, language=language).stories) == 1


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
    assert told(*titles).stories == told(*titles).stories
    assert sum(story.size for story in told(*titles).stories) == len(titles)


@given(st.lists(TITLES, min_size=1, max_size=6))
def test_a_story_survives_its_storage(titles: list[str]) -> None:
    made = told(*titles).stories
    assert [stories.unpack(json.loads(json.dumps(stories.pack(s)))) for s in made] == made


@given(TITLES, st.text(max_size=300))
def test_a_profile_survives_its_storage(title: str, summary: str) -> None:
    found = made(title, summary)
    assert profile.unpack(profile.pack(found)) == replace(found, round_up=False)


def test_a_story_of_any_length_stays_small() -> None:
    room, state = Newsroom(), None
    for number in range(200):
        title = f"Ponte sul Taverone: {number} perizie, {number * 7} testi, {number * 13} udienze"
        state = stories.grow(state, room.report(title, at=NOW + number * HOUR))
    assert state
    assert state.size == 200
    assert len(state.uses) == len(state.centre) == stories.MAX_STEMS
    assert {"ponte", "tavero"} <= state.uses.keys()
    assert len(stories.keys(state)) <= 24
    assert [member.ref.key for member in state.members][::5] == ["guid:0", "guid:199"]
    assert len(state.members) == stories.MAX_MEMBERS


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
    words = wording.of(item, "Il Corriere di Vallerba", EMPTY)
    found = profile.of(item, words, EMPTY)
    assert {"ponte", "tavero"} <= dict(found.terms).keys()
    assert not {"valler", "ansa", "roma"} & dict(found.terms).keys()
    assert found.days == {2 * 31 + 12}
