"""A server of everything that servers do wrong, each wrong under a name and with what it deserves.

`wire` and `bodies` are tables of attacks, `server` puts each on an address of its own, so that a
poller that is polite to hosts can be attacked by all of them at once. The results are the service's
stable names, written here as words: the newsroom knows nothing of the service.
"""

from aggregator.newsroom.hostile.attack import Attack
from aggregator.newsroom.hostile.bodies import BODIES
from aggregator.newsroom.hostile.server import Hostile, serve
from aggregator.newsroom.hostile.wire import WIRE

ATTACKS = (*WIRE, *BODIES)
"""Every attack; names differ."""

__all__ = ["ATTACKS", "Attack", "Hostile", "serve"]
