"""The store on SQLite (WAL), through sqlite-utils over our own connection."""
