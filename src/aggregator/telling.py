"""Articles told apart by events: each joins the story that it tells, or founds one.

After articles are made, before feeds are filled: a feed of stories holds what was decided here.
"""

from __future__ import annotations

from collections.abc import Iterable

from aggregator.matching import profile, statistics, stories
from aggregator.matching.stories import WINDOW
from aggregator.model.article import Article
from aggregator.ports import Tellable
from aggregator.text import ids


class Telling:
    """Keeps each article's story true, inside the caller's transaction."""

    def __init__(self, store: Tellable) -> None:
        self._store = store
        self._statistics = statistics.under(store.statistics(), store.matching())
        self._sources = store.configured()

    def assign(self, articles: Iterable[Article]) -> None:
        """Give the articles a story that have none yet, in the order in which they were seen.

        An article keeps its story whatever it says later: readers have followed it there.
        """
        made = sorted(articles, key=lambda article: (article.first_seen, article.uid))
        told = self._store.stories_of(article.uid for article in made)
        for article in made:
            if article.uid not in told and not article.entries[0].notice:
                self._place(article)

    def _place(self, article: Article) -> None:
        founder, at = article.entries[0], article.first_seen
        source = self._sources.get(founder.source_id)
        ours = profile.of(founder, source.name if source else "", self._statistics)
        others = self._store.like(profile.keys(ours), at - WINDOW)
        choice = stories.choose(ours, at, [told.state for told in others])
        if choice is None:
            uid, state = ids.of_story(founder.root), stories.grow(None, ours, at)
            self._store.tell(uid, state, article.uid, "")
        else:
            chosen = others[choice.place]
            grown = stories.grow(chosen.state, ours, at)
            self._store.tell(chosen.uid, grown, article.uid, choice.why)
