"""Which addresses may be asked, checked on the very address that a socket is about to connect to.

Not what a name was looked up as before: it may point elsewhere a moment later (DNS rebinding), and
every redirect is a new chance. So the guard makes the sockets (rule 56), and sees every hop.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291 §2.4; nothing else of IPv6 is on the internet
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


class Forbidden(OSError):
    """A connection that was not made. Its text is always the same, so that a host of which every
    address is forbidden is told from one of which some address did not answer."""

    def __init__(self, address: str) -> None:
        super().__init__("forbidden address")
        self.address = address


def is_public(address: str) -> bool:
    """Whether an IP address (with its zone, if any) is one of the public internet.

    IPv6 addresses that carry an IPv4 address (mapped, NAT64, 6to4) are judged by that one, since
    that is where they lead; `is_global` alone takes them, Teredo's and multicast ones for public.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = _carried(ip)
        return is_public(str(inner)) if inner else _is_public_unicast(ip)
    return ip.is_global and not ip.is_multicast


def is_own(host: str) -> bool:
    """Whether a host, as written, is of the operator's own network: no name of the internet.

    Addresses are understood as the C library does, which takes `127.1` and `2130706433` for one.
    """
    try:
        return not is_public(host)
    except ValueError:
        pass
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, ValueError):
        return host.rstrip(".").rpartition(".")[2] == "localhost"


def sockets(may_connect: Callable[[str], bool]) -> Callable[[tuple[Any, ...]], socket.socket]:
    """A maker of sockets for what `getaddrinfo` gives, which are connected right after. It raises
    `Forbidden` for an address that may not be."""

    def make(info: tuple[Any, ...]) -> socket.socket:
        if not may_connect(info[4][0]):
            raise Forbidden(info[4][0])
        return socket.socket(*info[:3])

    return make


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _is_public_unicast(ip: IPv6Address) -> bool:
    return ip in _GLOBAL_UNICAST and ip.is_global and ip.teredo is None
