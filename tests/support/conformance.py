"""Other parsers' cases, and where our reading of them differs from what they expect.

gofeed and feed-rs each keep a document beside the JSON of what their parser makes of it. Compared
are title, link, id and date of every item, as far as they expect one: the opinion of two careful
parsers, not a standard, so a difference is a question and its answer is kept with the tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from aggregator.model.entry import Entry
from aggregator.model.reading import Reading, Window
from aggregator.reading.body import read
from aggregator.text import html, urls
from tests.support.documents import SOURCE, as_fetched

_Json = Mapping[str, Any]
# feed-rs makes up an id where there is none: a hash or a random UUID.
_MADE_UP = re.compile(r"[0-9a-f]{31,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Case(NamedTuple):
    """A document and the items that another parser finds in it."""

    name: str
    document: Path
    items: list[_Json]


class Difference(NamedTuple):
    """`field` is `title`, `link`, `id`, `date`, or `items` where their number differs."""

    case: str
    field: str


def cases(folder: Path, parser: str) -> Iterator[Case]:
    """Every case of one parser in the folder of the conformance corpus."""
    for document in sorted(path for path in (folder / parser).rglob("*") if path.is_file()):
        expected = _expectation(document)
        if expected is not None:
            name = document.relative_to(folder).as_posix()
            found = json.loads(expected.read_bytes())
            items = found.get("items") or found.get("entries") or []
            yield Case(name, document, [item for item in items if item])


def _expectation(document: Path) -> Path | None:
    if document.stem.endswith(("_expected", ".serde")):
        return None
    names = [f"{document.stem}.serde.json", f"{document.stem}_expected.json"]
    names += [f"{document.stem}.json"] if document.suffix != ".json" else []
    paths = (document.with_name(name) for name in names)
    return next((path for path in paths if path.exists()), None)


def differences(case: Case) -> Iterator[Difference]:
    """The fields in which we do not say what is expected, each once."""
    outcome = read(as_fetched(case.document.read_bytes()), SOURCE, Window())
    entries = outcome.entries if isinstance(outcome, Reading) else ()
    expected = [_expected(item) for item in case.items]
    # An item that says nothing is none to us; no matter, as long as nothing is expected of it.
    if len(entries) != len(expected):
        expected = [item for item in expected if any(item.values())]
    if len(entries) != len(expected):
        yield Difference(case.name, "items")
        return
    fields = {
        field
        for entry, item in zip(entries, expected, strict=True)
        for field, ours in _ours(entry).items()
        if item[field] and ours != item[field]
    }
    yield from (Difference(case.name, field) for field in sorted(fields))


def _ours(entry: Entry) -> dict[str, object]:
    return {
        "title": _plain(entry.title),
        "link": entry.url,
        "id": entry.key,
        "date": entry.published if entry.dated else None,
    }


def _expected(item: _Json) -> dict[str, object]:
    """What another parser expects; empty where it expects nothing."""
    link, name = _link(item), _id(item)
    return {
        "title": _plain(_title(item)),
        "link": urls.absolute(link, SOURCE.url) if link else "",
        "id": f"guid:{urls.fold_scheme(' '.join(name.split()))}" if name else "",
        "date": _date(item),
    }


def _title(item: _Json) -> str:
    title = item.get("title") or ""
    return str(title.get("content") or "") if isinstance(title, dict) else str(title)


def _plain(text: str) -> str:
    return html.title(text, markup=True)


def _link(item: _Json) -> str:
    links = (one for one in item.get("links") or [] if isinstance(one, dict))
    page = next((one for one in links if one.get("rel") in (None, "alternate")), None)
    return str(item.get("link") or item.get("url") or (page or {}).get("href") or "")


def _id(item: _Json) -> str:
    found = item.get("guid") or item.get("id") or ""
    name = str(found.get("value") or "") if isinstance(found, dict) else str(found)
    return "" if _MADE_UP.fullmatch(name) else name


def _date(item: _Json) -> datetime | None:
    names = ("publishedParsed", "pubDateParsed", "published", "updatedParsed", "updated")
    return next((found for name in names if (found := _instant(item.get(name)))), None)


def _instant(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
