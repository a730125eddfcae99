"""The address that is asked: secrets go in here, and are folded back before it leaves.

Pure. A redirect is followed by hand, so that what it may change is decided in one place: the
address, but neither the scheme to something that is not the web, nor who gets to see a password.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from yarl import URL

from aggregator.text import secrets

_UPGRADE = ("http", "https")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to ask: `url` without user and password, which are in `authorization` instead.

    `secrets` are headers that, like it, are told to nobody else.
    """

    url: URL
    authorization: str | None = None
    secrets: tuple[tuple[str, str], ...] = ()

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

    Login and secrets go only to the host that they are meant for, and never from https to http.
    """
    target = URL(location)
    url = _bare(_web(address.url.join(target) if not target.scheme else target))
    same = url.origin() == address.url.origin()
    upgraded = url.host == address.url.host and (address.url.scheme, url.scheme) == _UPGRADE
    return replace(address, url=url) if same or upgraded else Address(url=url)


def folded(url: URL, template: str, environ: Mapping[str, str]) -> str:
    """An address that may be stored: values of the template's secrets are `${NAME}` again.

    Only behind the host, which is no secret and is needed to resolve relative links.
    """
    rest = url.raw_path_qs
    values = [(n, environ[n]) for n in secrets.names(template) if environ.get(n)]
    if values:
        longest_first = sorted(values, key=lambda pair: -len(pair[1]))
        spelt = re.compile("(?i)" + "|".join(f"(?P<{n}>{_spellings(v)})" for n, v in longest_first))
        rest = spelt.sub(lambda match: f"${{{match.lastgroup}}}", rest)
    return f"{url.origin()}{rest}"


def _spellings(value: str) -> str:
    """A pattern for a secret as it may stand in an address: servers quote as they like."""
    texts = dict.fromkeys((value, unquote(value)))
    return "|".join("".join(map(_letter, text)) for text in texts)


def _letter(letter: str) -> str:
    quoted = "".join(f"%{byte:02X}" for byte in letter.encode())
    also = {" ": ("+",), "+": ("%20",)}.get(letter, ())
    return f"(?:{'|'.join(map(re.escape, (letter, quoted, *also)))})"


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
