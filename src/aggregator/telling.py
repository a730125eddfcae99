"""Articles told apart by events: each joins the story that it tells, or founds one.

After articles are made, before feeds are filled: a feed of stories holds what was decided here.
"""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.matching import profile, statistics, stories
from aggregator.matching.stories import WINDOW, Report
from aggregator.model.article import Article
from aggregator.ports import Tellable
from aggregator.text import ids


class Telling:
    """Keeps each article's story true, inside the caller's transaction."""

    def __init__(self, store: Tellable) -> None:
        self._store = store
        self._statistics = statistics.under(store.statistics(), store.matching())

    def assign(self, articles: Iterable[Article]) -> frozenset[str]:
        """Give the articles a story that have none yet, in the order in which they were seen; the
        stories that have become part of others by that.

        An article keeps its story whatever it says later: readers have followed it there.
        """
        made = sorted(articles, key=lambda article: (article.first_seen, article.uid))
        told = self._store.stories_of(article.uid for article in made)
        new = [a for a in made if a.uid not in told and not a.entries[0].notice]
        return frozenset(uid for article in new if (uid := self._place(article)))

    def _place(self, article: Article) -> str:
        """Let an article tell its story; the id of one that is none any more, or nothing."""
        founder, at = article.entries[0], article.first_seen
        wordings = self._store.wordings([founder.ref])
        if founder.ref not in wordings:
            return ""  # never compared, so nothing is known of it
        words = wordings[founder.ref]
        told = profile.of(founder, words, self._statistics)
        others = self._store.like(profile.keys(told), at - WINDOW)
        placed = stories.place(
            Report(profile=told, wording=words, at=at),
            [other.state for other in others],
            self._store.wordings,
        )
        uid = ids.of_story(founder.root) if placed.place is None else others[placed.place].uid
        self._store.tell(uid, placed.state, article.uid, placed.why)
        if placed.absorbed is None:
            return ""
        self._store.absorb(others[placed.absorbed].uid, uid)
        return others[placed.absorbed].uid
