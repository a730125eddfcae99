"""A feed at a moment, before it is written in any format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aggregator.newsroom.outlets import Outlet
from aggregator.newsroom.press import Draft, Item
from aggregator.newsroom.stamps import stamp

PICTURE_TYPE = "image/png"
PICTURE_SIZE = (480, 270)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A feed at a moment: everything that a writer of a format needs.

    `base` is the server's address without a slash at its end; `items` are newest first; `changed`
    is when the feed last changed.
    """

    outlet: Outlet
    items: tuple[Item, ...]
    at: datetime
    changed: datetime
    base: str

    def drafts(self) -> Iterable[tuple[Item, Draft]]:
        return ((item, item.draft(self.at)) for item in self.items)

    def link(self, item: Item) -> str:
        return item.link if self.outlet.relative else f"{self.base}{item.link}"

    def picture(self, item: Item) -> str:
        return f"{self.base}{item.picture.path}"

    def date(self, at: datetime) -> str:
        return stamp(self.outlet.stamp, at, self.outlet.zone)
