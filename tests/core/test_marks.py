"""The furniture of wires, taken off titles and texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import marks
from aggregator.text.marks import MarkKind

F, U, R = MarkKind.FLASH, MarkKind.UPDATE, MarkKind.REPEAT
C, K, S = MarkKind.CORRECTION, MarkKind.KILL, MarkKind.SLUG

DRESSED = [
    (">>>ANSA/ Borsa, mattinata fiacca", "Borsa, mattinata fiacca", [(S, None)]),
    ("ANSA-FOCUS/ Il voto visto da fuori", "Il voto visto da fuori", [(S, None)]),
    ("++ Frana sulla statale, due feriti ++", "Frana sulla statale, due feriti", [(F, None)] * 2),
    ("+++ EILMELDUNG +++ Minister geht", "Minister geht", [(F, None)] * 2),
    ("EILT: Brücke gesperrt", "Brücke gesperrt", [(F, None)]),
    ("URGENT - Séisme au large", "Séisme au large", [(F, None)]),
    ("Sciopero dei treni (2)", "Sciopero dei treni", [(U, 2)]),
    ("Sciopero dei treni (3)", "Sciopero dei treni", [(U, 3)]),
    ("UPDATE 2-Miner lifts forecast", "Miner lifts forecast", [(U, 2)]),
    ("WRAPUP 1-Floods reach the capital", "Floods reach the capital", [(U, 1)]),
    ("AP-US--Storm Damage, 5th Ld-Writethru", "Storm Damage", [(S, None), (U, 5)]),
    ("BC-IT--Elections, 1st Ld", "Elections", [(S, None), (U, 1)]),
    ("APNewsBreak: Mayor to step down", "Mayor to step down", [(S, None)]),
    ("1AMPL.- El consejo aprueba el plan", "El consejo aprueba el plan", [(U, 1)]),
    ("RPT-UPDATE 3-Bank cuts rates", "Bank cuts rates", [(R, None), (U, 3)]),
    ("RPT: Mercatino prorogato", "Mercatino prorogato", [(R, None)]),
    (
        "Mercatino prorogato /RPT (Ripetizione con testo corretto)",
        "Mercatino prorogato",
        [(R, None)],
    ),
    ("WDH: Messe beginnt", "Messe beginnt", [(R, None)]),
    ("REFILE-Bank cuts rates", "Bank cuts rates", [(MarkKind.REFILE, None)]),
    ("CORRECTED-Bank cuts rates", "Bank cuts rates", [(C, None)]),
    ("Berichtigung: Zoo öffnet früher", "Zoo öffnet früher", [(C, None)]),
    ("**Rettifica** Nomina al parco", "Nomina al parco", [(F, None), (C, None)]),
    ("FE DE ERRORES: El puente", "El puente", [(C, None)]),
    ("KILL KILL KILL - Bridge verdict", "Bridge verdict", [(K, None)]),
    ("ANNULATION - Grève au port", "Grève au port", [(K, None)]),
    ("EMBARGO ALLE ORE 18 - Istat, pil", "Istat, pil", [(MarkKind.EMBARGO, None)]),
]


@pytest.mark.parametrize(("title", "bare", "found"), DRESSED, ids=[t for t, _, _ in DRESSED])
def test_rule_066_furniture_is_taken_off_a_title_and_kept_as_marks(
    title: str, bare: str, found: list[tuple[MarkKind, int | None]]
) -> None:
    got, marked = marks.split(title)
    assert got == bare
    assert [(mark.kind, mark.number) for mark in marked] == found


UNDRESSED = [
    "Kill Bill torna al cinema",
    "Attacco uccide 5",
    "Correction in stock markets deepens",
    "Embargo sul petrolio, i dubbi di Roma",
    "AP-NORC poll: most like their neighbours",
    "Why I teach C++",
    "Hold on: it is going to rain",
    "Update on the flood: schools stay shut",
    "LEAD singer found safe",
    "Urgent care centres reopen",
    "Formula 1, la griglia (pole a Rossi)",
]


@pytest.mark.parametrize("title", UNDRESSED)
def test_a_headline_that_uses_the_trades_words_for_itself_keeps_them(title: str) -> None:
    assert marks.split(title) == (title, ())


@pytest.mark.parametrize("title", ["FLASH", "ERRATA CORRIGE", "Berichtigung", "++"])
def test_a_title_of_furniture_alone_stays_and_is_marked(title: str) -> None:
    bare, found = marks.split(title)
    assert (bare, len(found)) == (title, 1)


NOTED = [
    (
        "Eds: Adds quotes. With AP Photos. PORTVILLE (AP) - The storm came ashore.",
        "PORTVILLE (AP) - The storm came ashore.",
        "Eds: Adds quotes. With AP Photos.",
    ),
    (
        "Eds: Adds quotes. The storm came ashore.",
        "The storm came ashore.",
        "Eds: Adds quotes.",
    ),
    (
        "The storm came ashore.\nEds: With photos; moving on general lines.\nTwo are missing.",
        "The storm came ashore.\nTwo are missing.",
        "Eds: With photos; moving on general lines.",
    ),
    ("(Adds mayor's quote) The car reopens.", "The car reopens.", "Adds mayor's quote"),
    ("(Aggiunge reazioni) Riapre la funivia.", "Riapre la funivia.", "Aggiunge reazioni"),
    ("=(CORRECTION: bien lire 21)= Le salon ouvre.", "Le salon ouvre.", "CORRECTION: bien lire 21"),
    ("(Neu: Reaktionen) Das Haus hat zugestimmt.", "Das Haus hat zugestimmt.", "Neu: Reaktionen"),
    ("(Agrega datos) El banco bajó su tasa.", "El banco bajó su tasa.", "Agrega datos"),
    ("ATTENTION EDITORS - Refile. The story.", "The story.", "ATTENTION EDITORS - Refile."),
]


@pytest.mark.parametrize(("text", "shown", "note"), NOTED, ids=[t for t, _, _ in NOTED])
def test_rule_076_words_to_editors_are_stripped_and_kept_as_a_note(
    text: str, shown: str, note: str
) -> None:
    assert marks.strip_notes(text) == (shown, note)


@pytest.mark.parametrize(
    "text",
    [
        "(ANSA) - AOSTA, 2 MAG - Riapre la funivia.",
        "Editors of the paper met on Friday.",
        "(Two of them are missing.) The storm came ashore.",
        "(Newcastle) won again.",
        "Ed Miller: the man who moved the lake",
        "UPDATE: Two of them were found alive. The storm came ashore.",
    ],
)
def test_a_text_that_opens_like_a_note_is_kept(text: str) -> None:
    assert marks.strip_notes(text) == (text, "")


@given(st.text(max_size=300) | st.lists(st.sampled_from([t for t, _, _ in NOTED])).map("\n".join))
def test_stripping_notes_loses_no_line_of_the_text(text: str) -> None:
    shown, note = marks.strip_notes(text)
    assert shown == text or note
    assert len(shown) <= len(text)


@given(st.text(max_size=200) | st.lists(st.sampled_from([t for t, _, _ in DRESSED])).map(" ".join))
def test_splitting_is_idempotent_and_empties_nothing(title: str) -> None:
    bare, _ = marks.split(title)
    assert marks.split(bare)[0] == bare or len(marks.split(title)[1]) >= 12
    assert bool(bare) == bool(title.strip())
