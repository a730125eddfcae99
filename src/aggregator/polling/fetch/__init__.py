"""The network, seen through aiohttp: one request in, one value out.

`client` does; what it asks with (`question`), whom (`address`), what an answer (`answer`), its body
(`body`) and a failure (`causes`) mean are decided beside it, without a socket.
"""

from aggregator.polling.fetch.client import Client

__all__ = ["Client"]
