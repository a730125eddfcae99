"""A raw entry made an `Entry`: total, absolute, safe to show, and honest about guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from html import unescape
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from aggregator.model.entry import Entry, Media, Status
from aggregator.model.reading import RawEntry, RawText
from aggregator.model.source import Source
from aggregator.reading import credit, keys, notes, pictures, wire
from aggregator.reading.keys import Named
from aggregator.reading.moments import Moment
from aggregator.text import dates, html, language, topics, urls

MAX_TITLE = 1000
# Two lines in a reader's list, the length that most feeds cut their own excerpts to.
MAX_SUMMARY = 300
_MAX_HEADLINE_FROM_TEXT = 80
_MAX_AUTHORS = 10
_MAX_NAME = 200
_MAX_TOPICS = 30
_MAX_NOTE = 2000

_IN_TAGS = re.compile(r"\s*<[a-zA-Z][^<>]*>.*</[a-zA-Z]\w*>\s*", re.DOTALL)
_BRACKETED = re.compile(r"[^\s@]+@\S+\s*\((?P<name>[^()]+)\)$")
_HOST = re.compile(r"\.\w")
# Marks of direction, joiners and the like alone are no title.
_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]")
_QUERY = re.compile(r'(?<=")(https?://[^"?]*)\?[^"]*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an item's document lends it: when and where it was read, and in which language."""

    source: Source
    at: datetime
    url: str
    language: str | None


def normalise(raw: RawEntry, named: Named, moment: Moment, setting: Setting) -> Entry:
    """The entry that an item stands for. Never raises; every text is bounded."""
    source, url = setting.source, keys.address(raw, setting.url)
    base = urls.absolute(raw.text_base or raw.base, setting.url) or url or setting.url
    texts = tuple(_meant(text) for text in (raw.summary, *raw.contents) if text)
    shown, told = _parted(texts)
    summary = _summary(shown)
    body = _body(shown, base)
    content = body if _says_more(body, summary) else ""
    title = _title(raw, summary) or _words_of(url) or source.name
    media = pictures.collect(raw.media, body, base)
    authors, spoken = _authors(raw), _language(raw, setting, title, summary)
    embargo = dates.parse(raw.embargo, ZoneInfo(source.timezone)) if raw.embargo else None
    return Entry(
        source_id=source.id,
        key=named.key,
        aliases=named.aliases,
        url=url,
        canonical=named.canonical,
        title=title,
        summary=summary,
        content=content,
        published=moment.published,
        dated=moment.dated,
        updated=moment.updated,
        first_seen=setting.at,
        language=spoken,
        authors=authors,
        topics=_topics(raw),
        media=media,
        digest=_digest(title, summary, content, url, media, _state(raw, told)),
        status=_status(raw, embargo),
        embargo=embargo,
        urgency=_urgency(raw),
        note=_note(told, raw),
        credit=credit.of(raw, title, texts, authors, spoken, source),
        version=wire.whole(raw.version),
    )


def _status(raw: RawEntry, embargo: datetime | None) -> Status:
    """What may be done with the item; nothing where its status or its embargo is beyond reading,
    which is what both are for (rule 75)."""
    said = wire.status(raw.status) or Status.WITHHELD
    is_open_ended = raw.embargo is not None and embargo is None
    return Status.WITHHELD if said is Status.USABLE and is_open_ended else said


def _urgency(raw: RawEntry) -> int | None:
    """1 to 9, the scale of the IPTC."""
    number = wire.whole(raw.urgency)
    return number if number is not None and 1 <= number <= 9 else None


def _state(raw: RawEntry, told: tuple[str, ...]) -> str:
    """What a wire says of an item's state: news of its own, even if no word of the text changes."""
    said = (raw.status, raw.embargo, raw.version)
    return "" if said == (None, None, None) and not told else repr((*said, *told))


def _parted(texts: Sequence[RawText]) -> tuple[tuple[RawText, ...], tuple[str, ...]]:
    """The texts as their readers may see them, and their words to editors, each once."""
    parts = [notes.strip(text) for text in texts]
    told = dict.fromkeys(note for _, found in parts for note in found)
    return tuple(text for text, _ in parts), tuple(told)


def _note(told: tuple[str, ...], raw: RawEntry) -> str:
    """What the text and its envelope tell editors; not for publication (rule 76)."""
    said = (*told, html.head_text(raw.note or ""))
    return html.excerpt(" ".join(filter(None, said)), _MAX_NOTE)


def _meant(text: RawText) -> RawText:
    """The text as it was meant: markup declared as plain, or escaped once too often, is markup if
    it is in tags from end to end."""
    is_escaped = text.html and "<" not in text.value
    value = unescape(text.value) if is_escaped else text.value
    if (is_escaped or not text.html) and _IN_TAGS.fullmatch(value):
        return RawText(value=value, html=True)
    return text


def _summary(texts: Sequence[RawText]) -> str:
    """A plain excerpt of the first text that says anything."""
    plain = map(_plain, texts)
    return html.excerpt(next((words for words in plain if words), ""), MAX_SUMMARY)


def _plain(text: RawText) -> str:
    return html.head_text(text.value) if text.html else html.fold_space(text.value[:20_000])


def _body(texts: Sequence[RawText], base: str) -> str:
    """The fullest text as safe HTML."""
    fullest = max(texts, key=lambda text: len(text.value), default=RawText(value="", html=False))
    return html.clean(fullest.value, base) if fullest.html else html.from_plain(fullest.value)


def _says_more(body: str, summary: str) -> bool:
    """Whether a body has words that the summary, a whole or a cut one, has not."""
    return len(body) > 4 * MAX_SUMMARY or html.text(body) != summary


def _title(raw: RawEntry, summary: str) -> str:
    """The title, else the first words of the text."""
    given = html.title(raw.title.value, markup=raw.title.html) if raw.title else ""
    given = given if _VISIBLE.search(given) else ""
    return html.excerpt(given, MAX_TITLE) or html.excerpt(summary, _MAX_HEADLINE_FROM_TEXT)


def _words_of(url: str) -> str:
    """The words of an address: the last part of its path, else its host."""
    parts = urlsplit(url)
    name, _, rest = unquote(parts.path.rstrip("/").rpartition("/")[2]).rpartition(".")
    words = html.fold_space(re.sub(r"[-_+]+", " ", name or rest))
    return html.excerpt(words, _MAX_HEADLINE_FROM_TEXT) or parts.hostname or ""


def _language(raw: RawEntry, setting: Setting, title: str, summary: str) -> str | None:
    """What the text shows, the marks being hints (rule 77): the item's, its channel's, ours."""
    marks = (raw.language, setting.language, setting.source.language)
    return language.settle(f"{title}\n{summary}", marks)


def _authors(raw: RawEntry) -> tuple[str, ...]:
    """Names without addresses (rules 85 and 112), each once."""
    names = (_name(author) for author in raw.authors)
    return tuple(dict.fromkeys(name for name in names if name))[:_MAX_AUTHORS]


def _name(author: str) -> str:
    plain = html.title(author, markup=True)
    bracket = _BRACKETED.match(plain)
    name = bracket["name"] if bracket else " ".join(w for w in plain.split() if not _is_mail(w))
    return html.excerpt(name.strip(), _MAX_NAME)


def _is_mail(word: str) -> bool:
    """Whether a word is an address of e-mail, perhaps in brackets. By parts and not by one pattern,
    which takes a time with the square of a word's length."""
    before, _, host = word.partition("@")
    return bool(before and _HOST.search(host))


def _topics(raw: RawEntry) -> tuple[str, ...]:
    """The item's own topics, folded; a lone category may hold several (rule 88).

    The source's are added where an entry is selected and shown, so that they can be changed.
    """
    categories = [html.title(topic, markup=True) for topic in raw.topics]
    own = topics.split(categories[0]) if len(categories) == 1 else map(topics.fold, categories)
    return tuple(dict.fromkeys(t for t in own if 0 < len(t) <= topics.MAX_LENGTH))[:_MAX_TOPICS]


def _digest(
    title: str, summary: str, content: str, url: str, media: tuple[Media, ...], state: str
) -> str:
    """A hash of what a reader sees. Queries of addresses are left out: they churn (rule 14)."""
    seen = (
        title,
        summary,
        _QUERY.sub(r"\1", content),
        urls.canonical(url),
        *(one.url.partition("?")[0] for one in media),
        *((state,) if state else ()),
    )
    return blake2b("\0".join(seen).encode(), digest_size=16).hexdigest()
