"""`plan`: what a change of the configuration would do, told beforehand and not done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aggregator import config as configuration
from aggregator import service
from tests.support.commands import run
from tests.support.texts import text
from tests.support.world import MINUTE, World

OLD = """
service: {database: news.db}
sources:
  ansa: {url: 'https://ansa.example/rss', kind: agency, agency: ansa}
  portale: {url: 'https://portale.example/rss', kind: portal}
  eco: {url: 'https://eco.example/rss?user=me&password=${WORD}', kind: portal}
feeds:
  all: {title: Tutto}
  portali: {title: Portali, from: {kinds: [portal]}}
"""
PONTE = "Riaperto il ponte sul fiume dopo un anno di lavori e di attese"
WORDS = (
    "Il ponte sul fiume e stato riaperto questa mattina dopo un anno di lavori, alla presenza del "
    "sindaco e di molti cittadini che attendevano il ritorno della viabilita normale in citta."
)
TOLD = WORDS[:120] + " Il nostro inviato racconta la festa dei negozianti lungo le due rive."


@pytest.fixture
def feeds_yaml(tmp_path: Path) -> Path:
    """A configuration that was applied, and a day of news."""
    file = tmp_path / "feeds.yaml"
    file.write_text(OLD)
    now = service.now()
    times: dict[str, Any] = {"published": now, "first_seen": now}
    world = World(tmp_path / "news.db", configuration.parse(OLD, "feeds.yaml", {"WORD": "x"}))
    world.lists("ansa", text("ansa", PONTE, WORDS, **times), at=now)
    world.lists("portale", text("portale", "Il ponte riapre", TOLD, **times), at=now + MINUTE)
    world.lists("eco", text("eco", "Pioggia nel fine settimana", **times), at=now + MINUTE)
    world.store.close()
    return file


def planned(feeds_yaml: Path, new: str) -> tuple[str, dict[str, Any]]:
    """What the command says of another configuration, in words and as JSON."""
    file = feeds_yaml.with_name("new.yaml")
    file.write_text(new)
    before = feeds_yaml.with_name("news.db").read_bytes()
    words = run("plan", file, "-c", feeds_yaml, WORD="x")
    values = run("plan", file, "-c", feeds_yaml, "--json", WORD="x")
    assert (words.exit_code, values.exit_code) == (0, 0)
    assert feeds_yaml.with_name("news.db").read_bytes() == before
    return words.stdout, json.loads(values.stdout)


def test_the_present_file_changes_nothing(feeds_yaml: Path) -> None:
    words, values = planned(feeds_yaml, OLD)
    assert words == "no change\n"
    assert values["changes"] == []


def test_the_order_of_the_file_changes_nothing(feeds_yaml: Path) -> None:
    head, rest = OLD.split("sources:")
    sources, feeds = rest.split("feeds:")
    words, _ = planned(feeds_yaml, f"{head}feeds:{feeds}\nsources:{sources}")
    assert words == "no change\n"


def test_a_source_that_goes_takes_its_items_out_of_feeds(feeds_yaml: Path) -> None:
    new = "\n".join(line for line in OLD.splitlines() if "eco:" not in line)
    words, values = planned(feeds_yaml, new)
    assert "- source eco: removed" in words
    assert [
        (flow["feed"], flow["entering"], flow["leaving"], flow["first_leaving"])
        for flow in values["feeds"]
    ] == [
        ("all", 0, 1, ["Pioggia nel fine settimana"]),
        ("portali", 0, 1, ["Pioggia nel fine settimana"]),
    ]


def test_a_source_under_another_name_is_told_as_renamed(feeds_yaml: Path) -> None:
    words, values = planned(feeds_yaml, OLD.replace("  portale:", "  il-portale:"))
    assert "~ source il-portale: renamed, before portale" in words
    assert [change["what"] for change in values["changes"]] == ["renamed"]
    assert (values["made"], values["broken"], values["feeds"]) == ([], [], [])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("kind: agency,", "kind: portal,", "kind: agency → portal", id="a choice"),
        pytest.param("agency: ansa}", "trust: 3}", "trust: 0 → 3", id="a number"),
        pytest.param(
            "agency: ansa}", "agency: ansa, interval: 7m}", "interval: 3m → 7m", id="a time"
        ),
        pytest.param("user=me", "user=you", "password=***", id="no secret is told"),
        pytest.param(
            "{kinds: [portal]}", "{kinds: [agency]}", "from, not: another", id="a question"
        ),
        pytest.param("title: Tutto", "limit: 9", "limit: 50 → 9", id="a feed's length"),
        pytest.param("news.db}", "news.db, prefer: [eco]}", "prefer: none → eco", id="a setting"),
    ],
)
def test_a_changed_value_is_told_before_and_after(
    feeds_yaml: Path, old: str, new: str, line: str
) -> None:
    words, _ = planned(feeds_yaml, OLD.replace(old, new, 1))
    assert line in words


def test_a_new_feed_is_told_with_what_it_would_hold(feeds_yaml: Path) -> None:
    words, values = planned(feeds_yaml, f"{OLD}  agenzie: {{from: {{kinds: [agency]}}}}\n")
    assert "+ feed agenzie: added" in words
    (flow,) = values["feeds"]
    assert (flow["feed"], flow["entering"], flow["first_entering"]) == ("agenzie", 1, [PONTE])


def test_an_agency_that_is_added_is_told(feeds_yaml: Path) -> None:
    words, _ = planned(feeds_yaml, f"{OLD}agencies: {{nord: {{name: Agenzia Nord}}}}\n")
    assert "+ agency nord: added" in words


def test_a_threshold_breaks_a_merge(feeds_yaml: Path) -> None:
    words, values = planned(feeds_yaml, f"{OLD}matching: {{phrases: 95}}\n")
    (broken,) = values["broken"]
    assert (broken["one"]["title"], broken["other"]["title"]) == (PONTE, "Il ponte riapre")
    assert broken["why"].startswith("not enough any more: text: ")
    assert (values["entries"], values["judged"], values["made"]) == (3, 3, [])
    assert "phrases: 60 → 95" in words


def test_a_pair_of_never_breaks_a_merge(feeds_yaml: Path) -> None:
    names = f"'ansa/guid:{PONTE}', 'portale/guid:Il ponte riapre'"
    words, values = planned(feeds_yaml, f"{OLD}matching: {{never: [[{names}]]}}\n")
    assert [merge["why"] for merge in values["broken"]] == ["the operator keeps them apart"]
    assert "1 would be one article no more:" in words


def test_a_pair_of_always_makes_a_merge(feeds_yaml: Path) -> None:
    names = f"'ansa/guid:{PONTE}', 'eco/guid:Pioggia nel fine settimana'"
    words, values = planned(feeds_yaml, f"{OLD}matching: {{always: [[{names}]]}}\n")
    (made,) = values["made"]
    assert made["why"] == "always: the operator says so"
    assert [flow["leaving"] for flow in values["feeds"] if flow["feed"] == "all"] == [1]
    assert "1 would become one article:" in words


def test_mistakes_are_told_as_check_tells_them(feeds_yaml: Path) -> None:
    file = feeds_yaml.with_name("new.yaml")
    file.write_text(f"{OLD}matching: {{phrases: 5}}\n")
    result = run("plan", file, "-c", feeds_yaml, WORD="x")
    assert result.exit_code == 2
    assert result.stderr == run("check", "-c", file, WORD="x").stderr
    assert "phrases: " in result.stderr


def test_without_a_database_there_is_nothing_to_hold_it_against(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(OLD)
    result = run("plan", file, "-c", file, WORD="x")
    assert result.exit_code == 1
    assert "there is no database" in result.stderr
