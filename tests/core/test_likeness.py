"""Verdicts on pairs: what joins two entries, and what speaks against it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import likeness, statistics
from aggregator.model.entry import Entry
from aggregator.model.matching import Limits
from tests.support.texts import credited, later, level, text, verdict, worded

FIRE = "Rogo in un capannone a Montebruno, nessun ferito"
FIRE_LEAD = (
    "Un incendio è divampato nella notte in un capannone di via dei Tigli a Montebruno, dove erano "
    "depositati mobili e tessuti."
)
FIRE_TEXT = (
    f"{FIRE_LEAD} Sul posto sono intervenute sei squadre dei vigili del fuoco, che hanno "
    "lavorato fino all'alba per spegnere le fiamme. Il sindaco ha invitato i residenti a tenere "
    "chiuse le finestre."
)
QUAKE = (
    "Una scossa di terremoto di magnitudo {size} è stata registrata alle 3:40 in provincia di "
    "{place}. Secondo l'istituto di geofisica il sisma ha avuto ipocentro a nove chilometri di "
    "profondità. Non si segnalano danni a persone o cose."
)
SPEECH = (
    '"Non esiste alcuna ipotesi di aumentare le tariffe per le famiglie e chi lo dice mente '
    'sapendo di mentire agli italiani"'
)


def fire(source_id: str, title: str = FIRE, summary: str = FIRE_TEXT, **given: Any) -> Entry:
    return text(source_id, title, summary, **given)


COPIES = [
    pytest.param(fire("ansa"), fire("portale"), "text", id="the same"),
    pytest.param(
        fire("ansa"), fire("portale", "Notte di fuoco", FIRE_LEAD), "text", id="cut and retitled"
    ),
    pytest.param(
        fire("ansa", summary=f"(ANSA) - MONTEBRUNO, 12 MAR - {FIRE_TEXT} (ANSA)."),
        fire("portale", "Fiamme nella notte", f"{FIRE_TEXT} Riproduzione riservata"),
        "text",
        id="dateline, sign-off and furniture",
    ),
    pytest.param(
        fire("ansa", summary=FIRE_TEXT.replace("è", "e'").replace(" in ", "\nin ")),
        fire("portale", "Fiamme nella notte"),
        "text",
        id="rule 64 accents and wrapped lines",
    ),
    pytest.param(
        fire("ansa"),
        fire(
            "portale",
            "Fiamme nella notte",
            "Un incendio è scoppiato nella notte in un capannone di via dei Tigli a Montebruno, "
            "dove si trovavano mobili e tessuti. Sul posto sono arrivate sei squadre dei vigili "
            "del fuoco, che hanno lavorato fino all'alba per spegnere le fiamme.",
        ),
        "text",
        id="lightly edited",
    ),
    pytest.param(fire("ansa"), fire("portale", language=None), "text", id="no known language"),
    pytest.param(fire("ansa"), fire("portale", summary=""), "title", id="a headline alone"),
    pytest.param(
        text("radio", "Almost 4000 drivers stopped at the bridge over one weekend", language="en"),
        text(
            "herald",
            "Nearly 4000 drivers stopped at bridge in one weekend",
            "By Jane Roe of Radio Police say that the queues reached the airport road.",
            language="en",
        ),
        "credit",
        id="a byline that names the other",
    ),
    pytest.param(
        text(
            "agenzia",
            "Carburanti, la benzina sale ancora",
            "La benzina self costa in media 1,761 euro, il gasolio 1,683, il gpl 0,712 al litro.",
            credit=credited("agenzia"),
        ),
        text(
            "portale",
            "Fare il pieno è un salasso",
            "Chi va al distributore paga la verde 1,761 e il diesel 1,683; per il gpl 0,712.",
            credit=credited("agenzia"),
        ),
        "credit",
        id="one agency and the same figures",
    ),
]


@pytest.mark.parametrize(("one", "other", "expected"), COPIES)
def test_these_are_one_text(one: Entry, other: Entry, expected: str) -> None:
    assert level(one, other) == expected


DIFFERENT = [
    pytest.param(fire("ansa"), fire("ansa", "Altro titolo"), id="rule 57 one source"),
    pytest.param(
        text("ansa", "Roma-Lazio 2-0: Rossi, Verdi, Bianchi", language="it"),
        text("herald", "Roma-Lazio 2-0: Rossi, Verdi, Bianchi", language="en"),
        id="two languages",
    ),
    pytest.param(
        fire("ansa", credit=credited("ansa")),
        fire("portale", credit=credited("agi")),
        id="credited to two agencies",
    ),
    pytest.param(fire("ansa"), fire("portale", **later(121)), id="a week apart"),
    pytest.param(
        fire("ansa", summary=""), fire("portale", summary="", **later(25)), id="a day after"
    ),
    pytest.param(
        text("ansa", "Meteo, le previsioni"), text("portale", "Meteo, le previsioni"), id="short"
    ),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_these_are_not_joined_by_likeness(one: Entry, other: Entry) -> None:
    assert verdict(one, other) is None


def quake(source_id: str, size: str = "3.8", place: str = "Pievegrande") -> Entry:
    summary = QUAKE.format(size=size, place=place)
    return text(source_id, f"Terremoto di magnitudo {size} in Appennino", summary)


def crash(source_id: str, dead: str, hurt: str) -> Entry:
    summary = (
        f"{dead} e {hurt} è il bilancio di un incidente avvenuto nella notte sulla statale 12, tra "
        "gli svincoli di Borgo Alto e Molina, in direzione nord. Coinvolti un'auto e un furgone."
    )
    return text(source_id, "Schianto nella notte sulla statale", summary)


def match_report(source_id: str, score: str) -> Entry:
    summary = (
        f"Il Montebruno batte la Pievese {score} nella partita giocata ieri sera davanti a mille "
        "spettatori, e torna così in testa alla classifica del campionato regionale."
    )
    return text(source_id, "Il Montebruno torna in testa alla classifica", summary)


def draw(source_id: str, day: str) -> Entry:
    summary = f"Ecco i numeri vincenti estratti questa sera, {day}, al concorso del lotto nazionale"
    return text(source_id, "I numeri vincenti del lotto nazionale di oggi", f"{summary} e al dieci")


def strike(source_id: str, negation: str) -> Entry:
    summary = (
        f"Il sindacato dei macchinisti {negation}conferma lo sciopero di venerdì proclamato contro "
        "il nuovo contratto, dopo una riunione durata tutta la notte al ministero dei trasporti."
    )
    return text(source_id, "Macchinisti, la decisione sullo sciopero", summary)


def prices(source_id: str, title: str, tail: str = "...") -> Entry:
    summary = "Prezzi dei carburanti ancora in rialzo sulla rete: secondo i dati del ministero la"
    return text(source_id, title, f"{summary} benzina self si attesta in media a{tail}")


TWINS = [
    pytest.param(
        prices("ansa", "Carburanti in rialzo", " 1,742 euro al litro."),
        prices("portale", "Caro benzina, la verde oltre 1,75"),
        id="another price, in the headline of a cut text",
    ),
    pytest.param(quake("ansa"), quake("portale", size="4.1"), id="another magnitude"),
    pytest.param(quake("ansa"), quake("portale", place="Roccabella"), id="another town"),
    pytest.param(
        crash("ansa", "Un morto", "due feriti"),
        crash("portale", "Due morti", "un ferito"),
        id="another toll, in words",
    ),
    pytest.param(
        crash("ansa", "2 morti", "3 feriti"), crash("portale", "5 morti", "3 feriti"), id="5 dead"
    ),
    pytest.param(match_report("ansa", "2-1"), match_report("portale", "1-2"), id="another score"),
    pytest.param(draw("ansa", "giovedì"), draw("portale", "sabato"), id="another day"),
    pytest.param(strike("ansa", ""), strike("portale", "non "), id="a denial"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_rule_058_texts_of_one_form_with_other_facts_stay_apart(one: Entry, other: Entry) -> None:
    assert verdict(one, other) is None


SAME_FACTS = [
    pytest.param(
        prices("ansa", "Carburanti in rialzo", " 1,751 euro al litro."),
        prices("portale", "Caro benzina, la verde oltre 1,75"),
        id="a price that is cut in a headline",
    ),
    pytest.param(quake("ansa"), quake("portale"), id="nothing differs"),
    pytest.param(quake("ansa", size="3.8"), quake("portale", size="3,8"), id="a comma"),
    pytest.param(
        crash("ansa", "Due morti", "tre feriti"),
        crash("portale", "2 morti", "3 feriti"),
        id="figures in words",
    ),
    pytest.param(strike("ansa", "non "), strike("portale", "non "), id="both deny"),
]


@pytest.mark.parametrize(("one", "other"), SAME_FACTS)
def test_the_same_facts_in_other_spellings_do_not_part_them(one: Entry, other: Entry) -> None:
    assert level(one, other) == "text"


def test_rule_057_likeness_proves_nothing_inside_one_source() -> None:
    today = fire("meteo", "Il tempo di oggi")
    tomorrow = fire("meteo", "Il tempo di domani")
    assert verdict(today, tomorrow) is None


def test_rule_060_a_long_portal_text_and_a_short_take_inside_it_are_one() -> None:
    long = f"{FIRE_TEXT} " + " ".join(f"Altra frase numero {n} del portale." for n in range(40))
    match = verdict(fire("ansa", summary=FIRE_LEAD), fire("portale", "Altro titolo", long))
    assert match
    assert match.score == 1.0


def test_rule_061_texts_alike_in_boilerplate_alone_are_different() -> None:
    tail = "Leggi anche le altre notizie. Riproduzione riservata. Segui Il Faro su Telegram."
    one = text("faro", "Bilancio approvato in consiglio", f"Passa la manovra. {tail}")
    other = text("porto", "Derby rinviato per nebbia", f"Si gioca mercoledì. {tail}")
    assert verdict(one, other) is None


def test_rule_061_what_two_texts_share_at_their_ends_alone_is_no_copy() -> None:
    habit = "Il giornale della costa racconta ogni giorno la vita dei paesi tra il mare e il monte"
    one = text("faro", "Bilancio approvato", f"Passa la manovra in consiglio. {habit}.")
    other = text("porto", "Altro titolo", f"{FIRE_TEXT} {habit}.")
    assert verdict(one, other) is None


LIVE = [
    pytest.param("Diretta Montebruno-Pievese: segui la partita", id="diretta"),
    pytest.param("Ultime notizie di oggi dal mondo e dall'Italia", id="ultime notizie"),
    pytest.param("LIVE: markets fall as talks resume in Geneva today", id="live"),
    pytest.param("Morning briefing: what to know before the vote today", id="briefing"),
]


@pytest.mark.parametrize("title", LIVE)
def test_rule_062_a_live_page_that_holds_a_story_is_no_copy_of_it(title: str) -> None:
    page = f"{FIRE_TEXT} " + " ".join(f"Altra notizia numero {n} del giorno." for n in range(40))
    assert verdict(fire("ansa"), fire("portale", title, page)) is None
    assert verdict(text("ansa", title), text("portale", title)) is None


def test_rule_062_a_round_up_that_is_printed_whole_is_a_copy() -> None:
    title = "Le notizie del giorno"
    assert level(fire("ansa", title), fire("portale", "In breve")) == "text"


CUT = [
    pytest.param("Montebruno, il consiglio approva il bilancio...", "title", id="dots"),
    pytest.param("Montebruno, il consiglio approva il…", None, id="too few words that tell"),
    pytest.param("Montebruno, il consiglio...", None, id="too few words"),
    pytest.param("Montebruno, il consiglio approva il bilancio", None, id="whole, and another"),
]


@pytest.mark.parametrize(("cut", "expected"), CUT)
def test_rule_065_a_cut_title_is_that_of_the_whole_one(cut: str, expected: str | None) -> None:
    whole = "Montebruno, il consiglio approva il bilancio dopo una notte di proteste"
    assert level(text("ansa", whole), text("portale", cut)) == expected


def test_rule_065_a_title_at_the_wires_limit_may_be_cut_without_dots() -> None:
    whole = "Montebruno, il consiglio comunale approva il bilancio di previsione dopo una notte"
    assert level(text("ansa", whole[:64]), text("portale", whole)) == "title"


def test_rule_068_addresses_of_their_own_are_no_evidence_against_a_copy() -> None:
    one = fire("ansa", canonical="https://ansa.example/rogo")
    other = fire("portale", canonical="https://portale.example/cronaca/rogo")
    assert level(one, other) == "text"


def test_rule_069_one_headline_over_two_texts_is_no_copy() -> None:
    title = "Se si votasse oggi: i numeri partito per partito"
    one = "La prima forza della maggioranza resta in testa con il 28,9 per cento dei voti, -0,3."
    other = "Cresce chi non sa ancora a chi dare fiducia: lo dice il rilevamento di un istituto."
    assert verdict(text("ansa", title, one), text("portale", title, other)) is None


def test_two_outlets_that_quote_one_statement_wrote_two_texts() -> None:
    one = f"{SPEECH}. Lo ha scritto il ministro sui social dopo le critiche delle associazioni."
    other = f"Il titolare del dicastero replica così a chi lo accusa: {SPEECH}."
    assert (
        verdict(text("ansa", "Tariffe, il ministro", one), text("porto", "La replica", other))
        is None
    )


def test_two_agencies_that_heard_one_speech_wrote_two_texts() -> None:
    place = "il ministro dei trasporti Lauro Bellini a margine di un convegno a Montebruno"
    one = f'"I ponti aspettano da dieci anni e nessuno li ha visti. {SPEECH[1:]}. Così {place}.'
    other = f"{SPEECH}. Lo ha detto {place}."
    pair = text("ansa", "Bellini: nessun aumento", one), text("porto", "Tariffe", other)
    assert verdict(*pair) is None


def test_a_quotation_under_like_headlines_is_a_copy() -> None:
    one = text("ansa", "Tariffe, il ministro: nessun aumento per le famiglie", f"{SPEECH}.")
    other = text("porto", "Tariffe, nessun aumento per le famiglie", f"{SPEECH}.")
    assert level(one, other) == "text"


PAGE = "https://news.example/riforma"
REFORM = "Il ministro annuncia la riforma delle pensioni"


def at(source_id: str, key: str = "1", title: str = REFORM, canonical: str = PAGE) -> Entry:
    return text(source_id, title, url=f"{PAGE}#{key}", canonical=canonical)


def test_one_address_in_two_sources_is_one_text() -> None:
    match = verdict(at("b"), at("a"))
    assert match is not None
    assert (match.level, match.entry.source_id, match.other.source_id) == ("link", "a", "b")
    assert match.why == f"same address {PAGE}"


NOT_ONE_PAGE = [
    pytest.param(at("a"), at("a", title="Riforma delle pensioni, ecco cosa cambia"), id="source"),
    pytest.param(at("a"), at("a"), id="itself"),
    pytest.param(
        at("a"), at("b", title="Terremoto in Umbria, scuole chiuse domani"), id="a changing page"
    ),
]


@pytest.mark.parametrize(("one", "other"), NOT_ONE_PAGE)
def test_these_are_not_one_text_for_their_address(one: Entry, other: Entry) -> None:
    assert verdict(one, other) is None


def test_why_says_in_figures_what_was_found() -> None:
    match = verdict(fire("ansa"), fire("portale", "Notte di fuoco", FIRE_LEAD))
    assert match
    assert match.why == "19 of the shorter text's 19 three-word phrases stand in the other"


LIMITED = [
    pytest.param(Limits(), "text", id="as delivered"),
    pytest.param(Limits(phrases=0.9), None, id="more phrases"),
    pytest.param(Limits(text_within=timedelta(hours=1)), None, id="sooner"),
]


@pytest.mark.parametrize(("limits", "expected"), LIMITED)
def test_an_operator_may_ask_for_more(limits: Limits, expected: str | None) -> None:
    edited = FIRE_LEAD.replace("divampato", "scoppiato").replace("mobili", "arredi")
    one, other = worded(fire("ansa")), worded(fire("porto", "Fiamme", edited, **later(2)))
    match = likeness.judge(one, other, statistics.EMPTY, limits)
    assert (match.level if match else None) == expected


def test_a_match_names_the_snapshot_that_it_was_judged_under() -> None:
    learnt = statistics.learn([fire("ansa"), fire("portale")])
    match = verdict(fire("ansa"), fire("portale"), learnt)
    assert match
    assert match.snapshot == learnt.name


WORDS = st.lists(
    st.sampled_from(("il", "morto", "due", "3", "non", "a", "Roma", "incendio", "notte", "fiamme")),
    max_size=40,
).map(" ".join)


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_verdict_is_symmetric(a: str, b: str, c: str, d: str) -> None:
    one, other = worded(text("ansa", a, b)), worded(text("portale", c, d))
    learnt = statistics.EMPTY
    assert likeness.judge(one, other, learnt) == likeness.judge(other, one, learnt)


BACKGROUND = "Tutti gli escursionisti sono stati dimessi dall'ospedale in mattinata."
HEAD = "Notte difficile sul Dente di Serrapiana, sette in salvo"


def test_a_sentence_of_background_under_heads_that_name_others_joins_nobody() -> None:
    other = text("golfo", "Fine delle ricerche sul Sasso Brunaldo", BACKGROUND)
    assert verdict(text("nord", HEAD, BACKGROUND), other) is None


def test_the_same_sentence_under_heads_that_name_one_place_is_a_copy() -> None:
    other = text("golfo", "Fine delle ricerche sul Dente di Serrapiana", BACKGROUND)
    assert level(text("nord", HEAD, BACKGROUND), other) == "text"
