"""`aggregator evaluate` over a folder of invented labels, each figure counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import labels
from tests.support.commands import run

Results = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return labels.write(tmp_path)


def evaluated(folder: Path, *options: str) -> Results:
    """The results, by set and question."""
    result = run("evaluate", folder, "--json", *options)
    assert result.exit_code == 0
    return {(one["set"], one["question"]): one for one in json.loads(result.stdout)}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """All answers for the invented sets."""
    return evaluated(labels.write(tmp_path_factory.mktemp("labels")))


def counts(result: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Found, wrong and missed, by method."""
    return {
        row["method"]: (row["count"]["found"], row["count"]["wrong"], row["count"]["missed"])
        for row in result["rows"]
    }


def test_every_set_is_asked_every_question_of_its_kind(results: Results) -> None:
    asked = [f"{name}: {question}" for name, question in results]
    assert asked == [
        "pairs.it: copies of different outlets, sure labels",
        "pairs.it: copies of different outlets, all labels",
        "pairs.it: pairs of one outlet, not joined by likeness",
        "pairs.it: copy or story against different, sure labels",
        "pairs.it: copy or story against different, all labels",
        "wire-copies.it: copies of different outlets, judged pair by pair",
        "wire-copies.it: copies of different outlets, as articles",
        "wire-copies.it: pairs of one outlet, not joined by likeness",
        "wire-copies.it: pairs of one outlet, not joined by likeness, as articles",
        "wire-copies.it: copy or story against different",
        "wire-copies.it: twin events kept apart, by articles",
        "wire-copies.it: twin events kept apart, by stories",
        "wire-copies.it: whose text it is",
        "credit.it: whose text it is",
        "credit.it: an agency is named, but it is not its text",
        "notices: notices: kill",
        "notices: notices: news",
        "notices: notices: mean of the kinds",
        "notices: notices: which text one means",
        "made-events: stories (B³), headlines",
        "made-events: stories (B³), whole texts",
        "made-stories: stories (B³), headlines",
        "made-story-pairs: one story against anything less",
    ]


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        pytest.param(
            "pairs.it",
            "copies of different outlets, sure labels",
            {"ours": (1, 0, 0), "exact title": (0, 0, 1), "word Jaccard 0.5": (0, 0, 1)},
            id="copies",
        ),
        pytest.param(
            "pairs.it",
            "pairs of one outlet, not joined by likeness",
            {"ours": (1, 0, 0), "word Jaccard 0.5": (0, 0, 1)},
            id="one-outlet",
        ),
        pytest.param(
            "wire-copies.it",
            "copies of different outlets, as articles",
            {"ours": (1, 0, 0), "exact title": (0, 0, 1)},
            id="articles",
        ),
        pytest.param(
            "wire-copies.it",
            "twin events kept apart, by articles",
            {"ours": (1, 0, 0), "exact title": (1, 0, 0)},
            id="twins",
        ),
        pytest.param(
            "credit.it",
            "whose text it is",
            {"ours": (1, 0, 0), "letters anywhere": (1, 1, 0)},
            id="credits",
        ),
        pytest.param(
            "credit.it",
            "an agency is named, but it is not its text",
            {"ours": (1, 0, 0), "letters anywhere": (0, 0, 1)},
            id="traps",
        ),
        pytest.param(
            "notices",
            "notices: kill",
            {"ours": (1, 0, 0), "word anywhere": (1, 0, 0)},
            id="kills",
        ),
        pytest.param(
            "notices",
            "notices: which text one means",
            {"ours": (1, 0, 0), "title named": (1, 0, 0)},
            id="targets",
        ),
        pytest.param(
            "made-stories",
            "stories (B³), headlines",
            {"exact title": (0, 0, 1), "tf-idf leaders": (1, 0, 0)},
            id="stories",
        ),
    ],
)
def test_each_method_is_counted(
    results: Results, name: str, question: str, expected: dict[str, tuple[int, int, int]]
) -> None:
    found = counts(results[name, question])
    assert {method: found[method] for method in expected} == expected


def test_figures_carry_their_interval(results: Results) -> None:
    [ours, *_] = results["pairs.it", "copies of different outlets, sure labels"]["rows"]
    assert ours["precision"] == {"value": 1.0, "low": pytest.approx(0.2065, abs=1e-4), "high": 1.0}


def test_the_table_shows_counts_shares_and_our_worst_errors(tmp_path: Path) -> None:
    unlike = labels.pair(
        labels.text("Il Colle", "Diga svuotata", labels.MUSEUM, id="a"),
        labels.text("Valle Oggi", "Traghetto [bold]fermo", labels.FERRY, id="b"),
        "copy",
        why="so an editor says",
    )
    folder = labels.write(tmp_path, {"pairs.it": [unlike]})
    result = run("evaluate", folder)
    assert result.exit_code == 0
    head, columns, ours, *rest = result.stdout.splitlines()
    assert head == "pairs.it: copies of different outlets, sure labels"
    assert columns.split() == ["found", "wrong", "missed", "precision", "recall", "F1"]
    assert ours.split() == [
        "ours",
        "0",
        "0",
        "1",
        "-",
        *("0.000", "[0.00–0.79]"),
        *("0.000", "[0.00–0.88]"),
    ]
    assert rest[3:6] == [
        "  missed (0.00): copy: so an editor says",
        "    Diga svuotata [Il Colle]",
        "    Traghetto [bold]fermo [Valle Oggi]",
    ]


def test_errors_can_be_left_out(folder: Path) -> None:
    assert all(result["mistakes"] == [] for result in evaluated(folder, "--errors", "0").values())


def test_a_folder_without_labels_is_told_as_such(tmp_path: Path) -> None:
    result = run("evaluate", tmp_path)
    assert result.exit_code == 3
    assert "no labelled set is in" in result.stderr
    assert "docs/evaluating.md" in result.stderr


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    assert run("evaluate", tmp_path / "nowhere").exit_code == 2


def test_every_broken_line_is_told_at_once(folder: Path) -> None:
    broken = folder / "pairs.it.jsonl"
    broken.write_text('{"label": "same"}\n\nnonsense\n', "utf-8")
    result = run("evaluate", folder)
    assert result.exit_code == 2
    assert result.stdout == ""
    first, second = result.stderr.splitlines()
    assert first == f"{broken}:1: `a` must be an object"
    assert second.startswith(f"{broken}:3: not JSON: ")
