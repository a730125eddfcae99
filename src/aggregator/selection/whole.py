"""A headline that was cut, shown whole: completed from a copy of the same text.

Wires stop a headline at some 64 characters, portals write dots where they stop (rule 65). Words
that only a copy has are shown as its source allows, and every `rights` allows its headline; an
excerpt is never completed, since it is more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from aggregator.model.entry import Entry, EntryRef
from aggregator.model.source import Source
from aggregator.text import tokens

_CUT = re.compile(r"\s*(?:\.{3,}|…|\[(?:\.{3}|…)\]|\((?:\.{3}|…)\))\s*$")
# Rule 65: the agencies' limit is 64 characters, and the last word that fits may end before it.
_LEAST, _MOST = 60, 66
# Rule 65: fewer words may begin two headlines.
_WORDS = 5
# The name of a site behind a headline (rule 67).
_SITE = re.compile(r"\s+[-–—|·•»]\s+|\s*\|\s*")


def completed(lead: Entry, copies: Iterable[Entry], sources: Mapping[str, Source]) -> Entry:
    """The entry with its title whole, if it was cut and a copy has the rest.

    `copies` are the other entries of its article that may be shown; their order does not matter.
    Idempotent.
    """
    found = _longest(lead, copies, sources)
    return replace(lead, title=found[0]) if found else lead


def completing(
    lead: Entry, copies: Iterable[Entry], sources: Mapping[str, Source]
) -> EntryRef | None:
    """The copy that `completed` takes the title from; None if it takes none."""
    found = _longest(lead, copies, sources)
    return found[1] if found else None


def _longest(
    lead: Entry, copies: Iterable[Entry], sources: Mapping[str, Source]
) -> tuple[str, EntryRef] | None:
    begun = _CUT.sub("", lead.title)
    if begun == lead.title and not _LEAST <= len(begun) <= _MOST:
        return None
    titles = ((_without_site(copy, sources[copy.source_id]), copy.ref) for copy in copies)
    longer = [one for one in titles if _goes_on(begun, one[0], inside=begun != lead.title)]
    return min(longer, key=_order, default=None)


def _order(found: tuple[str, EntryRef]) -> tuple[bool, int, EntryRef]:
    """What is not cut itself first, then the longest."""
    title, ref = found
    return bool(_CUT.search(title)), -len(title), ref


def _goes_on(begun: str, title: str, *, inside: bool) -> bool:
    """Whether a title begins with these words and has more; `inside`: the last may be cut, too."""
    ours, theirs = tokens.words(begun), tokens.words(title)
    last = len(ours) - 1
    if len(ours) < _WORDS or len(theirs) < len(ours) or ours[:last] != theirs[:last]:
        return False
    if ours[last] == theirs[last]:
        return len(theirs) > len(ours)
    return inside and theirs[last].startswith(ours[last])


def _without_site(copy: Entry, source: Source) -> str:
    """A copy's title without its outlet's own name behind it."""
    parts = _SITE.split(copy.title)
    site, name = tokens.fold(parts[-1]), tokens.fold(source.name)
    if len(parts) > 1 and site and (site in name or name in site):
        return copy.title[: copy.title.rindex(parts[-1])].rstrip(" -–—|·•»")
    return copy.title
