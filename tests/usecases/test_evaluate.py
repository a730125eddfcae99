"""What an evaluation makes of what methods say: counts, and which errors it tells first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from aggregator.desk.evaluate import answers
from aggregator.desk.evaluate.labels import Credited, Labels, Noticed, Pair, Text, Told, WireText
from aggregator.desk.evaluate.methods import Judge, Methods, Verdict, together
from aggregator.desk.evaluate.report import Mistake, Result
from aggregator.desk.evaluate.scores import Count
from aggregator.desk.evaluate.specimens import Specimen

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def text(name: str, outlet: str = "") -> Text:
    return Text(id=name, outlet=outlet or f"outlet of {name}", title=f"Title {name}", seen=NOON)


def scores(given: Mapping[str, float]) -> Methods:
    """We, judging pairs by what `given` says of their ids, joined by a plus."""

    def method(_: Sequence[Specimen]) -> Judge:
        def judge(a: Specimen, b: Specimen) -> Verdict:
            score = given.get(f"{a.text.id}+{b.text.id}", 0.0)
            return Verdict(said=score > 0, score=score, why=f"{score} alike", by_name=score == 1)

        return judge

    both = {"ours": method}
    return Methods(copies=both, articles=both, related=both)


def names(given: Mapping[str, str]) -> Methods:
    """We, naming texts as `given` does."""

    def name(specimen: Specimen) -> tuple[str | None, str]:
        return given.get(specimen.text.id), "because"

    ours = {"ours": name}
    return Methods(credits=ours, notices=ours)


def clusters(given: Mapping[str, str]) -> Methods:
    """We, with texts in these stories."""
    return Methods(related={"ours": together(lambda _: given)}, stories={"ours": lambda _: given})


def answer(question: str, given: Labels, methods: Methods, most: int = 9) -> Result:
    """The answer to the question that begins so."""
    found = answers(given, methods, most)
    return next(result for result in found if result.question.startswith(question))


def count(result: Result) -> Count:
    [row] = result.rows
    return row.count


PAIRS = (
    Pair(a=text("a"), b=text("b"), label="copy", sure=True),
    Pair(a=text("c"), b=text("d"), label="story", sure=True, why="one event"),
    Pair(a=text("e"), b=text("f"), label="different", sure=True),
    Pair(a=text("g"), b=text("h"), label="copy", sure=False),
    Pair(a=text("i", "one"), b=text("j", "one"), label="copy", sure=True),
    Pair(a=text("k", "one"), b=text("l", "one"), label="copy", sure=True),
)
SAID = scores({"a+b": 0.7, "c+d": 0.8, "e+f": 0.9, "i+j": 0.6, "k+l": 1})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("copies of different outlets, sure", Count(found=1, wrong=2), id="sure"),
        pytest.param(
            "copies of different outlets, all", Count(found=1, wrong=2, missed=1), id="all"
        ),
        pytest.param(
            "pairs of one outlet, not joined by likeness",
            Count(found=1, missed=1),
            id="an-address-may-join-one-outlets",
        ),
        pytest.param("copy or story against different, sure", Count(found=4, wrong=1), id="story"),
    ],
)
def test_pairs_are_counted(question: str, expected: Count) -> None:
    assert count(answer(question, Labels(pairs={"x": PAIRS}), SAID)) == expected


def test_the_surest_wrong_ones_are_told_first_and_then_the_missed_ones() -> None:
    told = answer("copies of different outlets, all", Labels(pairs={"x": PAIRS}), SAID).mistakes
    assert [(one.kind, one.score, one.truth, one.why) for one in told] == [
        ("wrong", 0.9, "different", "0.9 alike"),
        ("wrong", 0.8, "story: one event", "0.8 alike"),
        ("missed", 0.0, "copy", "0.0 alike"),
    ]


def test_of_each_kind_of_error_as_many_are_told_as_are_asked_for() -> None:
    found = answer("copies of different outlets, all", Labels(pairs={"x": PAIRS}), SAID, 1)
    assert [(one.kind, one.score) for one in found.mistakes] == [("wrong", 0.9), ("missed", 0.0)]


def wire(name: str, original: str) -> WireText:
    event = original.partition(".")[0]
    return WireText(text=text(name), original=original, event=event, agency=None)


WIRES = (wire("a", "e1.a"), wire("b", "e1.a"), wire("c", "e1.b"), wire("d", "e2.a"))


SAID_OF_WIRES = scores({"a+b": 0.5, "c+d": 0.5})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("copies of different outlets", Count(found=1, wrong=1), id="copies"),
        pytest.param("copy or story", Count(found=1, wrong=1, missed=2), id="events"),
    ],
)
def test_wire_texts_are_asked_about_every_pair(question: str, expected: Count) -> None:
    assert count(answer(question, Labels(wires={"x": WIRES}), SAID_OF_WIRES)) == expected


@pytest.mark.parametrize("by", ["articles", "stories"])
def test_twins_are_apart_if_no_text_of_one_is_joined_with_one_of_the_other(by: str) -> None:
    """e9 is in the other half, so nobody asks about it."""
    twins = (("e1", "e2"), ("e2", "e3"), ("e1", "e9"))
    given = Labels(wires={"x": (*WIRES, wire("e", "e3.a"))}, twins={"x": twins})
    found = answer(f"twin events kept apart, by {by}", given, SAID_OF_WIRES)
    assert count(found) == Count(found=1, missed=1)
    assert [one.titles for one in found.mistakes] == [
        ("Title c [outlet of c]", "Title d [outlet of d]")
    ]


def test_another_agency_than_the_right_one_is_wrong_and_missed() -> None:
    credited = tuple(
        Credited(text=text(name), agency=agency, trap=trap)
        for name, agency, trap in (
            ("a", "ANSA", False),
            ("b", "Agenzia ANSA", False),
            ("c", "Reuters", False),
            ("d", None, True),
            ("e", None, True),
        )
    )
    given = Labels(credits={"x": credited})
    said = names({"a": "AGI", "b": "ANSA", "d": "AP"})
    whose = answer("whose text", given, said)
    assert count(whose) == Count(found=1, wrong=2, missed=2)
    assert [one.truth for one in whose.mistakes] == [
        *("ANSA, not AGI", "nothing, not AP"),
        "Reuters, not nothing",
    ]
    assert count(answer("an agency is named", given, said)) == Count(found=1, missed=1)


def noticed(**kinds: str) -> Labels:
    found = tuple(Noticed(text=text(name), kind=kind, target=None) for name, kind in kinds.items())
    return Labels(notices={"x": found})


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        pytest.param({"a": "kill", "b": "news"}, Count(found=1), id="a-hold-is-a-kill-there"),
        pytest.param(
            {"a": "kill", "b": "hold"}, Count(missed=1), id="not-where-holds-are-told-apart"
        ),
    ],
)
def test_a_finer_kind_is_what_a_coarser_set_calls_it(
    kinds: dict[str, str], expected: Count
) -> None:
    assert count(answer("notices: kill", noticed(**kinds), names({"a": "hold"}))) == expected


def test_what_is_no_notice_is_news() -> None:
    given, said = noticed(a="news", b="news", c="update"), names({"b": "kill"})
    assert count(answer("notices: news", given, said)) == Count(found=1, wrong=1, missed=1)
    assert [one.truth for one in answer("notices: news", given, said).mistakes] == [
        *("update, not nothing", "news, not kill")
    ]


def test_joined_events_and_torn_ones_are_told_the_heaviest_first() -> None:
    events = {"a": "dam", "b": "dam", "c": "dam", "d": "ferry", "e": "fire"}
    said = {"a": "1", "b": "1", "c": "2", "d": "1", "e": "2"}
    told = tuple(Told(text=text(name), event=event, kin=event) for name, event in events.items())
    found = answer("stories", Labels(events={"x": told}), clusters(said))
    assert count(found) == Count(found=1, wrong=3, missed=2)
    assert found.mistakes == (
        Mistake(
            kind="wrong",
            score=2 / 3,
            titles=("Title a", "Title d"),
            truth="events dam and ferry",
            why="2 pairs of texts",
        ),
        Mistake(
            kind="wrong",
            score=1 / 3,
            titles=("Title c", "Title e"),
            truth="events dam and fire",
            why="1 pairs of texts",
        ),
        Mistake(
            kind="missed",
            score=1.0,
            titles=("Title a", "Title c"),
            truth="one event, dam",
            why="2 pairs of texts",
        ),
    )
