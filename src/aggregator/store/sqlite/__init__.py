"""The store on SQLite (WAL), through sqlite-utils over our own connection."""

from __future__ import annotations

from pathlib import Path

from aggregator.errors import StoreError
from aggregator.store.sqlite import schema
from aggregator.store.sqlite.absences import AbsencesPart
from aggregator.store.sqlite.connect import Connections
from aggregator.store.sqlite.copying import copy
from aggregator.store.sqlite.notices import NoticesPart
from aggregator.store.sqlite.shelf import Shelf
from aggregator.store.sqlite.texts import TextsPart
from aggregator.store.sqlite.upkeep import UpkeepPart

__all__ = ["Shelf", "Store", "copy", "open_shelf", "open_store"]


class Store(Shelf, UpkeepPart, AbsencesPart, TextsPart, NoticesPart):
    """Everything, for the process that writes. Satisfies every port."""


def open_store(path: Path) -> Store:
    """The store at this path, made or migrated if need be.

    Raises `StoreError`, and `SchemaTooNew` for a database of a newer version.
    """
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist")
    connections = Connections(path)
    schema.migrate(connections.db)
    return Store(connections)


def open_shelf(path: Path) -> Shelf:
    """The store read-only; the file may come later, see `Shelf.not_ready`."""
    return Shelf(Connections(path, read_only=True))
