"""What an operator does by hand: take an article down and back, and say what a notice means.

Each answer is a plain value, as JSON types: of the articles, what became of them; of the notices,
all that helps to settle one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aggregator import heeding
from aggregator.desk import around, explain
from aggregator.errors import ServiceError, UnknownName
from aggregator.heeding import Search
from aggregator.model.entry import Entry, EntryRef
from aggregator.ports import Dossier, Filed, FiledState, Files, Hand, Shelf


def withdraw(store: Hand, asked: str, reason: str, at: datetime) -> dict[str, Any]:
    """Take an article out of every output, now. Raises `UnknownName`."""
    before = explain.find(store, asked)
    heeding.withdraw(store, _refs(before), at, reason)
    after = explain.find(store, before.article.uid)
    return _told(after, [place.slug for place in before.placements])


def restore(store: Hand, asked: str, at: datetime) -> dict[str, Any]:
    """Bring an article back, whoever took it down. Raises `UnknownName`, and `ServiceError` if
    nobody did."""
    before = explain.find(store, asked)
    if not heeding.restore(store, _refs(before), at):
        raise ServiceError(f"{before.article.uid} is not withdrawn")
    after = explain.find(store, before.article.uid)
    return _told(after, [place.slug for place in after.placements])


def notices(files: Files, *, waiting: bool) -> list[dict[str, Any]]:
    """The notices, newest first: those that wait, each with the texts that it may mean, or all."""
    search = Search(files)
    return [_notice(filed, files, search) for filed in files.filed(waiting=waiting)]


def apply(store: Hand, notice: str, article: str, at: datetime) -> dict[str, Any]:
    """Let a notice mean this article. Raises `UnknownName`, and `ServiceError` for the notice's
    own article if that holds no other text."""
    filed, dossier = _called(store, notice), explain.find(store, article)
    target = _target(filed, dossier, article)
    heeding.apply(store, filed, target, at)
    return _settled(store, filed)


def dismiss(store: Hand, notice: str, at: datetime) -> dict[str, Any]:
    """Let a notice mean nothing; what it did is undone. Raises `UnknownName`."""
    filed = _called(store, notice)
    heeding.dismiss(store, filed, at)
    return _settled(store, filed)


def _refs(dossier: Dossier) -> list[EntryRef]:
    return [entry.ref for entry in dossier.article.entries]


def _told(dossier: Dossier, feeds: Iterable[str]) -> dict[str, Any]:
    article = dossier.article
    return {
        "article": article.uid,
        "title": article.entries[0].title,
        "withdrawn": article.withdrawn.isoformat() if article.withdrawn else None,
        "entries": [around.name(ref) for ref in _refs(dossier)],
        "feeds": sorted(set(feeds)),
    }


def _called(shelf: Shelf, asked: str) -> Filed:
    """A notice by its short name, its article's id or `source/key`."""
    name = asked.strip().removeprefix("urn:uuid:").lower()
    for filed in shelf.filed(waiting=False):
        if name[:8] == filed.name or asked == around.name(filed.sender):
            return filed
    raise UnknownName(f"no notice is called {asked}: `aggregator notices --all` lists them")


def _target(filed: Filed, dossier: Dossier, asked: str) -> EntryRef:
    """Which entry of an article is meant: the one that was named, else one of the notice's own
    source, whose later text may take its place, else the first."""
    others = [entry.ref for entry in dossier.article.entries if entry.ref != filed.sender]
    if not others:
        raise ServiceError(f"{asked} is the notice itself: name the article that it means")
    named = [ref for ref in others if around.name(ref) == asked]
    own = [ref for ref in others if ref.source_id == filed.sender.source_id]
    return (*named, *own, *others)[0]


def _settled(store: Hand, filed: Filed) -> dict[str, Any]:
    return _notice(_called(store, around.name(filed.sender)), store, Search(store))


def _notice(filed: Filed, files: Files, search: Search) -> dict[str, Any]:
    return {
        "id": filed.name,
        "entry": around.name(filed.sender),
        "kind": filed.notice.kind.value,
        "state": filed.state.value,
        "at": filed.at.isoformat(),
        "title": filed.title,
        "words": list(filed.notice.words),
        "why": filed.why,
        "target": around.name(filed.target) if filed.target else None,
        "near": _near(filed, files, search) if filed.state is FiledState.WAITING else [],
    }


def _near(filed: Filed, files: Files, search: Search) -> list[dict[str, str]]:
    """The texts among which nobody could tell, the likeliest first."""
    sender = _entry(files, filed.sender)
    near = search.resolve(sender, filed.notice).near if sender else ()
    found = [entry for ref in near if (entry := _entry(files, ref))]
    return [
        {
            "entry": around.name(entry.ref),
            "title": entry.title,
            "seen": entry.first_seen.isoformat(),
        }
        for entry in found
    ]


def _entry(shelf: Shelf, ref: EntryRef) -> Entry | None:
    dossier = shelf.dossier(around.name(ref))
    entries = dossier.article.entries if dossier else ()
    return next((entry for entry in entries if entry.ref == ref), None)
