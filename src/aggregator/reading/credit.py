"""Whose text an entry is, with the words that prove it: fields first read, then the text itself.

Portals carry agencies' texts under their own names. What a text says of itself in the form of a
credit outweighs the fields around it, as those name whoever put it in; a wire's own source speaks
last, for the texts that say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from aggregator.model.agency import Agency, Credit, Form
from aggregator.model.reading import RawEntry, RawText
from aggregator.model.source import Kind, Source
from aggregator.text import agencies, datelines, html
from aggregator.text.agencies import Agencies

# The share of credits of a form that were right, on labelled texts and by eye; where all of some
# dozens were, 0.99 at most, and less for the forms that say less.
_CONFIDENCE = {
    Form.PROVIDER: 0.99,
    Form.DATELINE: 0.99,
    Form.SIGN_OFF: 0.97,
    Form.SOURCE_LINE: 0.97,
    Form.BYLINE: 0.97,
    Form.AUTHOR: 0.97,
    Form.FEED: 0.95,
    Form.SLUG: 0.95,
    Form.SUFFIX: 0.9,
    Form.OWN: 0.9,
}
_ORDER = {form: place for place, form in enumerate(Form)}
# Enough of both ends for every mark, with the markup between.
_HEAD = 3000
_TAIL = 1200
_MAX_WORDS = 120

_BLOCK = re.compile(
    r"<(?:br|/?(?:p|div|h[1-6]|li|ul|blockquote|section|article|td|tr))\b[^<>]*>", re.I
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"[ \t]*\n\s*")
_PARTS = re.compile(r"\s+[-–—|>»]+\s+|:\s+")
_SUFFIX = re.compile(r"\s(?:[-–—|])\s(?P<name>[^|–—]{3,40})\Z")
_SLUG = re.compile(r"[>+\s]*(?P<name>[A-Z][A-Za-z0-9]{1,12})(?:[- ][A-Z]{2,12})?/\s*(?=\S)")
_DOMAIN = re.compile(r"\.(?:it|com|org|ru|de|fr|es|news)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Proof:
    form: Form
    agency: Agency
    words: str


def of(
    raw: RawEntry,
    title: str,
    texts: Sequence[RawText],
    authors: Sequence[str],
    language: str | None,
    source: Source,
) -> Credit | None:
    """Whose text an item is, or None if it is nobody's but its source's.

    `title`, `texts` and `authors` are the item's as they are meant, the markup of texts included.
    Never raises; looks at the ends of long texts only.
    """
    known = agencies.known(source.agencies)
    proofs = list(_proofs(raw, title, texts, authors, language, known))
    if not proofs:
        return _own(source, known)
    best = min(proofs, key=lambda proof: _ORDER[proof.form])
    return Credit(
        agency=best.agency.key,
        name=best.agency.name,
        words=html.fold_space(best.words)[:_MAX_WORDS],
        form=best.form,
        confidence=_CONFIDENCE[best.form],
    )


def _own(source: Source, known: Agencies) -> Credit | None:
    """What a wire's own source vouches for."""
    if source.kind is not Kind.AGENCY or source.agency is None:
        return None
    agency = known.by_key.get(source.agency)
    return Credit(
        agency=source.agency,
        name=agency.name if agency else source.name,
        words="",
        form=Form.OWN,
        confidence=_CONFIDENCE[Form.OWN],
    )


def _proofs(
    raw: RawEntry,
    title: str,
    texts: Sequence[RawText],
    authors: Sequence[str],
    language: str | None,
    known: Agencies,
) -> Iterator[_Proof]:
    for name in raw.credits:
        if agency := datelines.house(_DOMAIN.sub("", name), known):
            yield _Proof(Form.PROVIDER, agency, name)
    for text in texts:
        shown = _plain(text)
        for mark in datelines.find(shown, known, language):
            yield _Proof(mark.form, mark.agency, shown[mark.start : mark.end])
    for author in authors:
        agency = datelines.byline(author, known)
        if agency and not _are_initials(author, agency, language):
            yield _Proof(Form.AUTHOR, agency, author)
    for name in _parts_of(raw.taken_from):
        if agency := datelines.outlet(_DOMAIN.sub("", name), known):
            yield _Proof(Form.FEED, agency, name)
    yield from _of_title(title, known)


def _are_initials(author: str, agency: Agency, language: str | None) -> bool:
    """Whether two letters are a writer's rather than an agency's of other languages."""
    return len(author) == 2 and language is not None and language not in agency.languages


def _parts_of(name: str | None) -> Iterator[str]:
    """A feed's name and its parts: `Reuters: World News` is of the house before the colon."""
    if name:
        yield from dict.fromkeys((name, *_PARTS.split(name)))


def _of_title(title: str, known: Agencies) -> Iterator[_Proof]:
    """A slug before the title, a house behind it."""
    slug, suffix = _SLUG.match(title), _SUFFIX.search(title[-60:])
    if slug and (agency := known.named(slug["name"])):
        yield _Proof(Form.SLUG, agency, slug[0])
    if suffix and (agency := _house_behind(suffix["name"], known)):
        yield _Proof(Form.SUFFIX, agency, suffix[0])


def _house_behind(name: str, known: Agencies) -> Agency | None:
    """A name behind a title; two letters are too few there."""
    last = _PARTS.split(name)[-1].strip()
    return datelines.outlet(last, known) if len(last) > 2 else None


def _plain(text: RawText) -> str:
    """Both ends of a text, without markup, a line break between blocks. What declares markup and
    has no blocks in it keeps the lines that it was written in."""
    value = text.value
    if len(value) > _HEAD + _TAIL:
        value = f"{value[:_HEAD]}\n{value[-_TAIL:]}"
    if not text.html:
        return value
    if _BLOCK.search(value):
        value = _LINES.sub("\n", _BLOCK.sub("\n", _SPACE.sub(" ", value)))
    return unescape(_TAG.sub("", value)).strip()
