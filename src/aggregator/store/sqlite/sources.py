"""Sources and the schedule: the claims, the leases, and the state that each poll leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from aggregator.errors import UnknownName
from aggregator.matching.renames import renames
from aggregator.model.reading import Finding, Window
from aggregator.model.source import Source, SourceState
from aggregator.ports import Claim
from aggregator.store.sqlite import rows
from aggregator.store.sqlite.base import Part

# The longest waiting first, at most :per_host of one host leased at once, those under lease
# counted; the rank inside a host is taken before the limit, or one busy host would fill it. Among
# those of a host, and for a limit of their own, the refused ones come last.
_CLAIM_DUE = """
WITH leased AS (
  SELECT host, count(*) AS n FROM sources WHERE lease_until > :now GROUP BY host
), due AS (
  SELECT id, next_poll_at, failures > 0 AS refused,
         row_number() OVER (PARTITION BY host ORDER BY failures > 0, next_poll_at, id)
         + coalesce((SELECT n FROM leased WHERE leased.host = sources.host), 0) AS turn
  FROM sources
  WHERE configured AND enabled AND (next_poll_at <= :now OR last_attempt > :ahead)
    AND (lease_until IS NULL OR lease_until <= :now)
), allowed AS (
  SELECT *, row_number() OVER (PARTITION BY refused ORDER BY next_poll_at, id) AS place
  FROM due WHERE turn <= :per_host
)
UPDATE sources SET lease_until = :until
WHERE id IN (
  SELECT id FROM allowed WHERE NOT refused OR :refused IS NULL OR place <= :refused
  ORDER BY next_poll_at, id LIMIT :limit
)
RETURNING id
"""
_CLAIM_NAMED = """
UPDATE sources SET lease_until = :until
WHERE id = :id AND configured AND (lease_until IS NULL OR lease_until <= :now)
RETURNING id
"""
_CLAIMED = f"""
SELECT {rows.SOURCE_COLUMNS}, {rows.STATE_COLUMNS}, body, places
FROM sources LEFT JOIN windows ON windows.source_id = sources.id
WHERE id IN ({{}}) ORDER BY next_poll_at, id
"""  # noqa: S608 - column names are ours
# So that the next document comes whole.
_FORGET_ANSWER = {"etag": None, "last_modified": None}
_FORGET_POLLING = {
    "etag": None,
    "last_modified": None,
    "moved_to": None,
    "moved_checked": None,
    "moving_to": None,
    "moving_since": None,
    "moving_count": 0,
    "last_full": None,
    "hints": "[null,null,null,[],[]]",
    "failures": 0,
    "lease_until": None,
    "restless": None,
}


# A source that was asked so far in the future was asked by a clock that has been set back since.
_AHEAD = timedelta(hours=1)
FORGET_QUESTIONS = "DELETE FROM absences WHERE source_id = ? AND asked IS NULL"


class SourcesPart(Part):
    """Satisfies `ports.Schedule` and `ports.States`."""

    def claim_due(
        self,
        now: datetime,
        *,
        limit: int,
        per_host: int,
        lease: timedelta,
        refused: int | None = None,
    ) -> tuple[Claim, ...]:
        values = {
            "now": rows.micros(now),
            "until": rows.micros(now + lease),
            "limit": limit,
            "per_host": per_host,
            "refused": refused,
            "ahead": rows.micros(now + _AHEAD),
        }
        with self.transaction() as conn:
            ids = [row["id"] for row in conn.execute(_CLAIM_DUE, values).fetchall()]
            return self._claims(ids)

    def claim(self, ids: Iterable[str], now: datetime, *, lease: timedelta) -> tuple[Claim, ...]:
        asked = tuple(dict.fromkeys(ids))
        with self.transaction() as conn:
            known = {row["id"] for row in self._all("SELECT id FROM sources WHERE configured")}
            unknown = [name for name in asked if name not in known]
            if unknown:
                raise UnknownName(f"no source is called {', '.join(unknown)}")
            values = {"now": rows.micros(now), "until": rows.micros(now + lease)}
            given = [
                name
                for name in asked
                if conn.execute(_CLAIM_NAMED, {**values, "id": name}).fetchall()
            ]
            return self._claims(given)

    def release(self, ids: Iterable[str]) -> None:
        with self.transaction() as conn:
            conn.executemany(
                "UPDATE sources SET lease_until = NULL WHERE id = ?", [(name,) for name in ids]
            )

    def release_all(self) -> None:
        """Give every lease back: for the only poller of an installation, when it starts."""
        with self.transaction() as conn:
            conn.execute("UPDATE sources SET lease_until = NULL WHERE lease_until IS NOT NULL")

    def first_document(self, source_id: str) -> bool:
        row = self._one("SELECT last_success FROM sources WHERE id = ?", (source_id,))
        return row is None or row["last_success"] is None

    def window(self, source_id: str) -> Window:
        row = self._one("SELECT body, places FROM windows WHERE source_id = ?", (source_id,))
        return rows.window_from_row(row)

    def settle(self, state: SourceState, findings: tuple[Finding, ...] | None) -> None:
        row = rows.state_to_row(state)
        if findings is not None:
            row["findings"] = rows.findings_to_text(findings)
        sets = ", ".join(f"{name} = :{name}" for name in row if name != "id")
        self._conn.execute(f"UPDATE sources SET {sets} WHERE id = :id", row)  # noqa: S608
        if findings is not None and state.window != self.window(state.source_id):
            window = rows.window_to_row(state.source_id, state.window)
            self._upsert("windows", window, ("source_id",))
            self._forget_unlisted(state.source_id, state.window)

    def is_asked(self, source: Source) -> bool:
        row = self._one("SELECT url FROM sources WHERE id = ? AND configured", (source.id,))
        return row is not None and row["url"] == source.url

    def count(self, name: str, labels: Mapping[str, str], by: int = 1) -> None:
        self._conn.execute(
            "INSERT INTO counters (name, labels, value) VALUES (?, ?, ?) "
            "ON CONFLICT (name, labels) DO UPDATE SET value = value + excluded.value",
            (name, rows.dumps(dict(labels)), by),
        )

    def configured(self) -> Mapping[str, Source]:
        return self._applied("sources", self._configured)

    def _configured(self) -> Mapping[str, Source]:
        found = self._all(
            f"SELECT {rows.SOURCE_COLUMNS} FROM sources WHERE configured ORDER BY place"  # noqa: S608
        )
        return {row["id"]: rows.source_from_row(row) for row in found}

    def set_sources(self, sources: Iterable[Source], now: datetime) -> None:
        self._apply()
        sources = tuple(sources)
        for old_name, new_name in renames(self._every_source().values(), sources).items():
            self._rename(old_name, new_name)
        before = self._every_source()
        self._conn.execute("UPDATE sources SET configured = 0")
        for place, source in enumerate(sources):
            row = rows.source_to_row(source) | {"place": place, "configured": 1}
            old = before.get(source.id)
            if old and old.url != source.url:
                row |= _FORGET_POLLING
            if old and _taught(old) != _taught(source):
                row |= _FORGET_ANSWER
                self._conn.execute("DELETE FROM windows WHERE source_id = ?", (source.id,))
                self._conn.execute(FORGET_QUESTIONS, (source.id,))
            due = self._due(source, old, now)
            self._upsert("sources", row | {"next_poll_at": due}, ("id",))

    def _every_source(self) -> dict[str, Source]:
        """Those taken out of the configuration as well."""
        found = self._all(f"SELECT {rows.SOURCE_COLUMNS} FROM sources ORDER BY configured")  # noqa: S608
        return {row["id"]: rows.source_from_row(row) for row in found}

    def _rename(self, old: str, new: str) -> None:
        """Let a source, with all that hangs on its name, have another one. A poll of it that is on
        its way is dropped when it ends; its furniture is learnt again under the new name."""
        self._conn.execute("PRAGMA defer_foreign_keys = ON")
        self._conn.execute("UPDATE sources SET id = ?, lease_until = NULL WHERE id = ?", (new, old))
        self._conn.execute(
            "UPDATE entries SET born = source_id WHERE source_id = ? AND born = ''", (old,)
        )
        for table in ("entries", "windows", "names", "tombstones", "absences"):
            self._conn.execute(
                f"UPDATE {table} SET source_id = ? WHERE source_id = ?",  # noqa: S608 - ours
                (new, old),
            )
        self._conn.execute(
            "UPDATE withdrawals SET by = ? || substr(by, ?) WHERE substr(by, 1, ?) = ? || '/'",
            (new, len(old) + 1, len(old) + 1, old),
        )
        self._conn.execute("UPDATE snapshots SET made = 0")
        self._numbers.clear()

    def _due(self, source: Source, before: Source | None, now: datetime) -> int:
        """What is new, or asks for another address or rhythm, is due at once; else as it was."""
        if before and _asking(before) == _asking(source):
            row = self._one("SELECT next_poll_at FROM sources WHERE id = ?", (source.id,))
            if row:
                return int(row["next_poll_at"])
        return rows.micros(now)

    def _forget_unlisted(self, source_id: str, window: Window) -> None:
        found = self._all("SELECT entry, name FROM tombstones WHERE source_id = ?", (source_id,))
        listed = {row["entry"] for row in found if row["name"] in window.names}
        gone = sorted({row["entry"] for row in found} - listed)
        self._conn.executemany(
            "DELETE FROM tombstones WHERE source_id = ? AND entry = ?",
            [(source_id, entry) for entry in gone],
        )

    def _claims(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        found: list[Any] = list(self._in(_CLAIMED, ids))
        claims = (
            Claim(
                source=rows.source_from_row(row),
                state=rows.state_from_row(row, rows.window_from_row(row)),
            )
            for row in found
        )
        return tuple(sorted(claims, key=lambda c: (c.state.next_poll_at, c.source.id)))


def _asking(source: Source) -> tuple[object, ...]:
    """What of a source decides when it is asked."""
    return *_taught(source), source.interval, source.min_interval, source.max_interval


def _taught(source: Source) -> tuple[object, ...]:
    """What of a source decides what its document says, so that the same one must be read anew."""
    return source.url, source.kind, source.agency, source.agencies
