"""What may be shown beside an item's text: its pictures, sounds and films, made one list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from aggregator.model.entry import Media
from aggregator.text import html, urls

# A gallery's first pictures; outputs show one, boxes at most a few.
_MAX = 10
_MAX_WORDS = 500
# Wide enough for every page; agencies add the photographer's 5,000 pixels of 10 MB.
_MAX_WIDTH = 2048

# Adobe ended it in 2020; YouTube's feeds still list it for every film.
_FLASH = "application/x-shockwave-flash"
# What templates print for a credit that is not there.
_NOBODY = frozenset({"none", "null", "n/a", "-"})

_EXTENSIONS = {
    "image": re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|\?)", re.IGNORECASE),
    "audio": re.compile(r"\.(?:mp3|m4a|ogg|oga|wav|aac)(?:$|\?)", re.IGNORECASE),
    "video": re.compile(r"\.(?:mp4|m4v|webm|mov|mpe?g|m3u8)(?:$|\?)", re.IGNORECASE),
}


def collect(given: Iterable[Media], content: str, base: str) -> tuple[Media, ...]:
    """Media with absolute addresses, each once, the item's own before the content's first picture.

    `content` is sanitised HTML, `base` what relative addresses are relative to.
    """
    first = html.images(content)[:1]
    listed = (*given, *(Media(url=url, medium="image") for url in first))
    found: dict[str, Media] = {}
    for media in listed:
        url = "" if _is_pixel(media) or media.type == _FLASH else urls.absolute(media.url, base)
        if url:
            one = _normalised(media, url)
            name = _what(one)
            if name not in found or fitness(one) > fitness(found[name]):
                found[name] = one
    return tuple(found.values())[:_MAX]


def fitness(media: Media) -> tuple[bool, int, int]:
    """Which of several forms of one picture to show, the highest: the widest that is not too wide,
    else the narrowest; by bytes where no width is given."""
    width = media.width or 0
    fits = width <= _MAX_WIDTH
    return fits, width if fits else -width, media.length or 0


def _what(media: Media) -> str:
    """What a picture is, whatever its size or crop: those stand in the query of its address, and
    its caption stays the same."""
    return f"{media.url.partition('?')[0]} {media.title}" if media.title else media.url


def _normalised(media: Media, url: str) -> Media:
    kind = (media.type or "").strip().lower() or None
    return replace(
        media,
        url=url,
        type=kind,
        medium=_medium(media.medium, kind or "", url),
        title=_words(media.title),
        credit=_words(media.credit),
    )


def _medium(said: str | None, kind: str, url: str) -> str | None:
    if said in _EXTENSIONS:
        return said
    by_type = kind.partition("/")[0]
    if by_type in _EXTENSIONS:
        return by_type
    return next((name for name, form in _EXTENSIONS.items() if form.search(url)), None)


def _is_pixel(media: Media) -> bool:
    return media.width == 1 or media.height == 1


def _words(text: str | None) -> str | None:
    words = html.title(text, markup=True) if text else ""
    return html.excerpt(words, _MAX_WORDS) if words and words.lower() not in _NOBODY else None
