"""Whether two entries are one text: a pure, symmetric verdict, and why, in words for an editor.

Evidence that two texts were copied from one is looked for first, then anything that speaks against
it. A wrong merge is worse than a missed one, so each veto alone is enough.
"""

from __future__ import annotations

from aggregator.matching import kinship
from aggregator.matching.statistics import Statistics
from aggregator.matching.wording import Wording, hours_apart
from aggregator.model.article import Match

LINK, TEXT, TITLE, CREDIT = "link", "text", "title", "credit"


def judge(a: Wording, b: Wording, statistics: Statistics) -> Match | None:
    """The match between two entries, or None if they are different texts or nothing tells.

    `judge(a, b, s) == judge(b, a, s)`.
    """
    if a.ref == b.ref:
        return None
    return _link(a, b) or _alike(a, b, statistics)


def _link(a: Wording, b: Wording) -> Match | None:
    """One canonical address (rules 14, 15); inside one source the titles must agree as well
    (rule 57), and texts that share almost nothing stood there one after the other (rule 108)."""
    if not a.canonical or a.canonical != b.canonical:
        return None
    if a.ref.source_id == b.ref.source_id and a.title != b.title:
        return None
    if min(len(a.terms), len(b.terms)) >= 4 and kinship.overlap(a.terms, b.terms) <= 0.1:
        return None
    return _match(a, b, LINK, 1.0, f"same address {a.canonical}", "")


def _alike(a: Wording, b: Wording, statistics: Statistics) -> Match | None:
    if a.ref.source_id == b.ref.source_id or a.language != b.language:
        return None
    if a.round_up or b.round_up or hours_apart(a, b) > 72:
        return None
    if a.agency and b.agency and a.agency != b.agency:
        return None
    short, long = sorted((a, b), key=lambda w: (len(w.shingles), w.ref))
    shared = len(short.shingles & long.shingles)
    if len(short.shingles) >= 8 and shared / len(short.shingles) >= 0.6:
        share = shared / len(short.shingles)
        why = f"{share:.0%} of the shorter text stands in the longer, word for word"
        return None if _conflict(a, b) else _match(a, b, TEXT, share, why, statistics.name)
    if a.title == b.title and len(a.title) >= 5 and hours_apart(a, b) <= 24:
        why = f"same title of {len(a.title)} words"
        return None if _conflict(a, b) else _match(a, b, TITLE, 0.9, why, statistics.name)
    return None


def _conflict(a: Wording, b: Wording) -> str:
    """What stands in the same place of both texts and differs, or ""."""
    for frame in a.frames.keys() & b.frames.keys():
        one, other = a.frames[frame], b.frames[frame]
        if one != other and one not in b.text and other not in a.text:
            return f"{one} against {other}"
    return ""


def _match(a: Wording, b: Wording, level: str, score: float, why: str, snapshot: str) -> Match:
    first, second = sorted((a.ref, b.ref))
    return Match(level=level, entry=first, other=second, score=score, why=why, snapshot=snapshot)
