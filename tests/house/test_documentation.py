"""What the documentation says exists, and what exists is in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from aggregator import config
from aggregator.cli import app
from aggregator.health import State
from aggregator.model.fetched import Why
from aggregator.serving.web.app import create_app
from tests.support.polling import FakeClock
from tests.support.shelf import shelf_of

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = (ROOT / "docs/commands.md").read_text("utf-8")
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
FEEDS = (ROOT / "docs/feeds.md").read_text("utf-8")


def commands(group: click.Group = app, prefix: str = "") -> Iterator[str]:
    """The name of every command that does something, `opml import` for one inside a group."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}"


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_has_a_paragraph_of_its_own(command: str) -> None:
    assert re.search(rf"^\*\*`aggregator {command}\b", COMMANDS, re.MULTILINE)


@pytest.mark.parametrize("why", Why, ids=str)
def test_every_refusal_is_named_in_operating(why: Why) -> None:
    assert f"`{why}`" in OPERATING


@pytest.mark.parametrize("state", State, ids=str)
def test_every_state_of_a_source_has_a_row_in_operating(state: State) -> None:
    assert f"\n| `{state}` | " in OPERATING


def addresses() -> Iterator[str]:
    """Every address that is served, as a pattern of how the documentation writes it."""
    for rule in create_app(
        shelf_of(), base_url="http://localhost", clock=FakeClock()
    ).url_map.iter_rules():
        if not rule.rule.startswith("/static/"):
            choices = re.sub(r"<any\((.*?)\):\w+>", r"(?:\1)", rule.rule.replace(".", r"\."))
            yield re.sub(r"<(?:\w+:)?\w+>", r"<\\w+>", choices.replace(", ", "|"))


@pytest.mark.parametrize("address", list(addresses()))
def test_every_address_that_is_served_is_in_feeds(address: str) -> None:
    assert re.search(f"`{address}`", FEEDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_inside_the_repository_is_dead(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_shows_a_valid_configuration() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    loaded = config.parse(example, "README.md", {})
    assert [feed.slug for feed in loaded.feeds] == ["esteri"]
