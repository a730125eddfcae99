"""Whether two entries are one text: a pure, symmetric verdict, and why, in words for an editor.

Evidence that one was copied from the other is looked for first, then anything that speaks against
it. A wrong merge is worse than a missed one: each veto alone is enough, whatever the evidence.
Every constant says where it comes from; C3 to C6 are the surveyed systems of the feed rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from aggregator.matching import kinship, vetoes
from aggregator.matching.statistics import Statistics
from aggregator.matching.wording import Wording, apart, shingles
from aggregator.model.article import Match
from aggregator.model.matching import LIMITS, Limits

LINK, TEXT, EDITED, TITLE, CREDIT = "link", "text", "edited", "title", "credit"

# Why `Limits` are what they are. A copy comes soon: C4 looks back 120 hours; a headline alone says
# which day it is about only within one. Word for word, 0.6 of the shorter text's three-word phrases
# stand in the longer: two texts on one event that were written apart reached 0.55 in real pairs,
# copies that were cut 0.6 and up.
# A rewritten wire text is printed while it is news.
_CREDIT_WITHIN = timedelta(hours=12)
# The fewer phrases, the more of them (rule 61: a short text alone proves little): how much more of
# at least so many.
_MORE = ((30, 0.0), (16, 0.05), (8, 0.15))
_LEAST = _MORE[-1][0]
# Edited: of one or two sentences fewer phrases survive, and nearly all the words that tell. Of a
# longer text more survive any light edit, and two agencies on one note share as many as these.
_EDITED_LESS, _EDITED_WORDS, _EDITED_LEAST, _EDITED_MOST = 0.1, 0.75, 20, 40
# A live page or round-up is a copy of another only if each stands in the other (rule 62).
_TWO_WAYS = 0.8
# Whoever heard a statement quotes it. Of a text with quotations the rest must be shared as well; of
# one that is half quotation, the beginning: a copy that was cut begins as the whole does, who was
# there and wrote himself begins elsewhere.
_PROSE_SHARE, _PROSE_LEAST, _BEGINNING = 0.35, 0.5, 5
# A title is evidence from five words on (rule 65), of which four that bind nothing, and together as
# telling as three rare words.
_TITLE_WORDS, _TITLE_TERMS, _TITLE_WEIGHT = 5, 4, 2.5
# Under one headline two texts of their own must still share words (rule 69).
_OWN_TEXT, _SUPPORT = 12, 0.35
# One agency's text, told anew: as many figures of three digits or more are hardly chance.
_FIGURES, _DIGITS = 3, 3
# A headline of another house's text keeps most of its words that tell.
_CREDITED_SHARE = 0.6


def judge(a: Wording, b: Wording, statistics: Statistics, limits: Limits = LIMITS) -> Match | None:
    """The match between two entries, or None if they are different texts or nothing tells.

    `judge(a, b, s) == judge(b, a, s)`. Levels: `link` (one canonical address), `text` (word for
    word), `edited`, `title` (one headline), `credit` (one agency's text, told anew).
    """
    if a.ref == b.ref:
        return None
    a, b = sorted((a, b), key=lambda wording: wording.ref)
    if same := _same_address(a, b):
        return _match(a, b, same, "")
    if not _comparable(a, b, limits):
        return None
    found = (
        _word_for_word(a, b, statistics, limits)
        or _same_title(a, b, statistics, limits)
        or _same_facts(a, b)
        or _by_the_other(a, b, statistics)
    )
    if not found or vetoes.against(a, b):
        return None
    return _match(a, b, found, statistics.name)


Found = tuple[str, float, str]  # level, score, why


def _match(a: Wording, b: Wording, found: Found, snapshot: str) -> Match:
    level, score, why = found
    return Match(
        level=level, entry=a.ref, other=b.ref, score=round(score, 4), why=why, snapshot=snapshot
    )


def _same_address(a: Wording, b: Wording) -> Found | None:
    """One canonical address (rules 14, 15); inside one source the titles must agree as well
    (rule 57), and texts that share almost nothing stood there one after the other (rule 108)."""
    if not a.canonical or a.canonical != b.canonical:
        return None
    if a.ref.source_id == b.ref.source_id and a.title != b.title:
        return None
    if kinship.unlike(a.terms, b.terms):
        return None
    return LINK, 1.0, f"same address {a.canonical}"


def _comparable(a: Wording, b: Wording, limits: Limits) -> bool:
    """Whether likeness can prove anything: two sources, one language, not two agencies' texts."""
    if a.ref.source_id == b.ref.source_id:
        return False
    if a.language and b.language and a.language != b.language:
        return False
    if a.agency and b.agency and a.agency != b.agency:
        return False
    return apart(a, b) <= max(limits.text_within, limits.title_within, _CREDIT_WITHIN)


def _word_for_word(a: Wording, b: Wording, statistics: Statistics, limits: Limits) -> Found | None:
    short, long = (a, b) if len(a.shingles) <= len(b.shingles) else (b, a)
    total = len(short.shingles)
    if total < _LEAST or apart(a, b) > limits.text_within:
        return None
    shared = len(short.shingles & long.shingles)
    share = shared / total
    if share < limits.phrases - _EDITED_LESS or not (
        _begins_there(short, long) and _beyond_quotes(short, long)
    ):
        return None
    if (a.round_up or b.round_up) and shared / len(long.shingles) < _TWO_WAYS:
        return None
    why = f"{shared} of the shorter text's {total} three-word phrases stand in the other"
    if share >= _needed(total, limits):
        return TEXT, share, why
    words = weighted(short.text, long.terms, statistics)
    if not _EDITED_LEAST <= total < _EDITED_MOST or words < _EDITED_WORDS:
        return None
    return EDITED, (share + words) / 2, f"{why}, and {words:.0%} of its words by weight"


def _needed(total: int, limits: Limits) -> float:
    return min(1.0, limits.phrases + next(more for least, more in _MORE if total >= least))


def _begins_there(short: Wording, long: Wording) -> bool:
    """Whether some of it stands in the first half of the longer text: what two texts share at the
    end alone is background, or furniture that is not learnt yet (rules 61, 109)."""
    return not short.shingles.isdisjoint(shingles(long.text[: len(long.text) // 2 + 2]))


def _beyond_quotes(short: Wording, long: Wording) -> bool:
    """Whether more than quotations is shared."""
    if short.prose is short.shingles:
        return True
    if len(short.prose) < _PROSE_LEAST * len(short.shingles):
        return short.text[:_BEGINNING] == long.text[:_BEGINNING]
    return len(short.prose & long.prose) / len(short.prose) >= _PROSE_SHARE


def _same_title(a: Wording, b: Wording, statistics: Statistics, limits: Limits) -> Found | None:
    """One headline within a day, or one that was cut (rules 65, 69), and texts that allow it."""
    if a.round_up or b.round_up or apart(a, b) > limits.title_within:
        return None
    short, long = (a, b) if len(a.title) <= len(b.title) else (b, a)
    if not _begins(short, long) or len(short.title_terms) < _TITLE_TERMS:
        return None
    if sum(statistics.weight(word) for word in short.title_terms) < _TITLE_WEIGHT:
        return None
    support = _support(a, b, statistics)
    if support is not None and support < _SUPPORT:
        return None
    cut = "" if len(short.title) == len(long.title) else ", of which one is cut,"
    words = "" if support is None else f"; their texts share {support:.0%} by weight"
    hours = f"{apart(a, b) / timedelta(hours=1):.1f} hours apart"
    return TITLE, 0.9, f"same title of {len(short.title)} words{cut} {hours}{words}"


def _begins(short: Wording, long: Wording) -> bool:
    if short.title == long.title:
        return len(short.title) >= _TITLE_WORDS
    if not short.title_cut or len(short.title) < _TITLE_WORDS:
        return False
    return " ".join(long.title).startswith(" ".join(short.title))


def _support(a: Wording, b: Wording, statistics: Statistics) -> float | None:
    """How much two texts share by weight, or None if one of them has too few words to tell."""
    short, long = (a, b) if len(a.text) <= len(b.text) else (b, a)
    return weighted(short.text, long.terms, statistics) if len(short.text) >= _OWN_TEXT else None


def _same_facts(a: Wording, b: Wording) -> Found | None:
    """One agency credited by both, and the same figures: its text in a portal's own words."""
    if not a.agency or a.agency != b.agency or apart(a, b) > _CREDIT_WITHIN:
        return None
    if a.round_up or b.round_up:
        return None
    shared = sorted(f for f in a.figures & b.figures if sum(map(str.isdigit, f)) >= _DIGITS)
    if len(shared) < _FIGURES:
        return None
    return CREDIT, 0.8, f"both credit {a.agency} and give {', '.join(shared[:_FIGURES])}"


def _by_the_other(a: Wording, b: Wording, statistics: Statistics) -> Found | None:
    """One names the other's house as its author, and their headlines share most of their words."""
    if apart(a, b) > _CREDIT_WITHIN or a.round_up or b.round_up:
        return None
    house = _named(b, a) or _named(a, b)
    if not house or min(len(a.title_terms), len(b.title_terms)) < _TITLE_TERMS:
        return None
    short, long = (a, b) if len(a.title_terms) <= len(b.title_terms) else (b, a)
    share = weighted(short.title_terms, long.terms, statistics)
    if share < _CREDITED_SHARE:
        return None
    return (
        CREDIT,
        share,
        f"one names {house} as its author, and {share:.0%} of its headline is there",
    )


def _named(one: Wording, by: Wording) -> str:
    """The house of an entry if another house's entry names it as its author; else ""."""
    if not one.house or not by.byline or one.house in by.house or by.house in one.house:
        return ""
    return one.house if f" {one.house} " in f" {by.byline} " else ""


def weighted(words: Iterable[str], others: frozenset[str], statistics: Statistics) -> float:
    """The share of words, by how much each tells, that stand among the others; 0 of none."""
    weights = {word: statistics.weight(word) for word in words}
    total = sum(weights.values())
    return sum(w for word, w in weights.items() if word in others) / total if total else 0.0
