"""The ports kept in a database."""
