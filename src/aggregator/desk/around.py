"""What stands around an article: its story, what wires said of it, who forbids it, how it trends.

All as JSON types for `explain`, which asks for it part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aggregator.model.article import Article
from aggregator.model.entry import Entry, EntryRef, Status
from aggregator.model.source import Source
from aggregator.ports import Dossier, Filed
from aggregator.selection import belongs, rank
from aggregator.selection.live import live

# The end of a reason that quotes a title.
_QUOTED = re.compile(r"""\s*['"].*['"]\s*$""", re.DOTALL)


def story(
    dossier: Dossier, sources: Mapping[str, Source], prefer: Sequence[str]
) -> dict[str, Any] | None:
    """The event that the article tells, and who else tells it; None if it tells none."""
    if dossier.story is None:
        return None
    others = (one for one in dossier.story.articles if one.uid != dossier.article.uid)
    told = [_told(one, sources, prefer) for one in others]
    return {
        "id": dossier.story.uid,
        "why": dossier.story_why or "it was the first to tell of it",
        "articles": [one for one in told if one],
    }


def _told(
    article: Article, sources: Mapping[str, Source], prefer: Sequence[str]
) -> dict[str, Any] | None:
    voices = live(article.entries, sources)
    if article.withdrawn or not voices:
        return None
    speaker = belongs.lead(voices, sources, prefer)
    return {
        "article": article.uid,
        "lead": name(speaker.ref),
        "title": speaker.title,
        "first_seen": article.first_seen.isoformat(),
    }


def notice(filed: Filed, *, withdrawn: bool) -> dict[str, Any]:
    """A notice that is one of the article's entries, or means one; without its title, and what it
    quotes of an article that was withdrawn: that may be the very words that must go."""
    return {
        "id": filed.name,
        "entry": name(filed.sender),
        "kind": filed.notice.kind.value,
        "words": list(filed.notice.words),
        "state": filed.state.value,
        "why": _QUOTED.sub("", filed.why) if withdrawn else filed.why,
        "target": name(filed.target) if filed.target else None,
        "at": filed.at.isoformat(),
    }


def withdrawals(dossier: Dossier) -> list[dict[str, str]]:
    """Who forbids the article: a notice's entry, or the operator."""
    return [{"by": by, "why": why} for by, why in dossier.withdrawals.items()]


def marks(entry: Entry, superseded: Mapping[EntryRef, EntryRef]) -> list[str]:
    """Why an entry may not be shown, in words; none if it may."""
    return [*_marks(entry, superseded)]


def _marks(entry: Entry, superseded: Mapping[EntryRef, EntryRef]) -> Iterator[str]:
    if entry.withdrawn:
        yield f"withdrawn {entry.withdrawn:%Y-%m-%d %H:%M:%S} UTC"
    if entry.status is not Status.USABLE:
        yield f"{entry.status.value} by its wire"
    if entry.held:
        until = f" until {entry.embargo:%Y-%m-%d %H:%M:%S} UTC" if entry.embargo else ""
        yield f"held under an embargo{until or ' whose end nobody can tell'}"
    if entry.notice:
        yield f"an order to editors ({entry.notice}), and no news"
    if entry.superseded:
        later = superseded.get(entry.ref)
        yield f"a later text has taken its place{f': {name(later)}' if later else ''}"


def trending(entries: Sequence[Entry], sources: Mapping[str, Source]) -> dict[str, Any]:
    """Which independent origins count, since when, and what that comes to."""
    heard = rank.heard(entries, sources)
    score = rank.trending(heard.values())
    return {
        "score": round(score, 6),
        "like": rank.alike(score).isoformat(timespec="seconds"),
        "origins": [
            {"origin": origin, "since": since.isoformat()}
            for origin, since in sorted(heard.items(), key=lambda one: (one[1], one[0]))
        ],
    }


def name(ref: EntryRef) -> str:
    """An entry as the operator writes it."""
    return f"{ref.source_id}/{ref.key}"
