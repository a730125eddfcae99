"""A bounded copy of a store, to try things on: the newest entries, with all that hangs on them.

Rows are copied as they are, so that the copy is grouped, judged and filled as the store is at this
moment; what is not needed to group and to fill (revisions, windows, names) stays behind.
"""

from __future__ import annotations

from pathlib import Path

from aggregator.store.sqlite import schema
from aggregator.store.sqlite.connect import Connections, translated

_WHOLE = "1"
_OF_ENTRIES = "entry_id IN (SELECT id FROM main.entries)"
# Each table after those that it refers to, and which of its rows are copied.
_ROWS = {
    "settings": _WHOLE,
    "sources": _WHOLE,
    "feeds": _WHOLE,
    "renamed": _WHOLE,
    "snapshots": _WHOLE,
    "articles": "id IN (SELECT id FROM temp.kept)",
    "stories": "id IN (SELECT story_id FROM main.articles)",
    "story_keys": "story_id IN (SELECT id FROM main.stories)",
    "entries": "article_id IN (SELECT id FROM temp.kept)",
    "matches": f"{_OF_ENTRIES} AND other_id IN (SELECT id FROM main.entries)",  # noqa: S608 - ours
    "wordings": _OF_ENTRIES,
    "candidates": _OF_ENTRIES,
    "withdrawals": _OF_ENTRIES,
    "notices": _OF_ENTRIES,
    "members": "lead_id IN (SELECT id FROM main.entries)",
}
# What may refer to a row that is not in the copy.
_LOOSE = (("entries", "superseded_by"), ("notices", "target_id"))
_KEPT = """
CREATE TEMP TABLE kept AS
SELECT DISTINCT article_id AS id FROM (SELECT article_id FROM live.entries ORDER BY id DESC LIMIT ?)
"""


def copy(path: Path, to: Path, *, newest: int) -> None:
    """Copy the articles of so many of the newest entries of the store at `path`, which is only
    read, to a new one. Raises `StoreError`."""
    connections = Connections(to)
    conn = connections.db.conn
    try:
        schema.migrate(connections.db)
        with translated(path):
            conn.execute("PRAGMA foreign_keys = OFF")
            conn.execute("ATTACH ? AS live", (f"{path.absolute().as_uri()}?mode=ro",))
            with connections.transaction():
                conn.execute(_KEPT, (newest,))
                for table, which in _ROWS.items():
                    columns = ", ".join(connections.db[table].columns_dict)
                    conn.execute(
                        f"INSERT INTO main.{table} ({columns}) "  # noqa: S608 - names are ours
                        f"SELECT {columns} FROM live.{table} WHERE {which}"
                    )
                for table, column in _LOOSE:
                    conn.execute(
                        f"UPDATE main.{table} SET {column} = NULL "  # noqa: S608
                        f"WHERE {column} NOT IN (SELECT id FROM main.entries)"
                    )
    finally:
        connections.close()
