"""The reference of feeds.yaml as Markdown, one table a part, made from the JSON Schema.

The documentation holds its text between two markers, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aggregator.config.schema import schema
from aggregator.config.tree import written

# The heading in the documentation, and the definition in the schema.
_PARTS = (
    ("`service`", "ServicePart"),
    ("`defaults`", "DefaultsPart"),
    ("`sources`", "SourcePart"),
    ("`feeds`", "FeedPart"),
    ("`from` and `not`", "QueryPart"),
    ("`agencies`", "AgencyPart"),
    ("`matching`", "MatchingPart"),
)


def markdown() -> str:
    """All tables, each under a heading of the third level; ends with a line break."""
    definitions = schema()["$defs"]
    return "\n".join(line for title, name in _PARTS for line in _part(title, definitions[name]))


def _part(title: str, part: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {title}\n"
    yield part["description"] + "\n"
    yield "| key | type | default | meaning | example |"
    yield "|---|---|---|---|---|"
    for key, field in part["properties"].items():
        yield _row(key, field, key in part.get("required", ()))
    yield ""


def _row(key: str, field: Mapping[str, Any], required: bool) -> str:
    default = f"`{written(field['default'])}`" if "default" in field else ""
    cells = (
        f"`{key}`",
        _type(field),
        "required" if required else default,
        field["description"],
        f"`{key}: {written(field['examples'][0])}`",
    )
    row = " | ".join(cell.replace("|", r"\|") for cell in cells)
    return f"| {row} |"


def _type(field: Mapping[str, Any]) -> str:
    if "items" in field:
        return f"list of: {field['items']['title']}"
    if "oneOf" in field:
        return ", or ".join(_type(branch) for branch in field["oneOf"])
    return str(field.get("title", "a mapping"))
