"""An entry: one item of one source, normalised, total, and honest about its guesses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from aggregator.model.agency import Credit


class Status(StrEnum):
    """What a wire says may be done with an item (pubStatus of NewsML-G2 and ninjs)."""

    USABLE = "usable"
    WITHHELD = "withheld"  # not to be shown until another version says otherwise
    CANCELED = "canceled"  # never to be shown again


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, sound or film that belongs to an item; `url` absolute http(s) once normalised."""

    url: str
    type: str | None = None  # media type, e.g. image/jpeg
    medium: str | None = None  # image, audio, video
    width: int | None = None
    height: int | None = None
    length: int | None = None  # bytes
    title: str | None = None  # caption or alternative text
    credit: str | None = None  # the picture's, never the text's (rule 111)


class EntryRef(NamedTuple):
    """The name of an entry: its source and its key there.

    A tuple, because what is gathered at each poll is sorted and looked up by thousands of them.
    """

    source_id: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of one source. Every field that outputs need is set.

    `key` names the item inside its source (`guid:…`, `link:…` or `text:…`); `aliases` are further
    names under which the same item may come again. `url` is the address to show, as the source
    gave it, made absolute, or "" if the item has none; `canonical` is folded, for comparison only.
    `title` and `summary` are plain text, `content` is sanitised HTML or "". `published` is the
    source's claim if `dated`, else our guess. `first_seen` never changes after first sight.
    `digest` covers what a reader sees, not the dates; another digest is another revision.
    `position` is the place that first sight gives it in the order of feeds; None before that.

    A wire says more: `status`; `embargo`, before which nothing may be shown; `urgency`, 1 the most
    urgent of 9; `note`, plain words to editors, never for publication (rule 76); `version`,
    the number of this state. `credit` says whose text it is, if it is an agency's.

    `gone` is when its own page said that it is no more, while its source did not list it (rule 36).

    What the lane decides: `held`, that its embargo had not ended when last looked at; `notice`, the
    kind of an order to editors that is no news itself; `superseded`, that a later text of the same
    house has taken its place; `withdrawn`, since when a kill or an operator forbids it.

    `born` is the name that its source had when it came, if that is another one now.
    """

    source_id: str
    key: str
    url: str
    canonical: str
    title: str
    summary: str
    content: str
    published: datetime
    dated: bool
    first_seen: datetime
    digest: str
    aliases: tuple[str, ...] = ()
    updated: datetime | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    revision: int = 1
    position: datetime | None = None
    status: Status = Status.USABLE
    embargo: datetime | None = None
    urgency: int | None = None
    note: str = ""
    credit: Credit | None = None
    version: int | None = None
    gone: datetime | None = None
    held: bool = False
    notice: str = ""
    superseded: bool = False
    withdrawn: datetime | None = None
    born: str = ""

    @property
    def ref(self) -> EntryRef:
        return EntryRef(source_id=self.source_id, key=self.key)

    @property
    def root(self) -> EntryRef:
        """What its ids are minted from: its first name, for readers know it by them."""
        return EntryRef(source_id=self.born or self.source_id, key=self.key)

    def may_replace(self, held: Entry) -> bool:
        """Whether this is a later state of the item that `held` is an earlier or equal one of.

        A cancellation always is, whatever its number (rule 74), and nothing but a higher version
        undoes one. Else the numbers decide; a lower one is older unless its own stamp is later,
        since some wires number their versions at random.
        """
        if self.status is Status.CANCELED:
            return True
        if self.version is None or held.version is None or self.version > held.version:
            return True
        if held.status is Status.CANCELED:
            return False
        later = self.updated and held.updated and self.updated > held.updated
        return self.version == held.version or bool(later)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An earlier state of an entry, as it stood until `until`; numbered from 1."""

    revision: int
    title: str
    summary: str
    content: str
    url: str
    digest: str
    seen: datetime
    until: datetime
    why: str = ""  # why the next state was taken for the same item
