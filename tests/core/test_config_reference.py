"""The JSON Schema and the documentation say what the parser does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from aggregator import config
from aggregator.config import reference
from aggregator.errors import ConfigError

ROOT = Path(__file__).parents[2]
DOCUMENTATION = (ROOT / "docs" / "configuration.md").read_text("utf-8")
EXAMPLE, BROKEN = re.findall(r"```yaml\n(.*?)```", DOCUMENTATION, re.DOTALL)


def refused(text: str) -> list[str]:
    """Where the schema refuses a text, as paths."""
    errors = Draft202012Validator(config.schema()).iter_errors(yaml.safe_load(text))
    return sorted("/".join(map(str, error.absolute_path)) for error in errors)


def definitions() -> dict[str, Any]:
    found: dict[str, Any] = config.schema()["$defs"]
    return found


def test_the_schema_is_one_of_draft_2020_12() -> None:
    assert config.schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(config.schema())


def test_the_schema_takes_the_shipped_file() -> None:
    assert refused((ROOT / "feeds.yaml").read_text("utf-8")) == []


def test_the_schema_takes_the_documented_example() -> None:
    assert refused(EXAMPLE) == []


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        pytest.param("service: {}", ["", ""], id="sources and feeds are needed"),
        pytest.param("sources: {a: {kind: portal}}\nfeeds: {}", ["sources/a"], id="so is a url"),
        pytest.param("sources: {A: {}}\nfeeds: {}", ["sources"], id="names are slugs"),
        pytest.param("sources: {}\nfeeds: {index: {}}", ["feeds"], id="index is a page"),
        pytest.param(
            "sources: {}\nfeeds: {f: {limit: 0, max_age: 10, order: x, what: 1}}",
            ["feeds/f", "feeds/f/limit", "feeds/f/max_age", "feeds/f/order"],
            id="values and keys of a feed",
        ),
        pytest.param("sources: {}\nfeeds: {}\nalerts: {a: 1}", ["alerts"], id="parts for later"),
    ],
)
def test_the_schema_refuses_what_an_editor_can_see(text: str, paths: list[str]) -> None:
    assert refused(text) == paths


def test_every_key_has_a_meaning_and_an_example_that_the_schema_takes() -> None:
    schema = config.schema()
    keys = [
        (f"{part}.{key}", field, {**field, "$defs": schema["$defs"]})
        for part, definition in definitions().items()
        for key, field in definition["properties"].items()
    ]

    assert [name for name, field, _ in keys if not field.get("description")] == []
    assert [
        name
        for name, field, rule in keys
        if not Draft202012Validator(rule).is_valid(field["examples"][0])
    ] == []


def test_told_defaults_are_the_ones_that_hold() -> None:
    bare = "sources: {a: {url: 'https://a.example', kind: portal}}\nfeeds: {f: {}}"
    service, source, feed = (
        {
            key: field["default"]
            for key, field in definitions()[part]["properties"].items()
            if "default" in field
        }
        for part in ("ServicePart", "SourcePart", "FeedPart")
    )
    told = yaml.safe_dump(
        {
            "service": service,
            "sources": {"a": {"url": "https://a.example", "kind": "portal", **source}},
            "feeds": {"f": feed},
        }
    )

    assert (len(service), len(source), len(feed)) == (4, 6, 3)
    assert config.parse(told, "feeds.yaml", {}) == config.parse(bare, "feeds.yaml", {})


def test_the_documented_keys_are_those_of_the_schema() -> None:
    _, _, rest = DOCUMENTATION.partition("<!-- generated: keys -->\n\n")
    generated, _, _ = rest.partition("<!-- end of generated: keys -->")

    assert generated == reference.markdown() + "\n", (
        "renew it: python -c 'from aggregator.config import reference; print(reference.markdown())'"
    )


@pytest.mark.parametrize("key", sorted(config.schema()["properties"]))
def test_every_part_is_documented(key: str) -> None:
    assert f"`{key}`" in DOCUMENTATION


def test_the_documented_example_is_right() -> None:
    assert len(config.parse(EXAMPLE, "feeds.yaml", {}).feeds) == 3


def test_the_documented_mistakes_are_told_as_documented() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(BROKEN, "feeds.yaml", {})

    assert f"```text\n{caught.value}\n```" in DOCUMENTATION
