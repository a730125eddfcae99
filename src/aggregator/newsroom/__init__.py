"""A simulated world of agencies and portals with a known truth; standard library only.

One engine for the demonstration, the fault tests and the measurements. It imports nothing of the
service and shares no library with it, so that no mistake of ours can hide another:

    chance → outlets, stories → wire (who writes) → press (who prints) → world → truth
                                                     formats, pages, pictures → site → server
"""

from aggregator.newsroom import truth
from aggregator.newsroom.demo import feeds_yaml
from aggregator.newsroom.server import Server, serve
from aggregator.newsroom.world import World

__all__ = ["Server", "World", "feeds_yaml", "serve", "truth"]
