"""What sources would give, for `check --online` and `poll --dry-run`: fetched, read, not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from aggregator.cli.printing import print_json, print_text

if TYPE_CHECKING:
    from aggregator.model.entry import Entry
    from aggregator.model.fetched import Refused
    from aggregator.model.reading import Reading
    from aggregator.model.source import Source

_FIRST = 5


def tell(outcomes: Iterable[tuple[Source, Reading | Refused]], *, as_json: bool) -> list[str]:
    """Print each source's first items as they would be shown; the result of each source."""
    told = [_sample(*one) for one in outcomes]
    if as_json:
        print_json(told)
    else:
        print_text("\n\n".join("\n".join(_lines(one)) for one in told) or "nothing is due")
    return [one["result"] for one in told]


def _sample(source: Source, outcome: Reading | Refused) -> dict[str, Any]:
    """One source as it would be shown: its first items, or why there are none."""
    from aggregator.ingest import result_of
    from aggregator.model.fetched import Refused
    from aggregator.selection.shown import shown

    told: dict[str, Any]
    if isinstance(outcome, Refused):
        told = {"detail": outcome.detail, "items": [], "findings": []}
    else:
        count = len(outcome.entries)
        told = {
            "detail": "1 item" if count == 1 else f"{count} items",
            "items": [_item(shown(entry, source)) for entry in outcome.entries[:_FIRST]],
            "findings": [{"name": one.name, "detail": one.detail} for one in outcome.findings],
        }
    return {"source": source.id, "result": result_of(outcome), **told}


def _item(entry: Entry) -> dict[str, Any]:
    picture = next((media.url for media in entry.media if media.medium == "image"), None)
    return {
        "title": entry.title,
        "url": entry.url,
        "published": entry.published,
        "dated": entry.dated,
        "language": entry.language,
        "topics": list(entry.topics),
        "summary": entry.summary,
        "picture": picture,
    }


def _lines(sample: dict[str, Any]) -> Iterator[str]:
    yield f"{sample['source']}: {sample['result']}, {sample['detail']}"
    for finding in sample["findings"]:
        yield f"  ! {finding['name']}: {finding['detail']}"
    for item in sample["items"]:
        guess = "" if item["dated"] else " (our guess)"
        yield f"  {item['title']}"
        yield f"    {item['published']:%Y-%m-%d %H:%M} UTC{guess}  {item['url']}"
