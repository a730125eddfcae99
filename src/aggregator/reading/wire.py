"""What NewsML-G2 and ninjs have in common: versions of one item, renditions of one picture.

Both come from the IPTC and say the same in two spellings (https://iptc.org/standards/). A wire
sends an item again for each new version, so one document may hold several states of it; only the
latest goes on, since what comes later is told apart by number and not by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aggregator.model.entry import Media, Status
from aggregator.model.reading import Document, Finding, RawEntry
from aggregator.reading import pictures
from aggregator.reading.parsed import Parsed

# More digits are no version, and would not fit the store's 64 bits.
_MAX_DIGITS = 18

_STATUSES = {"": Status.USABLE, "cancelled": Status.CANCELED, **{s.value: s for s in Status}}


def parsed(
    form: str,
    items: Iterable[RawEntry],
    findings: Sequence[Finding],
    *,
    title: str = "",
    complete: bool = True,
) -> Parsed:
    """A document of wire items, each guid once."""
    given = tuple(items)
    latest = _latest(given)
    told = (
        *findings,
        *_count("older-version", len(given) - len(latest), "items are older versions of others"),
        *_count(
            "unknown-status",
            sum(status(item.status) is None for item in latest),
            "items have a status that no standard names, and are held back",
        ),
        *_count(
            "open-embargo",
            sum(item.embargo == "" for item in latest),
            "items are under an embargo without an end, and are held back",
        ),
    )
    placed = tuple(replace(item, position=n) for n, item in enumerate(latest))
    return Parsed(
        document=Document(format=form, items=placed, title=title, findings=told),
        complete=complete,
    )


def status(said: str | None) -> Status | None:
    """What a pubStatus means, as a word, qcode or URI; nothing said is usable, as both standards
    have it. None for a word that they do not know."""
    return _STATUSES.get(tail(said or "").lower())


def tail(code: str) -> str:
    """The last part of a qcode or a URI: `usable` of `stat:usable`."""
    return code.strip().replace("#", "/").replace(":", "/").rpartition("/")[2]


def whole(written: str | None) -> int | None:
    """A whole number that is not negative, or None."""
    digits = (written or "").strip()
    plausible = digits.isascii() and digits.isdecimal() and len(digits) <= _MAX_DIGITS
    return int(digits) if plausible else None


def renditions(found: Iterable[Media]) -> tuple[Media, ...]:
    """The best of several forms of one picture, sound or film; one of each medium at most."""
    best: dict[str | None, Media] = {}
    for media in found:
        if not media.medium:
            continue
        rival = best.get(media.medium)
        if rival is None or pictures.fitness(media) > pictures.fitness(rival):
            best[media.medium] = media
    return tuple(best.values())


def medium(media_type: str | None) -> str | None:
    """`image`, `audio` or `video` of a media type; None of any other."""
    kind = (media_type or "").partition("/")[0].strip().lower()
    return kind if kind in ("image", "audio", "video") else None


def skipped(number: int) -> list[Finding]:
    """What is told of items that are no news: packages, events, concepts."""
    return _count(
        "no-news-item", number, "items are packages, events or concepts; they are skipped"
    )


def _latest(items: Iterable[RawEntry]) -> tuple[RawEntry, ...]:
    """Each guid once, in the place where it stood first."""
    kept: dict[str, RawEntry] = {}
    for number, item in enumerate(items):
        name = item.guid or f"\0{number}"
        if name not in kept or _rank(item) >= _rank(kept[name]):
            kept[name] = item
    return tuple(kept.values())


def _rank(item: RawEntry) -> tuple[bool, int]:
    return status(item.status) is Status.CANCELED, whole(item.version) or 0


def _count(name: str, number: int, words: str) -> list[Finding]:
    return [Finding(name=name, detail=f"{number} {words}")] if number else []
