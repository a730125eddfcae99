"""Secrets in addresses: `${NAME}` stays unexpanded until the fetch, and nothing prints a value.

Agencies hand out feed addresses with credentials in them. Expansion happens in one place (the
fetch), redaction wherever an address leaves the process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

MASK = "***"
_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRET_HEADER = re.compile(r"(?i)auth|token|secret|password|cookie|api[-_]?key|signature")
_SECRET_PARAMETER = re.compile(
    r"(?i)([?&;](?:[^=&;#]*(?:pass|pwd|secret|token|key|auth|sig)[^=&;#]*|user(?:name)?|login)=)"
    r"(?!\*\*\*)[^&;#]*"
)


def names(text: str) -> tuple[str, ...]:
    """The names of environment variables that a text asks for, in order, each once."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def expand(text: str, environ: Mapping[str, str]) -> str:
    """Put the values in. Raises `KeyError(name)` for the first that is not there."""
    return _NAME.sub(lambda match: environ[match[1]], text)


def is_secret_header(name: str) -> bool:
    """Whether a header of this name tells who we are: it is for one origin alone."""
    return _SECRET_HEADER.search(name) is not None


def redact(url: str) -> str:
    """An address that may be shown: passwords, tokens and `${NAME}` become `***`. Idempotent."""
    shown = _SECRET_PARAMETER.sub(rf"\g<1>{MASK}", _NAME.sub(MASK, url))
    try:
        parts = urlsplit(shown)
    except ValueError:
        return shown
    if "@" not in parts.netloc:
        return shown
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{MASK}@{host}"))
