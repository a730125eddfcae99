"""Which configured source is one that we know under another name: it has that one's address.

A name is what a source's history hangs on; an operator who gives it another one means the same
feed.
"""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.model.source import Source
from aggregator.text import urls


def renames(known: Iterable[Source], wanted: Iterable[Source]) -> dict[str, str]:
    """The new names of known sources, by their old ones.

    A name that is still wanted stays with its source, whatever its address is now; and a name that
    was known before brings its own history back. Of two known ones at one address the last counts.
    """
    old, new = list(known), list(wanted)
    names, staying = {source.id for source in old}, {source.id for source in new}
    left = {_place(source): source.id for source in old if source.id not in staying}
    come = (source for source in new if source.id not in names)
    return {left.pop(_place(one)): one.id for one in come if _place(one) in left}


def _place(source: Source) -> str:
    return urls.canonical(source.url) or source.url
