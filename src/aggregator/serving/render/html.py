"""Our pages, as bytes: one plain Jinja environment with autoescape, no Flask, no clock.

Pages show titles and excerpts as text only; an item's own HTML never reaches them, so nothing a
source sends can run in a reader's browser whatever our sanitiser lets through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2b
from importlib import resources
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from aggregator import health
from aggregator.matching.absence import THERE
from aggregator.model.entry import Entry, EntryRef, Revision
from aggregator.model.feed import Feed
from aggregator.model.source import Source
from aggregator.ports import Counter, Dossier, FeedSummary, Filed, FiledState, SourceStatus
from aggregator.selection import credited, rank
from aggregator.selection.belongs import lead
from aggregator.selection.live import live
from aggregator.selection.shown import shown
from aggregator.selection.whole import completed, completing
from aggregator.serving.render.card import cards, channel, credit, web_address
from aggregator.serving.render.site import Site, article_page, feed_file, feed_page
from aggregator.serving.render.status import MOST_WAITING, settling
from aggregator.serving.render.words import WORDS, brief, date_and_time
from aggregator.text.secrets import redact

STYLESHEET = resources.files(__package__).joinpath("static", "site.css").read_bytes()
# The name changes with the content, so that browsers may keep it for ever.
STYLESHEET_NAME = f"site.{blake2b(STYLESHEET, digest_size=6).hexdigest()}.css"

_TEMPLATES = Environment(
    loader=PackageLoader("aggregator.serving.render"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(
    feed_page=feed_page,
    feed_file=feed_file,
    article_page=article_page,
    redact=redact,
    settling=settling,
)


# Other articles of a story that a page names: those told last.
_MOST_OF_STORY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """One source's entry on an article's page, cut to what its rights allow.

    `credit` is another house whose text it is, or ""; `page_there`: it was asked for, and stands
    although the source does not list it any more.
    """

    entry: Entry
    source: Source
    credit: str
    url: str
    listed: bool
    page_there: bool
    revisions: tuple[Revision, ...]


def front(feeds: Sequence[Feed], site: Site, language: str) -> bytes:
    """The front page: every feed with its newest items, in the order given."""
    boxes = [(feed.spec.slug, channel(feed, site), cards(feed, site)) for feed in feeds]
    today = max((feed.changed_at for feed in feeds), default=None)
    return _page("front.html", site, language, today, boxes=boxes)


def feed(content: Feed, site: Site, language: str) -> bytes:
    """A feed's page: its items, its sources, and the three addresses to subscribe to."""
    return _page(
        "feed.html",
        site,
        language,
        content.changed_at,
        spec=content.spec,
        says=channel(content, site),
        cards=cards(content, site),
        sources=sorted(content.sources.values(), key=lambda source: source.name.casefold()),
    )


def article(dossier: Dossier, site: Site, language: str, prefer: Sequence[str]) -> bytes | None:
    """An article's page: who carries it, its revisions, the evidence; None if nobody may tell it.

    Of those that took their copy down nothing but that is told, and if all did, nothing else is.
    `dossier.sources` holds the configured sources, so that those taken out are shown no more;
    `prefer` is the service's: it decides who speaks where no feed is meant.
    """
    voices = live(dossier.article.entries, dossier.sources)
    taken_down = _taken_down(dossier)
    if not voices and not taken_down and not _is_withdrawn(dossier):
        return None
    speaker = lead(voices, dossier.sources, prefer) if voices else None
    carriers = {entry.ref: _carrier(entry, dossier) for entry in voices}
    title, whole_at = _title(speaker, voices, dossier) if speaker else ("", None)
    return _page(
        "article.html",
        site,
        language,
        dossier.article.updated,
        article=dossier.article,
        lead=carriers[speaker.ref] if speaker else None,
        title=title,
        title_from=carriers[whole_at] if whole_at else None,
        carriers=carriers,
        taken_down=taken_down,
        matches=[m for m in dossier.matches if carriers.keys() >= {m.entry, m.other}],
        placements=dossier.placements,
        replaced=_replaced(dossier),
        others=_others(dossier, prefer)[-_MOST_OF_STORY:],
        story_why=dossier.story_why,
        origins=_origins(voices, dossier),
        notices=[filed for filed in dossier.notices if _is_told(filed, dossier)],
    )


def status(
    sources: Sequence[SourceStatus],
    feeds: Sequence[FeedSummary],
    counters: Sequence[Counter],
    waiting: Sequence[Filed],
    site: Site,
    language: str,
    now: datetime,
) -> bytes:
    """How every source and feed is, in words, and which notices wait for the operator."""
    return _page(
        "status.html",
        site,
        language,
        None,
        sources=[(source, health.judge(source, now)) for source in sources],
        feeds=feeds,
        counters=counters,
        waiting=waiting[:MOST_WAITING],
        not_told=len(waiting[MOST_WAITING:]),
    )


def error(code: int, site: Site, language: str) -> bytes:
    """A page for a status code; codes that we have no words for read as 500."""
    known = code if f"e{code}" in WORDS[language] else 500
    return _page("error.html", site, language, None, code=known)


def _page(template: str, site: Site, language: str, today: datetime | None, **facts: Any) -> bytes:
    """`today` is the day beside which times are written short; None writes them whole."""
    page = _TEMPLATES.get_template(template)
    text = page.render(
        site=site,
        lang=language,
        t=SimpleNamespace(**WORDS[language]),
        stylesheet=site.path(f"/static/{STYLESHEET_NAME}"),
        full=partial(date_and_time, language=language),
        brief=partial(brief, language=language, today=today),
        **facts,
    )
    return text.encode()


def _title(
    speaker: Entry, voices: Sequence[Entry], dossier: Dossier
) -> tuple[str, EntryRef | None]:
    """The headline, and the copy that it is completed from."""
    copies, sources = [entry for entry in voices if entry is not speaker], dossier.sources
    return completed(speaker, copies, sources).title, completing(speaker, copies, sources)


def _is_withdrawn(dossier: Dossier) -> bool:
    return any(e.withdrawn and e.source_id in dossier.sources for e in dossier.article.entries)


def _is_told(filed: Filed, dossier: Dossier) -> bool:
    """Whether a notice is the reader's to know: one that was done, by a source that we still
    have. Its title is an order to editors, and is shown nowhere."""
    return filed.state is FiledState.APPLIED and filed.sender.source_id in dossier.sources


def _replaced(dossier: Dossier) -> list[Carrier]:
    """Texts whose house has put a later one in their place, as far as they may be shown."""
    free = (replace(e, superseded=False) for e in dossier.article.entries if e.superseded)
    return [_carrier(entry, dossier) for entry in live(free, dossier.sources)]


def _others(dossier: Dossier, prefer: Sequence[str]) -> list[tuple[str, Entry]]:
    """The other articles of its story, each by its id and the entry that speaks for it."""
    articles = dossier.story.articles if dossier.story else ()
    voices = {
        article.uid: live(article.entries, dossier.sources)
        for article in articles
        if article.uid != dossier.article.uid and not article.withdrawn
    }
    return [(uid, lead(heard, dossier.sources, prefer)) for uid, heard in voices.items() if heard]


def _origins(voices: Sequence[Entry], dossier: Dossier) -> list[tuple[str, datetime]]:
    """The independent origins of its entries, as trending counts them, with their first sight."""
    speakers = {credited.origin(e, dossier.sources[e.source_id]): e for e in reversed(voices)}
    heard = rank.heard(voices, dossier.sources)
    names = {
        origin: said.name if (said := entry.credit) else dossier.sources[entry.source_id].name
        for origin, entry in speakers.items()
    }
    return sorted(((names[origin], since) for origin, since in heard.items()), key=_since)


def _since(origin: tuple[str, datetime]) -> tuple[datetime, str]:
    return origin[1], origin[0]


def _taken_down(dossier: Dossier) -> dict[Source, datetime]:
    """The sources that took their copy down, and when that was last seen."""
    gone = [(e.source_id, e.gone) for e in dossier.article.entries if e.gone]
    return {dossier.sources[name]: at for name, at in gone if name in dossier.sources}


def _carrier(entry: Entry, dossier: Dossier) -> Carrier:
    source, absence = dossier.sources[entry.source_id], dossier.absences.get(entry.ref)
    return Carrier(
        entry=shown(entry, source),
        source=source,
        credit=credit(entry, source),
        url=web_address(entry.url),
        listed=dossier.listed.get(entry.ref, True),
        page_there=bool(absence and absence.answer == THERE),
        revisions=dossier.revisions.get(entry.ref, ()),
    )
