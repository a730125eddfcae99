"""The network, seen through aiohttp: one request in, one value out."""
