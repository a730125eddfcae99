"""Real wire documents of a dozen agencies: what is read, and what is refused by which name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from aggregator.model.entry import Entry, Status
from aggregator.model.fetched import Refused
from aggregator.model.reading import Reading
from tests.support.documents import outcome

G2 = b"iptc.org/std/nar/2006-10-01"


@pytest.fixture(scope="module")
def wires(corpus: Path) -> dict[str, Reading | Refused]:
    paths = sorted(path for path in (corpus / "wire").rglob("*") if path.is_file())
    return {path.as_posix(): outcome(path.read_bytes()) for path in paths}


def entries(wires: dict[str, Reading | Refused], name: str) -> tuple[Entry, ...]:
    """The entries of the one document whose path ends in `name`."""
    (found,) = (found for path, found in wires.items() if path.endswith(name))
    assert isinstance(found, Reading)
    return found.entries


def test_every_newsml_g2_document_is_read(wires: dict[str, Reading | Refused]) -> None:
    sent = {p: Path(p).read_bytes()[:3000] for p in wires}
    given = [path for path, head in sent.items() if G2 in head and not path.endswith(".json")]
    refused = [p for p in given if isinstance(wires[p], Refused)]
    assert (len(given), [Path(path).name for path in refused]) == (47, ["mapping_test.xml"])


def test_every_ninjs_example_is_read(wires: dict[str, Reading | Refused]) -> None:
    given = {path: found for path, found in wires.items() if "/ninjs/examples/" in path}
    refused = {Path(path).suffix for path, found in given.items() if isinstance(found, Refused)}
    names = {Path(p).name for p, found in given.items() if isinstance(found, Refused)}
    assert refused == {".md", ".xml", ".json"}
    assert {name for name in names if name.endswith(".json")} == {"extension-schema.json"}


def test_other_formats_are_named(wires: dict[str, Reading | Refused]) -> None:
    words = (found.detail for found in wires.values() if isinstance(found, Refused))
    named = Counter(w.removeprefix("the body is ").partition(",")[0] for w in words)
    formats = ("NewsML 1", "NITF", "AP's Media API", "IPTC 7901", "ANPA 1312")
    assert {name: named[name] for name in formats} == {
        "NewsML 1": 20,
        "NITF": 22,
        "AP's Media API": 20,
        "IPTC 7901": 7,
        "ANPA 1312": 11,
    }


def test_a_canceled_and_a_withheld_item_are_known_as_such(
    wires: dict[str, Reading | Refused],
) -> None:
    (killed,) = entries(wires, "L1N14N0FF_version_1542761538")
    (held,) = entries(wires, "scoop.xml")
    assert (killed.status, held.status) == (Status.CANCELED, Status.WITHHELD)


def test_an_agency_s_text_comes_with_its_credit_and_its_body(
    wires: dict[str, Reading | Refused],
) -> None:
    (entry,) = entries(wires, "ansa_culture.xml")
    assert entry.credit is not None
    assert (entry.credit.agency, entry.credit.form, entry.version) == ("ansa", "provider", 2)
    assert "(ANSA) - ROMA" in entry.content
