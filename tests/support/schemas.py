"""The published schemas of what we serve, from the corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree
from referencing import Registry, Resource


def atom_faults(corpus: Path, body: bytes) -> list[str]:
    """What RFC 4287's RELAX NG schema has against a document."""
    schema = etree.RelaxNG(etree.parse(corpus / "schemas" / "atom.rng"))
    schema.validate(etree.ElementTree(etree.fromstring(body)))
    return [str(fault) for fault in schema.error_log]


def json_feed_faults(corpus: Path, body: bytes) -> list[str]:
    """What JSON Feed 1.1's schema, which refers to 1.0's, has against a document."""
    older = _json(corpus / "schemas" / "jsonfeed-1.0.schema.json")
    newer = _json(corpus / "schemas" / "jsonfeed-1.1.schema.json")
    # An uncrawled registry looks for the other schema anew at each reference: ten times slower.
    known: Registry[Any] = Registry().with_resource("feed-1", Resource.from_contents(older)).crawl()
    validator = jsonschema.Draft4Validator(newer, registry=known)
    return [fault.message for fault in validator.iter_errors(json.loads(body))]


def _json(path: Path) -> Any:
    return json.loads(path.read_text())
