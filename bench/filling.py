"""A store with as many entries as a size asks for: what the lane wrote, copied under other names.

The lane itself would take minutes for each size. A copy has rows, lengths and trees like the
original; its keys are other numbers all over their range, so it is a candidate of nothing else.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

# What of each table another copy must have differently: numbers are moved on, names get a suffix,
# keys are mixed.
_TABLES: dict[str, dict[str, str]] = {
    "stories": {"id": "moved", "uid": "named"},
    "story_keys": {"key": "mixed", "story_id": "moved"},
    "articles": {"id": "moved", "uid": "named", "story_id": "moved"},
    "entries": {
        "id": "moved",
        "key": "named",
        "founds": "named",
        "article_id": "moved",
        "url": "named",
        "canonical": "named",
    },
    "names": {"name": "named", "entry_id": "moved"},
    "wordings": {"entry_id": "moved"},
    "candidates": {"key": "mixed", "entry_id": "moved"},
    "matches": {"entry_id": "moved", "other_id": "moved"},
    "members": {"uid": "named", "lead_id": "moved"},
}
_EXPRESSIONS = {
    "moved": "{name} + :step",
    "named": "{name} || :suffix",
    "mixed": "(({name} | :mask) - ({name} & :mask))",  # exclusive or
}


def fill(path: Path, entries: int) -> None:
    """Copy what the store holds until it holds so many entries."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA cache_size = -262144")
    conn.execute("PRAGMA synchronous = OFF")
    ours = {table: f"own_{table}" for table in _TABLES}
    for table, own in ours.items():
        conn.execute(f"CREATE TEMP TABLE {own} AS SELECT * FROM {table}")
    (held,) = conn.execute("SELECT count(*) FROM own_entries").fetchone()
    random = Random(entries)
    for copy in range(1, entries // held):
        values = {"step": copy * 10_000_000, "suffix": f"-{copy}", "mask": random.getrandbits(62)}
        conn.execute("BEGIN")
        for table, changes in _TABLES.items():
            conn.execute(_copying(conn, table, changes), values)
        conn.execute("COMMIT")
    conn.execute("ANALYZE")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()


def _copying(conn: sqlite3.Connection, table: str, changes: dict[str, str]) -> str:
    columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    made = [
        _EXPRESSIONS[changes[name]].format(name=name) if name in changes else name
        for name in columns
    ]
    order = " ORDER BY 1" if "mixed" in changes.values() else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "
        f"SELECT {', '.join(made)} FROM own_{table}{order}"
    )
