"""The rules beside ours: each says what its description says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from aggregator.desk.evaluate import baselines
from aggregator.desk.evaluate.baselines import Rule
from aggregator.desk.evaluate.labels import Text

Made = TypeVar("Made")

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
FERRY = "Ferry Aurora stuck for hours off Sant'Elmo"


def text(title: str, outlet: str = "Hill", *, after: timedelta = timedelta()) -> Text:
    return Text(id=f"{outlet}: {title}", outlet=outlet, title=title, seen=NOON + after)


def alike(rule: Rule[Made], a: Text, b: Text) -> float:
    return rule.alike(rule.make(a), rule.make(b))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Perù, diga vuota", "PERU’, diga vuota", 1.0, id="folded"),
        pytest.param("Diga vuota", "Diga svuotata", 0.0, id="another-word"),
        pytest.param("", "", 0.0, id="no-title-is-no-evidence"),
    ],
)
def test_an_exact_title_is_the_same_title_folded(one: str, other: str, expected: float) -> None:
    assert alike(baselines.exact_title(), text(one), text(other)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("a b c", "a b c d e f", 0.5, id="half"),
        pytest.param("a b c", "a b x y", 0.0, id="two-of-five"),
        pytest.param("", "", 0.0, id="nothing"),
    ],
)
def test_jaccard_counts_the_words_in_both_of_all_words(
    one: str, other: str, expected: float
) -> None:
    assert alike(baselines.jaccard(), text(one), text(other)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(text("Aurora ferry stuck off the coast", "Vale"), 4 / 6, id="overlap"),
        pytest.param(text("Ferry Aurora stuck for 7 hour off Sant'Elmo", "Vale"), 1.0, id="digits"),
        pytest.param(text(FERRY, "Hill"), 0.0, id="one-outlet"),
        pytest.param(text(FERRY, "Vale", after=timedelta(hours=121)), 0.0, id="too-late"),
        pytest.param(text("Ferry Aurora towed into port at night", "Vale"), 0.0, id="two-words"),
        pytest.param(text("Ferry stuck off shore", "Vale"), 0.0, id="four-words"),
    ],
)
def test_newsblur_takes_the_shared_part_of_the_poorer_title(other: Text, expected: float) -> None:
    assert alike(baselines.newsblur([]), text(FERRY), other) == pytest.approx(expected)


def test_newsblur_leaves_out_words_that_stand_in_more_than_fifty_titles() -> None:
    common = [text(f"ferry aurora stuck {number}") for number in range(51)]
    other = text("Aurora ferry stuck off the coast", "Vale")
    assert alike(baselines.newsblur(common[1:]), text(FERRY), other) > 0
    assert alike(baselines.newsblur(common), text(FERRY), other) == 0


def test_texts_that_a_rule_finds_alike_are_one_cluster() -> None:
    titles = ["Diga vuota", "Ponte chiuso", "DIGA VUOTA"]
    texts = [text(title) for title in titles]
    found = baselines.joined(texts, baselines.exact_title())
    assert [*found.values()] == [texts[0].id, texts[1].id, texts[0].id]


def test_leaders_gather_what_shares_rare_words() -> None:
    titles = [FERRY, "Museum opens rooms", "Stuck ferry Aurora towed in", "Rooms for the museum"]
    texts = [text(title, f"outlet {n}") for n, title in enumerate(titles)]
    found = baselines.leaders(texts)
    ferry, museum, ferry_again, museum_again = (found[one.id] for one in texts)
    assert ferry == ferry_again
    assert museum == museum_again
    assert ferry != museum


def test_one_text_alone_leads_itself() -> None:
    [one] = texts = [text(FERRY)]
    assert baselines.leaders(texts) == {one.id: one.id}
