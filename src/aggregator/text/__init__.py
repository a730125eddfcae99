"""Text rules: str in, value out. Each module is one concern; no I/O, no clock."""
