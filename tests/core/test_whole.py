"""A headline that was cut is shown whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from aggregator.model.entry import Entry
from aggregator.model.source import Rights
from aggregator.selection.whole import completed, completing
from tests.support.world import entry, source

SOURCES = {
    "ansa": replace(source("ansa"), name="ANSA"),
    "portale": replace(source("portale"), name="Il Portale", rights=Rights.HEADLINE),
    "eco": replace(source("eco"), name="Eco di Valle"),
}
WHOLE = "Maltempo in Liguria, chiuse le scuole di Genova e La Spezia fino a giovedì"
AT_64 = "Maltempo in Liguria, chiuse le scuole di Genova e La Spezia fino"


def titled(title: str, by: str = "ansa") -> Entry:
    return entry(by, f"guid:{title}", title)


@pytest.mark.parametrize(
    ("cut", "copy", "shown"),
    [
        pytest.param("Maltempo in Liguria, chiuse le…", WHOLE, WHOLE, id="one character of dots"),
        pytest.param("Maltempo in Liguria, chiuse le ...", WHOLE, WHOLE, id="three dots"),
        pytest.param("Maltempo in Liguria, chiuse le [...]", WHOLE, WHOLE, id="in brackets"),
        pytest.param("Maltempo in Liguria, chiuse le scuo...", WHOLE, WHOLE, id="inside a word"),
        pytest.param(AT_64, WHOLE, WHOLE, id="at the wires' limit"),
        pytest.param(AT_64, f"{WHOLE} - Il Portale", WHOLE, id="without the name of the site"),
        pytest.param(
            "MALTEMPO IN LIGURIA: chiuse le...", WHOLE, WHOLE, id="whatever the case and the marks"
        ),
    ],
)
def test_rule_065_the_longest_copy_gives_the_title(cut: str, copy: str, shown: str) -> None:
    assert completed(titled(cut), [titled(copy, "portale")], SOURCES).title == shown


@pytest.mark.parametrize(
    ("title", "copy"),
    [
        pytest.param("Maltempo in Liguria, chiuse", WHOLE, id="it is short, and not cut"),
        pytest.param("Maltempo in Liguria, chiuse...", WHOLE, id="four words may begin two"),
        pytest.param(AT_64, "Maltempo in Liguria, chiuse le scuole", id="the copy is shorter"),
        pytest.param(AT_64, f"{AT_64} | Il Portale", id="the copy adds its own name"),
        pytest.param(f"{AT_64[:-4]}fin", WHOLE, id="a whole word at the limit"),
        pytest.param("Liguria, chiuse le scuole di...", WHOLE, id="it begins otherwise"),
        pytest.param(WHOLE, f"{WHOLE}, poi si vedrà", id="it is longer than the limit"),
        pytest.param("", WHOLE, id="no title at all"),
    ],
)
def test_rule_065_any_other_title_stays_as_it_is(title: str, copy: str) -> None:
    lead = titled(title)
    assert completed(lead, [titled(copy, "portale")], SOURCES) == lead
    assert completing(lead, [titled(copy, "portale")], SOURCES) is None


LONGER = titled("Maltempo in Liguria, chiuse le scuole di Genova…", "eco")
LONGEST = titled(WHOLE, "portale")


@pytest.mark.parametrize("copies", list(permutations((LONGER, LONGEST))))
def test_rule_065_a_whole_title_goes_before_one_that_is_cut_in_any_order(
    copies: tuple[Entry, ...],
) -> None:
    lead = titled("Maltempo in Liguria, chiuse le...")
    assert completed(lead, copies, SOURCES).title == WHOLE
    assert completing(lead, copies, SOURCES) == LONGEST.ref


def test_rule_065_where_all_are_cut_the_longest_is_taken() -> None:
    lead = titled("Maltempo in Liguria, chiuse le...")
    assert completed(lead, [LONGER], SOURCES).title == LONGER.title


def test_an_excerpt_is_never_completed() -> None:
    lead = entry("ansa", "guid:1", "Maltempo in Liguria, chiuse le...", summary="Le scuole...")
    copy = entry("eco", "guid:2", WHOLE, summary="Le scuole restano chiuse fino a giovedì.")
    assert completed(lead, [copy], SOURCES).summary == "Le scuole..."


def test_completing_twice_changes_nothing_more() -> None:
    once = completed(titled(AT_64), [LONGEST, LONGER], SOURCES)
    assert completed(once, [LONGEST, LONGER], SOURCES) == once
