"""Stories: what is known of each, and which articles tell it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from aggregator.matching import stories
from aggregator.matching.stories import StoryState
from aggregator.model.article import Story
from aggregator.ports import Told
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.articles import ArticlesPart
from aggregator.store.sqlite.connect import Connections

# What one key may find, and what one article is held against: those told last, with the most keys
# in common, and not with one by chance.
_A_KEY, _CANDIDATES = 60, stories.MAX_CANDIDATES
_KEYS = 12  # of an article; more are not asked for
# Articles of a story that are read: those told last, and the one that founded it. Nobody reads a
# thousand.
_READ = 100
# States that are kept as they were last read, some ten megabytes: what is told now is asked for
# again and again.
_UNPACKED = 1_000
_MOVED = "told a small story, most of whose articles are on this event"
_ONE_KEY = f"""
SELECT * FROM (SELECT story_id FROM story_keys WHERE key = ? ORDER BY story_id DESC LIMIT {_A_KEY})
"""  # noqa: S608
# Counted before anything is looked up: most that share a key share no other.
_FIND = f"""
SELECT uid, state FROM stories WHERE id IN (
  SELECT story_id FROM (
    SELECT story_id, count(*) AS shared FROM ({" UNION ALL ".join([_ONE_KEY] * _KEYS)})
    GROUP BY story_id HAVING shared >= ?
  ) JOIN stories ON stories.id = story_id WHERE last_seen >= ?
  ORDER BY shared DESC, story_id DESC LIMIT {_CANDIDATES}
) ORDER BY id
"""  # noqa: S608
_ARTICLES = """
SELECT id FROM articles WHERE story_id = (SELECT id FROM stories WHERE uid = ?)
ORDER BY first_seen, id
"""


class StoriesPart(ArticlesPart):
    """Satisfies `ports.Stories`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._unpacked = lru_cache(maxsize=_UNPACKED)(_state)

    def like(self, keys: Iterable[int], since: datetime) -> tuple[Told, ...]:
        given = tuple(keys)
        asked = (*given, *[None] * _KEYS)[:_KEYS]
        bounds = (stories.least_shared(given), rows.micros(since))
        nearest = self._all(_FIND, (*asked, *bounds))
        return tuple(Told(uid=row["uid"], state=self._unpacked(row["state"])) for row in nearest)

    def tell(self, uid: str, state: StoryState, article: str, why: str) -> None:
        row = {"uid": uid, "state": rows.dumps(stories.pack(state))}
        row["first_seen"] = str(rows.micros(state.first_seen))
        row["last_seen"] = str(rows.micros(state.last_seen))
        self._upsert("stories", row, ("uid",))
        (kept,) = self._all("SELECT id FROM stories WHERE uid = ?", (uid,))
        self._conn.execute("DELETE FROM story_keys WHERE story_id = ?", (kept["id"],))
        self._conn.executemany(
            "INSERT INTO story_keys (key, story_id) VALUES (?, ?)",
            [(key, kept["id"]) for key in stories.keys(state)],
        )
        self._conn.execute(
            "UPDATE articles SET story_id = ?, story_why = ? WHERE uid = ?",
            (kept["id"], why, article),
        )

    def absorb(self, part: str, whole: str) -> None:
        self._conn.execute(
            "UPDATE articles SET story_id = (SELECT id FROM stories WHERE uid = ?), story_why = ? "
            "WHERE story_id = (SELECT id FROM stories WHERE uid = ?)",
            (whole, _MOVED, part),
        )
        self._conn.execute("DELETE FROM stories WHERE uid = ?", (part,))

    def stories_of(self, articles: Iterable[str]) -> Mapping[str, str]:
        found = self._in(
            "SELECT articles.uid AS article, stories.uid AS story FROM articles "
            "JOIN stories ON stories.id = story_id WHERE articles.uid IN ({})",
            articles,
        )
        return {row["article"]: row["story"] for row in found}

    def story(self, uid: str) -> Story | None:
        articles = self._load(self._telling(uid))
        if not articles:
            return None
        ordered = sorted(articles, key=lambda article: (article.first_seen, article.uid))
        return Story(uid=uid, articles=tuple(ordered))

    def _telling(self, uid: str) -> list[int]:
        """The numbers of the articles of a story that are read at all."""
        found = [row["id"] for row in self._all(_ARTICLES, (uid,))]
        return found if len(found) <= _READ else [found[0], *found[1 - _READ :]]

    def forget_stories(self) -> None:
        self._conn.execute(
            "DELETE FROM stories WHERE NOT EXISTS "
            "(SELECT 1 FROM articles WHERE story_id = stories.id)"
        )


def _state(packed: str) -> StoryState:
    return stories.unpack(json.loads(packed))
