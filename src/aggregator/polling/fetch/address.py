"""The address that is asked: secrets go in here, and are folded back before it leaves.

Pure. A redirect is followed by hand, so that what it may change is decided in one place: the
address, but neither the scheme to something that is not the web, nor who gets to see a password.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from yarl import URL

from aggregator.text import secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to ask: `url` without user and password, which are in `authorization` instead."""

    url: URL
    authorization: str | None = None

    @property
    def host(self) -> str:
        return self.url.host or ""


def opened(template: str, environ: Mapping[str, str]) -> Address:
    """A configured address with its secrets put in, as they are (an operator encodes `&` or `/`).

    Raises `KeyError(name)` for a `${NAME}` that is not in `environ`, `ValueError` if what results
    is no web address.
    """
    url = _web(URL(secrets.expand(template, environ)))
    return Address(url=_bare(url), authorization=_basic(url))


def followed(address: Address, location: str) -> Address:
    """Where a redirect leads. Raises `ValueError` if that is no web address.

    The login goes along only to the host that it is meant for, and never from https to http.
    """
    url = _bare(_web(address.url.join(URL(location))))
    same = url.origin() == address.url.origin()
    upgraded = url.host == address.url.host and url.scheme == "https"
    return Address(url=url, authorization=address.authorization if same or upgraded else None)


def folded(url: URL, template: str, environ: Mapping[str, str]) -> str:
    """An address that may be stored: values of the template's secrets are `${NAME}` again.

    Only behind the host, which is no secret and is needed to resolve relative links.
    """
    names = {
        spelling: name
        for name in secrets.names(template)
        for spelling in _spellings(environ.get(name, ""))
    }
    rest = url.raw_path_qs
    if names:
        longest_first = sorted(names, key=len, reverse=True)
        values = re.compile("|".join(map(re.escape, longest_first)))
        rest = values.sub(lambda match: f"${{{names[match[0]]}}}", rest)
    return f"{url.origin()}{rest}"


def _spellings(value: str) -> frozenset[str]:
    """A secret as it may stand in an address: plain, and quoted in the ways that servers quote."""
    in_path = URL.build(path=f"/{value}").raw_path.removeprefix("/")
    in_query = URL.build(query_string=value).raw_query_string
    quoted = (quote(value), quote(value, safe=""), quote_plus(value))
    return frozenset(filter(None, (value, in_path, in_query, *quoted)))


def _web(url: URL) -> URL:
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("only http and https addresses with a host are asked")
    return url


def _bare(url: URL) -> URL:
    return url.with_user(None).with_fragment(None)


def _basic(url: URL) -> str | None:
    if url.user is None:
        return None
    login = f"{url.user}:{url.password or ''}".encode()
    return f"Basic {b64encode(login).decode()}"
