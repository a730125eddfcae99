"""Why a connection failed, in words that a person understands.

The library's exceptions are many and their texts are for programmers; an operator wants to know
whether it is the name, the network, the certificate or the server.
"""

from __future__ import annotations

import errno
import socket
import ssl

import aiohttp

from aggregator.model.fetched import Why
from aggregator.polling.fetch.guard import Forbidden

_BY_ERRNO = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "the connection was reset",
    errno.EPIPE: "the connection was reset",
    errno.EHOSTUNREACH: "no route to the host",
    errno.ENETUNREACH: "no route to its network",
    errno.ENETDOWN: "the network is down",
}


def explain(error: Exception, host: str, *, proxied: bool) -> tuple[Why, str]:
    """The stable name and the words, naming the host, for anything that a request may raise. Behind
    a proxy the only name that we look up is the proxy's own."""
    match error:
        case aiohttp.ClientConnectorError(os_error=Forbidden(address=address)):
            return Why.FORBIDDEN_ADDRESS, _forbidden(host, address)
        case aiohttp.ClientProxyConnectionError():
            return Why.UNREACHABLE, f"the proxy could not be reached: {_system(error.os_error)}"
        case aiohttp.ClientHttpProxyError(status=407):
            return Why.UNAUTHORIZED, "the proxy wants another login (407)"
        case aiohttp.ClientHttpProxyError():
            return Why.UNREACHABLE, f"the proxy has no way to {host} ({error.status})"
        case aiohttp.ClientConnectorDNSError() if proxied:
            return Why.UNREACHABLE, "the proxy could not be reached: its name was not found"
        case aiohttp.ClientConnectorDNSError():
            return Why.UNREACHABLE, f"{host} could not be reached: {_lookup(error.os_error, host)}"
        case aiohttp.ClientConnectorCertificateError():
            return Why.TLS, f"the certificate of {host} is not valid: {_verdict(error)}"
        case aiohttp.ClientSSLError():
            return Why.TLS, f"no encrypted connection to {host} could be agreed on"
        case aiohttp.ClientPayloadError():
            return Why.UNREACHABLE, f"{host} broke the connection in the middle of its answer"
        case aiohttp.ServerDisconnectedError():
            return Why.UNREACHABLE, f"{host} closed the connection without an answer"
        case aiohttp.ClientResponseError():
            return _unreadable(error, host)
        case OSError():
            return Why.UNREACHABLE, f"{host} could not be reached: {_system(error)}"
        case UnicodeError() | aiohttp.InvalidURL():
            return Why.UNREACHABLE, f"{host} could not be reached: not a possible name of a host"
        case _:
            return Why.UNREACHABLE, f"{host} could not be reached: {type(error).__name__}"


def _forbidden(host: str, address: str) -> str:
    at = f"{host} is at {address}, which" if host != address else f"{host}"
    return f"{at} is no public address; if that is meant, set allow_private: true"


def _lookup(error: OSError, host: str) -> str:
    if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        return f"no such host {host}"
    return "its name could not be looked up (is there a network?)"


def _verdict(error: aiohttp.ClientConnectorCertificateError) -> str:
    cause = error.certificate_error
    return cause.verify_message if isinstance(cause, ssl.SSLCertVerificationError) else "refused"


def _unreadable(error: aiohttp.ClientResponseError, host: str) -> tuple[Why, str]:
    """The library tells a header flood from plain nonsense in its message only."""
    if error.message.startswith(("Got more than", "Too many headers")):
        return Why.TOO_LARGE, f"{host} answered with headers that are too long or too many"
    return Why.BAD_STATUS, f"{host} answered with something that is not HTTP"


def _system(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "the connection timed out"
    if error.errno is None:
        return "none of its addresses answered"
    return _BY_ERRNO.get(error.errno) or error.strerror or type(error).__name__
