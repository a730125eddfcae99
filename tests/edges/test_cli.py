"""The commands over a real database and a real web server: what they print, keep and answer."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aggregator.cli import EXIT_CODES, app
from aggregator.serving.web.app import create_app
from aggregator.store.sqlite import open_shelf
from tests.support.commands import Answers, run, site
from tests.support.documents import rss
from tests.support.polling import FakeClock

ROOT = Path(__file__).parents[2]
PASSWORD = "hunter2-and-more"
BRIDGE = (
    "<title>Riaperto il ponte</title><guid isPermaLink='false'>a-1</guid>"
    "<link>https://news.example/ponte</link><pubDate>Thu, 12 Mar 2020 11:00:00 GMT</pubDate>"
)
# Its address is relative to one that holds a password.
WIRE = (
    "<title>Sciopero dei treni</title><guid isPermaLink='false'>w-1</guid><link>?sciopero=1</link>"
)
ANSWERS: Answers = {
    "/a.xml": rss(BRIDGE),
    f"/wire.xml?password={PASSWORD}": rss(WIRE),
    f"/gone.xml?token={PASSWORD}": 410,
}
CONFIG = """
service: {{title: Prova, database: news.db, allow_private: true}}
sources:
  alfa: {{url: "{base}/a.xml", kind: portal, name: "[bold]Alfa", topics: [esteri]}}
  wire: {{url: "{base}/wire.xml?password=${{WIRE}}", kind: agency, agency: wire}}
  gone: {{url: "{base}/gone.xml?token=${{WIRE}}", kind: portal}}
  off: {{url: "{base}/off.xml", kind: portal, enabled: false}}
feeds:
  latest: {{title: Ultime notizie}}
  esteri: {{title: "[red]Esteri[/] :smile:", was: [mondo], from: {{topics: [esteri]}}}}
"""


@pytest.fixture
def base() -> Iterator[str]:
    with site(ANSWERS) as base:
        yield base


@pytest.fixture
def config(tmp_path: Path, base: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration that no database belongs to yet."""
    monkeypatch.setenv("WIRE", PASSWORD)
    file = tmp_path / "feeds.yaml"
    file.write_text(CONFIG.format(base=base), "utf-8")
    return file


@pytest.fixture
def polled(config: Path) -> Path:
    """The same after one pass."""
    assert run("poll", "-c", config).exit_code == 0
    return config


def dump(config: Path) -> list[str]:
    """All that the database holds."""
    with sqlite3.connect(config.with_name("news.db")) as connection:
        return list(connection.iterdump())


def test_the_commands_are_these() -> None:
    assert [*app.commands] == [
        *("serve", "poll", "check", "plan", "sources", "feeds", "show", "explain", "withdraw"),
        *("notices", "discover", "opml", "evaluate", "schema", "demo"),
    ]


def test_help_loads_nothing_that_is_slow() -> None:
    script = "import sys, aggregator.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    slow = {"aiohttp", "flask", "feedparser", "pydantic", "lxml", "sqlite3", "rich", "yaml"}
    assert slow.isdisjoint(loaded.stdout.decode().split())


@pytest.mark.parametrize("code", EXIT_CODES)
def test_every_exit_code_is_documented_and_in_the_help(code: int) -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    assert f"| {code} |" in page
    assert EXIT_CODES[code] in " ".join(run("--help").stdout.split())


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("show nix", 3, "no feed is called nix; there are latest, esteri"),
        ("show mondo", 3, "the feed mondo is called esteri now"),
        ("show latest.atom", 3, "no feed is called latest.atom"),
        ("explain https://news.example/nix", 3, "nothing is known under"),
        ("poll nix alfa", 3, "no source is called nix"),
        ("poll --dry-run nix", 3, "no source is called nix"),
        ("poll gone", 1, ""),
        ("poll gone alfa", 0, ""),
        ("poll --dry-run gone", 1, ""),
        ("poll --dry-run gone alfa", 0, ""),
        ("check --online", 1, ""),
        ("serve --web-only --poll-only", 2, "exclude each other"),
        ("show latest --format pdf", 2, "'pdf' is not one of"),
    ],
)
def test_an_exit_code_says_what_kind_of_failure_it_was(
    polled: Path, command: str, code: int, words: str
) -> None:
    result = run(*command.split(), "-c", polled)
    assert result.exit_code == code
    assert words in result.stderr


@pytest.mark.parametrize("command", ["sources", "feeds", "show latest", "explain x", "poll"])
def test_a_missing_configuration_is_named(tmp_path: Path, command: str) -> None:
    result = run(*command.split(), "-c", tmp_path / "none.yaml")
    assert result.exit_code == 2
    assert "none.yaml' does not exist" in result.stderr


@pytest.mark.parametrize("command", ["sources", "feeds", "show latest", "explain x"])
def test_a_missing_database_is_named_with_what_makes_it(config: Path, command: str) -> None:
    result = run(*command.split(), "-c", config)
    assert result.exit_code == 1
    assert "there is no database" in result.stderr
    assert "`aggregator poll` or `aggregator serve` makes it" in result.stderr


@pytest.mark.parametrize("command", ["sources", "poll"])
def test_a_file_that_is_no_database_is_named(config: Path, command: str) -> None:
    config.with_name("news.db").write_text("these are my notes, " * 100)
    result = run(command, "-c", config)
    assert result.exit_code == 1
    assert "news.db" in result.stderr


def test_every_mistake_of_a_configuration_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("sources: {a: {url: nix, kind: portal}}\nfeeds: {x: {titel: X}}\n")
    result = run("check", "-c", file)
    assert result.exit_code == 2
    assert [line.rpartition(".yaml:")[2][:5] for line in result.stderr.splitlines()] == [
        *("1:20:", "2:13:")
    ]


def test_programs_get_the_mistakes_as_json(tmp_path: Path) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text("sources: {a: {url: nix, kind: portal}}\nfeeds: {x: {title: X}}\n")
    result = run("check", "--json", "-c", file)
    (problem,) = json.loads(result.stdout)["problems"]
    assert result.exit_code == 2
    assert (problem["file"], problem["line"], problem["column"]) == (str(file), 1, 20)


def test_the_environment_names_another_default_configuration(config: Path) -> None:
    result = run("check", "--json", AGGREGATOR_CONFIG=str(config))
    assert json.loads(result.stdout) == {"problems": [], "sources": 4, "feeds": 2}


@pytest.mark.parametrize(
    "command",
    [
        *("sources", "feeds", "explain https://news.example/ponte", "check", "check --online"),
        *("poll", "poll alfa", "poll --dry-run", "poll --dry-run alfa gone"),
    ],
)
def test_every_listing_is_json_for_programs(polled: Path, command: str) -> None:
    assert json.loads(run(*command.split(), "--json", "-c", polled).stdout) is not None


def test_one_pass_tells_of_each_source_what_came_of_it(config: Path) -> None:
    result = run("poll", "-c", config)
    rows = {row.split()[0]: row.split() for row in result.stdout.splitlines()}
    assert rows["alfa"][1:5] == ["fetched", "1", "0", "0"]
    assert rows["gone"][1] == "gone"
    assert "off" not in rows
    assert result.exit_code == 0


def test_a_pass_in_which_nobody_answers_fails_and_says_why_of_each(
    tmp_path: Path, base: str
) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(
        "service: {allow_private: true}\n"
        f"sources:\n  a: {{url: {base}/nix, kind: portal}}\n"
        "  b: {url: http://127.0.0.1:1/, kind: portal}\nfeeds: {x: {title: X}}\n"
    )
    result = run("poll", "--json", "-c", file)
    assert result.exit_code == 1
    assert [(one["source"], one["result"]) for one in json.loads(result.stdout)] == [
        ("a", "not-found"),
        ("b", "unreachable"),
    ]


def test_a_second_pass_finds_nothing_due_and_says_what_to_do(polled: Path) -> None:
    result = run("poll", "-c", polled)
    assert result.exit_code == 0
    assert result.stdout == "nothing is due; a source that is named is polled all the same\n"


def test_a_source_that_another_process_polls_is_told_as_busy(polled: Path) -> None:
    with sqlite3.connect(polled.with_name("news.db")) as connection:
        connection.execute("UPDATE sources SET lease_until = 9e17 WHERE id = 'alfa'")
    result = run("poll", "alfa", "--json", "-c", polled)
    assert result.exit_code == 1
    assert [one["result"] for one in json.loads(result.stdout)] == ["busy"]


def test_a_dry_run_makes_no_database(config: Path) -> None:
    result = run("poll", "--dry-run", "-c", config)
    assert result.exit_code == 0
    assert "Riaperto il ponte" in result.stdout
    assert [file.name for file in config.parent.iterdir()] == ["feeds.yaml"]


def test_a_dry_run_changes_nothing_in_a_database(polled: Path) -> None:
    before = dump(polled)
    polled.write_text(polled.read_text("utf-8").replace("Ultime", "Tutte le"), "utf-8")
    assert run("poll", "--dry-run", "alfa", "gone", "-c", polled).exit_code == 0
    assert dump(polled) == before


def test_a_dry_run_visits_what_is_due_and_what_the_database_does_not_know(
    polled: Path, base: str
) -> None:
    text = polled.read_text("utf-8")
    newcomer = f'sources:\n  beta: {{url: "{base}/beta.xml", kind: portal}}'
    polled.write_text(text.replace("sources:", newcomer), "utf-8")
    told = json.loads(run("poll", "--dry-run", "--json", "-c", polled).stdout)
    assert [one["source"] for one in told] == ["beta"]


def test_check_online_shows_the_first_items_as_they_would_be_shown(config: Path) -> None:
    told = json.loads(run("check", "--online", "--json", "-c", config).stdout)
    alfa, wire, gone = told
    assert (alfa["source"], alfa["result"], alfa["detail"]) == ("alfa", "fetched", "1 item")
    assert alfa["items"][0]["title"] == "Riaperto il ponte"
    assert alfa["items"][0]["published"] == "2020-03-12T11:00:00+00:00"
    assert alfa["items"][0]["topics"] == ["esteri"]
    assert (wire["result"], wire["items"][0]["dated"]) == ("fetched", False)
    assert (gone["result"], gone["items"]) == ("gone", [])


@pytest.mark.parametrize(
    "command",
    [
        *("sources", "sources --json", "feeds --json", "check --online", "check --online --json"),
        *("poll wire gone", "poll wire gone --json", "poll --dry-run wire", "opml export"),
        *("show latest --format rss", "show latest --format json", "show latest --format html"),
        *("show latest", "explain wire/guid:w-1", "explain wire/guid:w-1 --json"),
    ],
)
def test_a_secret_is_in_no_output(polled: Path, command: str) -> None:
    result = run(*command.split(), "-c", polled)
    assert result.output
    assert PASSWORD not in result.output


def test_sources_tells_the_health_of_each(polled: Path) -> None:
    told = {one["id"]: one for one in json.loads(run("sources", "--json", "-c", polled).stdout)}
    assert [*told] == ["alfa", "wire", "gone", "off"]
    assert {name: one["state"] for name, one in told.items()} == {
        "alfa": "stale",
        "wire": "undated",
        "gone": "gone",
        "off": "disabled",
    }
    assert (
        told["gone"]["suggestion"]
        == "sources:\n  gone:\n    enabled: false  # or its new address as url"
    )
    assert told["wire"]["url"].endswith("/wire.xml?password=***")
    assert told["alfa"]["last_success"].endswith("+00:00")


def test_sources_tells_in_words_what_is_wrong_and_what_to_change(polled: Path) -> None:
    told = run("sources", "-c", polled).stdout
    assert "answers well, but its newest item is of 12 March 2020" in told
    assert "1 poll refused, and never a good answer: gone (" in told
    (_, suggested) = told.split("\n\nSuggested changes of feeds.yaml:\n\n")
    off = "enabled: false  # or its new address as url"
    assert suggested == f"sources:\n  alfa:\n    {off}\n  gone:\n    {off}\n"


def test_feeds_tells_what_each_feed_holds(polled: Path) -> None:
    told = run("feeds", "-c", polled, COLUMNS="200").stdout
    assert re.search(r"^latest +Ultime notizie +\d articles +", told, re.MULTILINE)


def test_feeds_tells_every_address_whole(polled: Path) -> None:
    (latest, _) = json.loads(run("feeds", "--json", "-c", polled).stdout)
    page = "http://127.0.0.1:8080/feeds/latest"
    assert (latest["slug"], latest["items"], latest["url"]) == ("latest", 2, page)
    assert [latest[form] for form in ("rss", "atom", "json")] == [
        *(f"{page}.rss", f"{page}.atom", f"{page}.json")
    ]
    assert page in run("feeds", "-c", polled, COLUMNS="20").stdout.split()


def test_no_title_passes_for_markup_of_ours(polled: Path) -> None:
    assert "[red]Esteri[/] :smile:" in run("feeds", "-c", polled).stdout


def test_no_title_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    with site({"/": rss(f"<title>Borsa \u009b31mrossa</title>{WIRE}")}) as base:
        file = tmp_path / "feeds.yaml"
        file.write_text(
            f"sources: {{a: {{url: '{base}', kind: portal, allow_private: true}}}}\n"
            "feeds: {x: {title: X}}"
        )
        text = run("check", "--online", "-c", file).stdout
        told = run("check", "--online", "--json", "-c", file).stdout
    assert "\u009b" not in text + told
    assert "Borsa" in text


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_show_gives_the_bytes_that_are_served(polled: Path, form: str) -> None:
    shelf = open_shelf(polled.with_name("news.db"))
    web = create_app(shelf, base_url="http://127.0.0.1:8080", clock=FakeClock()).test_client()
    served = web.get(f"/feeds/latest.{form}").get_data()
    shown = run("show", "latest", "--format", form, "-c", polled).stdout_bytes
    shelf.close()
    assert shown == served
    assert b"Riaperto il ponte" in shown


def test_the_schema_names_every_top_level_key() -> None:
    told = json.loads(run("schema").stdout)
    assert {"service", "defaults", "sources", "feeds"} <= set(told["properties"])
