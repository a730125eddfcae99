"""From changed articles to changed feeds: who is in, who speaks, and whose bytes must change.

Used wherever articles change: by the lane, by a new configuration and by upkeep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b

from aggregator.model.article import Article
from aggregator.model.entry import Entry
from aggregator.model.feed import Collapse, FeedSpec
from aggregator.model.source import Source
from aggregator.ports import Member, Members
from aggregator.selection.belongs import Place, as_one, places
from aggregator.selection.live import beside, live
from aggregator.selection.shown import shown
from aggregator.selection.whole import completed
from aggregator.text.secrets import redact


class Membership:
    """Keeps the feeds' materialised content true, inside the caller's transaction."""

    def __init__(self, store: Members) -> None:
        self._store = store
        self._sources = store.configured()
        self._specs = store.specs()
        self._prefer = store.service().prefer
        self._touched: set[str] = set()

    def of(self, articles: Iterable[Article]) -> tuple[Member, ...]:
        """What feeds hold of these articles, and of the stories that they tell, now: asked for
        before they are grouped anew."""
        uids = [article.uid for article in articles]
        members = {(m.slug, m.uid): m for m in self._store.members_of(uids)}
        if self._tells_stories:
            stories = set(self._store.stories_of(uids).values())
            members |= {(m.slug, m.uid): m for m in self._store.members_called(sorted(stories))}
        return tuple(members.values())

    def refresh(
        self,
        before: Iterable[Member],
        articles: Iterable[Article],
        at: datetime,
        slugs: frozenset[str] | None = None,
    ) -> None:
        """Let every feed (or those of `slugs`) hold what `belongs` says of these articles.

        `before` is all that it held of their entries: an item that goes from one article to
        another keeps its place and its times.
        """
        changed = tuple(articles)
        held = (*before, *self._held_of_stories(changed))
        specs = [spec for spec in self._specs if slugs is None or spec.slug in slugs]
        kept = {spec.slug for spec in specs}
        present = {(m.slug, m.uid): m for m in held if m.slug in kept}
        told = tuple(self._told(changed, held))
        wanted = {
            (member.slug, member.uid): member
            for spec in specs
            for whole in (told if spec.collapse is Collapse.STORY else changed)
            for member in self._wanted(whole, spec, present, at)
        }
        self._write(present, wanted)
        taken_back = {
            entry.ref
            for article in changed
            for entry in article.entries
            if article.withdrawn or entry.gone
        }
        gone = (m for name, m in present.items() if name not in wanted)
        self._store.depart([m for m in gone if m.lead in taken_back], at)

    def leave(self, members: Iterable[Member]) -> None:
        """Take items out of their feeds, whatever `belongs` says."""
        gone = tuple(members)
        self._store.drop(gone)
        self._touched.update(member.slug for member in gone)

    def close(self, at: datetime) -> None:
        """Raise the generation of every feed that changed; the last call of a transaction."""
        self._store.touch(sorted(self._touched), at)
        self._touched.clear()

    @property
    def _tells_stories(self) -> bool:
        return any(spec.collapse is Collapse.STORY for spec in self._specs)

    def _held_of_stories(self, articles: Iterable[Article]) -> tuple[Member, ...]:
        """What feeds hold of stories that these articles tell only since they were made anew."""
        if not self._tells_stories:
            return ()
        stories = set(self._store.stories_of(a.uid for a in articles).values())
        return self._store.members_called(sorted(stories))

    def _told(self, articles: Iterable[Article], held: Iterable[Member]) -> Iterator[Article]:
        """Each story that these articles tell, or told, as if it were one article."""
        if not self._tells_stories:
            return
        collapse = {spec.slug: spec.collapse for spec in self._specs}
        uids = {m.uid for m in held if collapse.get(m.slug) is Collapse.STORY}
        uids |= set(self._store.stories_of(a.uid for a in articles).values())
        for uid in sorted(uids):
            story = self._store.story(uid)
            if story and (whole := as_one(story)):
                yield whole

    def _wanted(
        self,
        article: Article,
        spec: FeedSpec,
        present: Mapping[tuple[str, str], Member],
        at: datetime,
    ) -> Iterable[Member]:
        oldest = None if spec.max_age is None else at - spec.max_age
        for place in places(article, spec, self._sources, self._prefer):
            if oldest is None or place.position >= oldest:
                yield self._member(article, spec, place, present.get((spec.slug, place.uid)), at)

    def _member(
        self, article: Article, spec: FeedSpec, place: Place, present: Member | None, at: datetime
    ) -> Member:
        voices = live(article.entries, self._sources)
        lead = next(e for e in voices if e.ref == place.lead)
        copies = beside(lead, voices) if place.uid == article.uid else ()
        text = shown(lead, self._sources[lead.source_id])
        said = _said(completed(text, copies, self._sources))
        return Member(
            slug=spec.slug,
            uid=place.uid,
            lead=place.lead,
            rank=place.rank,
            position=place.position,
            updated=_updated(lead, place, present, said, at),
            said=said,
            shown=_digest(said, *(_told(e, self._sources[e.source_id]) for e in (lead, *copies))),
        )

    def _write(
        self,
        present: Mapping[tuple[str, str], Member],
        wanted: Mapping[tuple[str, str], Member],
    ) -> None:
        gone = [member for name, member in present.items() if name not in wanted]
        put = [member for name, member in wanted.items() if present.get(name) != member]
        self._store.drop(gone)
        self._store.put(put)
        self._touched.update(member.slug for member in (*gone, *put))


def _updated(
    lead: Entry, place: Place, present: Member | None, said: str, at: datetime
) -> datetime:
    """A newcomer is as old as its claim or its place says; only another text moves it then."""
    if present is None:
        return max(lead.published, place.position)
    return present.updated if present.said == said else max(present.updated, at)


def _said(text: Entry) -> str:
    """A digest of an entry's text as shown."""
    return _digest(
        text.title,
        text.summary,
        text.content,
        text.url,
        *text.authors,
        *text.topics,
        *((text.credit.agency, text.credit.name) if text.credit else ()),
        *(repr(media) for media in text.media),
    )


def _told(entry: Entry, source: Source) -> str:
    """What is shown of an entry besides its text: where it stands, and who carries it."""
    text = shown(entry, source)
    told = (entry.ref, text.url, text.title, text.published, text.language)
    return repr((*told, source.name, redact(source.url)))


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()
