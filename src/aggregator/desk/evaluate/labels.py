"""What a labelled set says: texts, and what a person holds to be true of them.

One shape for each question that we are measured on; docs/evaluating.md tells how to label texts of
one's own in these shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text as an outlet carried it; `seen` is when it came, `id` is its name in its set."""

    id: str
    outlet: str
    title: str
    seen: datetime
    summary: str = ""
    author: str = ""
    link: str = ""
    published: datetime | None = None
    language: str | None = None
    picture_credit: str = ""
    is_agency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts: one text (`copy`), two on one event (`story`), or neither (`different`)."""

    a: Text
    b: Text
    label: str
    sure: bool
    why: str = ""

    @property
    def same_outlet(self) -> bool:
        return self.a.outlet == self.b.outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class WireText:
    """A text, the original that it is a copy of, its event, and whose credit it shows, if any."""

    text: Text
    original: str
    event: str
    agency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text and its event; `kin` names what must not be torn apart when a set is halved."""

    text: Text
    event: str
    kin: str
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A text and the agency whose text it is, if any; a `trap` names one that it is not of."""

    text: Text
    agency: str | None
    trap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A text and what it is: `news`, or a kind of notice; `target` is the text that one means, as
    it stood an hour before."""

    text: Text
    kind: str
    target: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Two texts and how a person grades them, 3 for one story, below for anything less."""

    a: Text
    b: Text
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """All sets of a folder, each by the name of its file without `.jsonl`."""

    pairs: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    wires: Mapping[str, tuple[WireText, ...]] = field(default_factory=dict)
    twins: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    events: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    scored: Mapping[str, tuple[Scored, ...]] = field(default_factory=dict)
    credits: Mapping[str, tuple[Credited, ...]] = field(default_factory=dict)
    notices: Mapping[str, tuple[Noticed, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether no file of the folder had a name that we know."""
        return not any(getattr(self, one.name) for one in fields(self))
