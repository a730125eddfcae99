"""Turns: visits to one host begin a gap apart, however many sources it has.

Pure; the time comes in as seconds of any clock that only moves forward. Redirects within a visit
are followed at once, as everyone does.
"""

from __future__ import annotations

GAP = 1.0
"""Seconds between the beginnings of two visits to one host: what crawlers of the 1990s agreed on
for a page a second, and less than a portal with thirty feeds notices."""

_MOST_REMEMBERED = 10_000


class Turns:
    """When each host may be asked next."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def take(self, host: str, now: float) -> float:
        """Seconds to wait until the turn that is ours from now on."""
        turn = max(now, self._next.get(host, now))
        if len(self._next) >= _MOST_REMEMBERED:
            self._next = {name: free for name, free in self._next.items() if free > now}
        self._next[host] = turn + GAP
        return turn - now
