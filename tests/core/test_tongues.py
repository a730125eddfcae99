"""Which language a text is in."""

from __future__ import annotations

import pytest

from aggregator.matching import tongues
from aggregator.text import tokens

TEXTS = [
    pytest.param("Il sindaco ha detto che la scuola della valle è chiusa", "en", "it", id="it"),
    pytest.param("The mayor said that the school of the valley is closed", "it", "en", id="en"),
    pytest.param("Der Bürgermeister und die Schule sind nicht auf dem Berg", "", "de", id="de"),
    pytest.param("Le maire est dans la vallée pour les écoles et les routes", "", "fr", id="fr"),
    pytest.param("El alcalde y los vecinos por las calles, sobre todo", "en", "es", id="es"),
    pytest.param("Roma-Lazio 2-0: Rossi, Verdi", "it", "it", id="names alone"),
    pytest.param(
        "O prefeito e os vizinhos por que para su", "pt", "pt", id="a mark not known here"
    ),
    pytest.param("", "", "", id="nothing"),
]


@pytest.mark.parametrize(("text", "marked", "expected"), TEXTS)
def test_rule_077_the_words_tell_the_language_and_the_mark_is_a_hint(
    text: str, marked: str, expected: str
) -> None:
    assert tongues.spoken(tokens.words(text), marked) == expected
