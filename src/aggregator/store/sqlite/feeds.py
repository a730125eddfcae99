"""Feeds and their materialised members; the settings of the service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aggregator.model.entry import EntryRef
from aggregator.model.feed import FeedSpec, Service
from aggregator.model.matching import Matching
from aggregator.ports import Member
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.stories import StoriesPart

_MEMBERS = """
SELECT slug, members.uid, source_id, key, rank, members.position, members.updated, said, shown
FROM members
JOIN entries ON entries.id = members.lead_id
"""
# From the articles on: for the planner, without its statistics, a list might be the longer way.
_MEMBERS_OF = """
SELECT slug, members.uid, source_id, key, rank, members.position, members.updated, said, shown
FROM articles CROSS JOIN entries ON article_id = articles.id
CROSS JOIN members ON members.lead_id = entries.id
WHERE articles.uid IN ({})
"""
_PUT = """
INSERT INTO members
  (slug, uid, lead_id, rank, position, updated, said, shown)
VALUES
  (:slug, :uid, (SELECT id FROM entries WHERE source_id = :source_id AND key = :key),
   :rank, :position, :updated, :said, :shown)
ON CONFLICT (slug, uid) DO UPDATE SET
  lead_id = excluded.lead_id, rank = excluded.rank, position = excluded.position,
  updated = excluded.updated, said = excluded.said, shown = excluded.shown
"""


class FeedsPart(StoriesPart):
    """Satisfies `ports.Members`, and the rest of `ports.ConfigStore`."""

    def service(self) -> Service:
        return self._applied("service", self._service)

    def _service(self) -> Service:
        row = self._one("SELECT value FROM settings WHERE name = 'service'")
        return rows.service_from_text(row["value"]) if row else Service()

    def set_service(self, service: Service) -> None:
        self._apply()
        value = rows.service_to_text(service)
        self._upsert("settings", {"name": "service", "value": value}, ("name",))

    def matching(self) -> Matching:
        return self._applied("matching", self._matching)

    def _matching(self) -> Matching:
        row = self._one("SELECT value FROM settings WHERE name = 'matching'")
        return rows.matching_from_text(row["value"]) if row else Matching()

    def set_matching(self, said: Matching) -> None:
        self._apply()
        value = rows.matching_to_text(said)
        self._upsert("settings", {"name": "matching", "value": value}, ("name",))

    def bound(self) -> str | None:
        row = self._one("SELECT value FROM settings WHERE name = 'bound'")
        return str(row["value"]) if row else None

    def set_bound(self, base_url: str | None) -> None:
        """Remember where `serve` answers, for commands that say it; None forgets it."""
        with self.transaction() as conn:
            conn.execute("DELETE FROM settings WHERE name = 'bound'")
            if base_url:
                self._upsert("settings", {"name": "bound", "value": base_url}, ("name",))

    def specs(self) -> tuple[FeedSpec, ...]:
        return self._applied("feeds", self._specs)

    def _specs(self) -> tuple[FeedSpec, ...]:
        found = self._all("SELECT spec FROM feeds ORDER BY place")
        return tuple(rows.spec_from_text(row["spec"]) for row in found)

    def set_feeds(self, feeds: Iterable[tuple[FeedSpec, str]], now: datetime) -> None:
        self._apply()
        wanted = tuple(feeds)
        slugs = {spec.slug for spec, _ in wanted}
        gone = [(s.slug,) for s in self._specs() if s.slug not in slugs]
        self._conn.executemany("DELETE FROM feeds WHERE slug = ?", gone)
        self._conn.execute("DELETE FROM renamed")
        for place, (spec, uid) in enumerate(wanted):
            self._put_feed(place, spec, uid, now)

    def members_of(self, articles: Iterable[str]) -> tuple[Member, ...]:
        found = self._in(_MEMBERS_OF, articles)
        return tuple(_member_from_row(row) for row in found)

    def members_called(self, uids: Iterable[str]) -> tuple[Member, ...]:
        found = self._in(f"{_MEMBERS} WHERE members.uid IN ({{}})", uids)
        return tuple(_member_from_row(row) for row in found)

    def older_members(self, slug: str, than: datetime) -> tuple[Member, ...]:
        """The members of a feed whose position lies before a time, oldest first."""
        found = self._all(
            f"{_MEMBERS} WHERE slug = ? AND members.position < ? "
            "ORDER BY members.position, members.uid",
            (slug, rows.micros(than)),
        )
        return tuple(_member_from_row(row) for row in found)

    def put(self, members: Iterable[Member]) -> None:
        made = [_member_to_row(member) for member in members]
        self._conn.executemany(_PUT, made)
        self._conn.executemany("DELETE FROM departures WHERE slug = :slug AND uid = :uid", made)

    def depart(self, members: Iterable[Member], at: datetime) -> None:
        self._conn.executemany(
            "INSERT OR IGNORE INTO departures (slug, uid, at) VALUES (?, ?, ?)",
            [(member.slug, member.uid, rows.micros(at)) for member in members],
        )

    def drop(self, members: Iterable[Member]) -> None:
        self._conn.executemany(
            "DELETE FROM members WHERE slug = ? AND uid = ?", [(m.slug, m.uid) for m in members]
        )

    def touch(self, slugs: Iterable[str], at: datetime) -> None:
        self._conn.executemany(
            "UPDATE feeds SET generation = generation + 1, changed_at = max(changed_at, ?) "
            "WHERE slug = ?",
            [(rows.micros(at), slug) for slug in slugs],
        )

    def _put_feed(self, place: int, spec: FeedSpec, uid: str, now: datetime) -> None:
        text = rows.spec_to_text(spec)
        old = self._one("SELECT spec FROM feeds WHERE slug = ?", (spec.slug,))
        if old is None:
            row = {"slug": spec.slug, "place": place, "uid": uid, "spec": text}
            # A number that no feed of this slug has had before: caches know a feed by it.
            changed = rows.micros(now)
            self._insert("feeds", row | {"generation": changed, "changed_at": changed})
        else:
            self._conn.execute(
                "UPDATE feeds SET place = ?, spec = ? WHERE slug = ?", (place, text, spec.slug)
            )
            if old["spec"] != text:
                self.touch((spec.slug,), now)
        self._conn.executemany(
            "INSERT INTO renamed (old, slug) VALUES (?, ?)", [(old, spec.slug) for old in spec.was]
        )


def _member_to_row(member: Member) -> dict[str, object]:
    return {
        "slug": member.slug,
        "uid": member.uid,
        "source_id": member.lead.source_id,
        "key": member.lead.key,
        "rank": member.rank,
        "position": rows.micros(member.position),
        "updated": rows.micros(member.updated),
        "said": member.said,
        "shown": member.shown,
    }


def _member_from_row(row: rows.Row) -> Member:
    return Member(
        slug=row["slug"],
        uid=row["uid"],
        lead=EntryRef(source_id=row["source_id"], key=row["key"]),
        rank=row["rank"],
        position=rows.time(row["position"]),
        updated=rows.time(row["updated"]),
        said=row["said"],
        shown=row["shown"],
    )
