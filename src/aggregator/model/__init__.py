"""What flows through the service: frozen values and nothing else.

Every type is frozen, slotted and keyword-only, holds tuples, and gives its times as aware UTC
datetimes. One dataclass a concept; the store maps each with one `to_row`/`from_row` pair.
"""
