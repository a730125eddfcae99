"""feeds.yaml with marks in, a `Config` or every error at once out.

The way: `tree` reads YAML and keeps each value as written with its place; `shape` is validated
against it, `problems` puts what was found into words and places; `across` finds what lies between
the parts; `build` makes the model's values. Only `load` touches the world.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from aggregator.config import across, build, problems, shape, tree
from aggregator.config.scalars import Known
from aggregator.config.schema import schema
from aggregator.config.tree import Place
from aggregator.errors import ConfigError, Problem
from aggregator.model.config import Config

__all__ = ["dump", "load", "parse", "schema"]

_START = Place(line=1, column=1)
_EMPTY = "the file is empty; it needs sources and feeds"
_NO_MAPPING = "write a mapping here, with the keys sources and feeds"


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """Read a file. Raises `ConfigError` with every problem, an unreadable file being one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        cause = error.strerror or str(error)
        raise _refused(problems.at(_START, str(path), f"cannot be read: {cause}")) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = tree.place_at(content[: error.start].decode())
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise _refused(problems.at(place, str(path), message)) from None
    return parse(text, str(path), environ)


def parse(text: str, file: str, environ: Mapping[str, str]) -> Config:
    """Read a text; `file` is its name in messages.

    `environ` is only asked whether secrets are there: addresses keep their `${NAME}`. Raises
    `ConfigError` with every problem, sorted by place.
    """
    read = tree.read(text, file)
    if read.root is None:
        raise _refused(*read.problems or [problems.at(_START, file, _EMPTY)])
    if not isinstance(read.root.value, Mapping):
        raise _refused(*read.problems, problems.at(read.root.place, file, _NO_MAPPING))
    found = [*read.problems, *across.of(read.root, file, environ)]
    try:
        valid = shape.FilePart.model_validate(read.root.plain(), context=Known.of(read.root))
    except ValidationError as error:
        raise _refused(*found, *problems.of(error, read.root, file)) from None
    if found:
        raise _refused(*found)
    return build.config(valid)


def _refused(*found: Problem) -> ConfigError:
    """The error that tells them all, in the order of the file, none twice (aliases repeat them)."""
    return ConfigError(tuple(sorted(set(found))))


def dump(part: Mapping[str, object]) -> str:
    """A part of a configuration as YAML to paste, keys in the order given."""
    return yaml.safe_dump(part, allow_unicode=True, sort_keys=False, width=100)
