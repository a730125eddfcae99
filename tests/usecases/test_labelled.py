"""Folders of labelled texts: what is read from them, what is refused, and how they are halved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.desk.evaluate import halves, labelled, specimens
from aggregator.desk.evaluate.labels import Labels, Text
from aggregator.errors import LabelError, UnknownName
from tests.support import labels as made

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


def wrong(given: Mapping[str, Any], *, leave_out: str = "", **changed: Any) -> str:
    """A record as a line, with members changed, and one left out."""
    return json.dumps({name: v for name, v in {**given, **changed}.items() if name != leave_out})


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        pytest.param("pairs", "nonsense", "not JSON: ", id="no-json"),
        pytest.param("pairs", "[" * 100_000, "not JSON: ", id="too-deep"),
        pytest.param("pairs", "[1]", "must be a JSON object", id="no-object"),
        pytest.param("pairs", wrong(made.PAIRS[0], a=1), "`a` must be an object", id="no-side"),
        pytest.param(
            "pairs",
            wrong(made.PAIRS[0], label="same"),
            "`label` must be one of copy, story, different, not same",
            id="no-such-label",
        ),
        pytest.param(
            "pairs",
            wrong(made.PAIRS[0], b={"outlet": "x", "title": " "}),
            "neither `title` nor `summary` says anything",
            id="no-text",
        ),
        pytest.param(
            "pairs",
            wrong(made.PAIRS[0], a=made.text("x", "y", "z", published="yesterday")),
            "`published` must be an ISO 8601 time, not yesterday",
            id="no-time",
        ),
        pytest.param(
            "pairs",
            wrong(made.PAIRS[0], a=made.text("x", "y", "z", seen="2026-03-12T12:00:00")),
            "`seen` must say its zone: 2026-03-12T12:00:00",
            id="no-zone",
        ),
        pytest.param(
            "wire-copies",
            wrong(made.WIRES[0], leave_out="text_id"),
            "`text_id` must be a text",
            id="no-original",
        ),
        pytest.param(
            "wire-copies",
            wrong(made.WIRES[0], minutes="soon"),
            "`minutes` must be a whole number that makes sense",
            id="no-number",
        ),
        pytest.param(
            "wire-copies",
            wrong(made.WIRES[0], minutes=10**30),
            "`minutes` must be a whole number that makes sense",
            id="too-late",
        ),
        pytest.param(
            "credit",
            wrong(made.CREDITS[0], trap="no"),
            "`trap` must be true or false",
            id="no-flag",
        ),
        pytest.param(
            "credit",
            wrong(made.CREDITS[0], agency=["ANSA"]),
            "`agency` must be a text or null",
            id="no-agency",
        ),
        pytest.param("notices", wrong(made.NOTICES[0], kind=""), "`kind` must be", id="no-kind"),
        pytest.param(
            "x-events",
            wrong(made.EVENTS[0], text="one"),
            "`text` must be a list of sentences",
            id="no-list",
        ),
        pytest.param(
            "x-events",
            wrong(made.EVENTS[0], text=[]),
            "`text` must begin with a sentence",
            id="no-sentence",
        ),
        pytest.param(
            "x-stories",
            wrong(made.HEADLINES[0], title=None),
            "`title` must be a text",
            id="no-title",
        ),
        pytest.param(
            "x-story-pairs",
            wrong(made.GRADED[0], score=4),
            "`score` must be 0, 1, 2 or 3, not 4",
            id="no-grade",
        ),
    ],
)
def test_a_broken_line_is_told_with_its_place(
    tmp_path: Path, file: str, line: str, message: str
) -> None:
    path = tmp_path / f"{file}.jsonl"
    path.write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(LabelError) as raised:
        labelled.load(tmp_path)
    [problem] = raised.value.problems
    assert problem.startswith(f"{path}:2: {message}")


def test_twins_are_two_groups_with_a_tab(tmp_path: Path) -> None:
    folder = made.write(tmp_path)
    (folder / "wire-copies.it.twins.tsv").write_text("e1 e2\n", "utf-8")
    with pytest.raises(LabelError, match=r"tsv:1: must be two groups with a tab between them"):
        labelled.load(folder)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelError, match=r"pairs\.jsonl:1: cannot be read"):
        labelled.load(tmp_path)


def test_files_of_other_names_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("nonsense", "utf-8")
    with pytest.raises(UnknownName):
        labelled.load(tmp_path)


def test_a_text_says_what_its_file_and_line_say(tmp_path: Path) -> None:
    found = labelled.load(made.write(tmp_path))
    portal = found.wires["wire-copies.it"][1]
    assert portal.text == Text(
        id="w2",
        outlet="Valle Oggi",
        title="Via l'acqua dalla diga",
        summary=made.DAM,
        published=datetime(2026, 1, 1, 12, 20, tzinfo=UTC),
        seen=datetime(2026, 1, 1, 12, 20, tzinfo=UTC),
        language="it",
    )
    assert (portal.original, portal.event, portal.agency) == ("e1.a", "e1", "ANSA")
    assert found.twins == {"wire-copies.it": (("e1", "e2"),)}


def test_a_graded_text_is_told_apart_from_its_headline(tmp_path: Path) -> None:
    [pair, _] = labelled.load(made.write(tmp_path)).scored["made-story-pairs"]
    assert pair.a.title == "La diga di Montebello si svuota."
    assert pair.a.summary == made.DAM


def test_an_exclamation_alone_is_no_headline(tmp_path: Path) -> None:
    graded = {"a": "Evviva! La diga di Montebello si svuota. Da giugno.", "b": "x", "score": 3}
    [pair] = labelled.load(made.write(tmp_path, {"story-pairs": [graded]})).scored["story-pairs"]
    assert pair.a.title == "Evviva! La diga di Montebello si svuota."


def texts(labels: Labels) -> set[str]:
    """The names of all texts of a folder."""
    return {text.id for pair in labels.pairs["pairs"] for text in (pair.a, pair.b)}


def test_what_shares_a_text_is_in_one_half(tmp_path: Path) -> None:
    sides = [made.text("x", f"title {n}", "text", id=f"t{n}") for n in range(40)]
    chained = [made.pair(sides[n], sides[n + 1], "story") for n in range(0, 40, 4)]
    tied = [made.pair(sides[n + 1], sides[n + 2], "story") for n in range(0, 38, 4)]
    labels = labelled.load(made.write(tmp_path, {"pairs": [*chained, *tied]}))
    first, second = halves.of(labels, "a"), halves.of(labels, "b")
    assert texts(first) & texts(second) == set()
    assert texts(first) | texts(second) == texts(labels)
    assert first.pairs["pairs"]
    assert second.pairs["pairs"]


def test_texts_of_one_title_are_in_one_half(tmp_path: Path) -> None:
    pairs = [
        made.pair(
            made.text("x", "Il meteo", "", id=f"a{n}"),
            made.text("y", f"t{n}", "", id=f"b{n}"),
            "copy",
        )
        for n in range(9)
    ]
    labels = labelled.load(made.write(tmp_path, {"pairs": pairs}))
    sizes = {len(halves.of(labels, "a").pairs["pairs"]), len(halves.of(labels, "b").pairs["pairs"])}
    assert sizes == {0, 9}


def test_twins_are_in_one_half(tmp_path: Path) -> None:
    labels = labelled.load(made.write(tmp_path))
    sizes = {len(halves.of(labels, half).wires["wire-copies.it"]) for half in ("a", "b")}
    assert sizes == {0, 3}


def test_a_labelled_text_is_read_as_an_item_of_its_outlets_feed() -> None:
    text = Text(
        id="x",
        outlet="Il Colle & C.",
        title="Diga <svuotata> & poi riempita",
        summary="<p>Da <b>giugno</b>, dice l'\x0bANSA.</p>",
        author="Rosa Neri",
        link="https://colle.example/diga?utm_source=x",
        picture_credit="Foto/ANSA",
        published=NOON,
        seen=NOON,
        language="it",
    )
    [found] = specimens.prepare([text, text]).values()
    assert found.source.name == "Il Colle & C."
    assert found.entry.title == "Diga <svuotata> & poi riempita"
    assert found.entry.summary == "Da giugno, dice l' ANSA."
    assert found.entry.authors == ("Rosa Neri",)
    assert found.entry.canonical == "https://colle.example/diga"
    assert found.entry.published == NOON
    assert found.entry.language == "it"
    assert [media.credit for media in found.entry.media] == ["Foto/ANSA"]


def test_outlets_whose_names_fold_to_one_are_two_sources() -> None:
    both = [Text(id=name, outlet=name, title="x", seen=NOON) for name in ("Лента", "Газета")]
    one, other = specimens.prepare(both).values()
    assert one.source.id != other.source.id
