"""The network, seen through aiohttp: one request in, one value out.

`client` does; how a visit goes on (`visits`), what it asks with (`question`), whom (`address`,
`guard`), when (`hosts`), what an answer (`answer`), its body (`body`) and a failure (`causes`) mean
are decided beside it, without a socket. `resolver` and `budget` keep visits from starving others.
"""

from aggregator.polling.fetch.client import Client

__all__ = ["Client"]
