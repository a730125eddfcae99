"""A folder of labelled sets, read: every file that it knows by name, every fault at once.

What a line must have is checked here, by file and line, so that a set of an operator's own making
fails with words and not in the middle of the arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from aggregator.desk.evaluate import lines
from aggregator.desk.evaluate.labels import (
    Credited,
    Labels,
    Noticed,
    Pair,
    Scored,
    Text,
    Told,
    WireText,
)
from aggregator.desk.evaluate.lines import Fault, Line
from aggregator.errors import LabelError, UnknownName

Record = TypeVar("Record")

# A text that does not say when it came, came now; what is measured asks for differences only.
_NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
_LANGUAGE = re.compile(r"\.([a-z]{2})(?:\.|$)")
# The first sentence of some length: an exclamation alone is no headline.
_HEAD = re.compile(r"(.{25,}?[.!?…][\"”»)]?)\s+(.*)", re.DOTALL)
# How long before its notice a text was sent.
_BEFORE = timedelta(hours=1)
_SAID = ("copy", "story", "different")
_GRADES = range(4)


def load(folder: Path) -> Labels:
    """Every labelled set of a folder; a file of another name is nobody's business.

    Raises `LabelError` with every broken line, and `UnknownName` if no set is there.
    """
    faults: list[str] = []

    def sets(pattern: str, read: Callable[[Line], Record]) -> dict[str, tuple[Record, ...]]:
        return {
            path.name.removesuffix(".jsonl"): tuple(_records(path, read, faults))
            for path in sorted(folder.glob(f"{pattern}.jsonl"))
        }

    labels = Labels(
        pairs=sets("pairs*", _pair),
        wires=sets("wire-copies*", _wire),
        twins=_twins(folder, faults),
        events={**sets("*-events*", _event), **sets("*-stories*", _headline)},
        scored=sets("*story-pairs*", _scored),
        credits=sets("credit*", _credited),
        notices=sets("notices*", _noticed),
    )
    if faults:
        raise LabelError(tuple(faults))
    if labels.is_empty:
        raise UnknownName(f"no labelled set is in {folder}: docs/evaluating.md tells their names")
    return labels


def _records(path: Path, read: Callable[[Line], Record], faults: list[str]) -> Iterator[Record]:
    """What the lines of a file say; what is wrong with the others goes to `faults`."""
    language = _LANGUAGE.search(path.name.removesuffix(".jsonl"))
    for number, written in lines.numbered(path, faults):
        try:
            given = lines.parsed(written)
            place = f"{path.name}:{number}"
            line = Line(given=given, place=place, language=language[1] if language else None)
            yield read(line)
        except Fault as fault:
            faults.append(f"{path}:{number}: {fault}")


def _text(line: Line, **more: Any) -> Text:
    """The members that a text has in every set; without an outlet it is of one of its own."""
    if not (line.maybe("title").strip() or line.maybe("summary").strip()):
        raise Fault("neither `title` nor `summary` says anything")
    published = line.moment("published")
    facts: dict[str, Any] = {
        "id": line.maybe("id") or line.place,
        "outlet": line.maybe("outlet") or line.place,
        "title": line.maybe("title"),
        "summary": line.maybe("summary"),
        "author": line.maybe("author"),
        "link": line.maybe("link"),
        "picture_credit": line.maybe("media_credit"),
        "published": published,
        "seen": line.moment("seen") or published or _NOW,
        "language": line.maybe("lang") or line.language,
    }
    return Text(**facts | more)


def _pair(line: Line) -> Pair:
    return Pair(
        a=_text(line.inner("a")),
        b=_text(line.inner("b")),
        label=line.one_of("label", _SAID),
        sure=(line.maybe("confidence") or "high") == "high",
        why=line.maybe("why"),
    )


def _wire(line: Line) -> WireText:
    came = _NOW + timedelta(minutes=line.number("minutes"))
    is_agency = line.one_of("kind", ("agency", "portal")) == "agency"
    return WireText(
        text=_text(line, id=line.text("id"), published=came, seen=came, is_agency=is_agency),
        original=line.text("text_id"),
        event=line.text("group"),
        agency=line.maybe("credit") or None,
    )


def _event(line: Line) -> Told:
    """A document as a list of sentences. Nobody says which of two documents have one outlet, so
    each is of its own."""
    sentences = line.given.get("text")
    if not isinstance(sentences, list) or not all(isinstance(one, str) for one in sentences):
        raise Fault("`text` must be a list of sentences")
    if not sentences or not sentences[0].strip():
        raise Fault("`text` must begin with a sentence")
    name = line.text("id")
    return Told(
        text=Text(id=name, outlet=name, title=sentences[0], seen=_NOW, language=line.language),
        event=line.text("cluster"),
        kin=str(line.given.get("topic", line.text("cluster"))),
        body=" ".join(sentences[1:]),
    )


def _headline(line: Line) -> Told:
    came = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=line.number("timestamp_ms"))
    story = line.text("story")
    text = Text(
        id=line.place,
        outlet=line.text("publisher"),
        title=line.text("title"),
        published=came,
        seen=came,
        language=line.language,
    )
    return Told(text=text, event=story, kin=story)


def _scored(line: Line) -> Scored:
    score = line.number("score")
    if score not in _GRADES:
        raise Fault(f"`score` must be 0, 1, 2 or 3, not {score}")
    a, b = _headed(line.text("a"), line), _headed(line.text("b"), line)
    return Scored(a=a, b=b, score=score)


def _headed(whole: str, line: Line) -> Text:
    """A text whose first sentence is its headline; the same text has one name wherever it stands,
    and an outlet of its own, since none is told."""
    name = blake2b(whole.encode(errors="replace"), digest_size=8).hexdigest()
    head = _HEAD.fullmatch(whole.strip())
    title, summary = (head[1], head[2]) if head else (whole, "")
    return Text(
        id=name, outlet=name, title=title, summary=summary, seen=_NOW, language=line.language
    )


def _credited(line: Line) -> Credited:
    return Credited(text=_text(line), agency=line.maybe("agency") or None, trap=line.flag("trap"))


def _noticed(line: Line) -> Noticed:
    """A text of the agency whose `style` it has, if it has one."""
    style = line.maybe("style")
    is_agency = style not in ("", "none")
    text = _text(line, outlet=style, is_agency=True) if is_agency else _text(line)
    meant = line.maybe("target_title")
    target = replace(
        text, id=f"what {text.id} means", title=meant, summary="", seen=text.seen - _BEFORE
    )
    return Noticed(text=text, kind=line.text("kind"), target=target if meant else None)


def _twins(folder: Path, faults: list[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Groups of events that look alike and are not, by the set that they are of."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for path in sorted(folder.glob("wire-copies*.twins.tsv")):
        pairs = []
        for number, line in lines.numbered(path, faults):
            match line.strip().split("\t"):
                case ["group_a", "group_b"]:
                    continue
                case [one, other]:
                    pairs.append((one, other))
                case _:
                    faults.append(f"{path}:{number}: must be two groups with a tab between them")
        found[path.name.removesuffix(".twins.tsv")] = tuple(pairs)
    return found
