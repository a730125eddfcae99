"""What we ask with: the headers of a conditional, honest request.

Pure. We say who we are and what we can read, and never pretend to be a browser (rule 116).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from aggregator import __version__
from aggregator.model.fetched import Validators
from aggregator.polling.fetch import dates
from aggregator.text import secrets

Pairs = tuple[tuple[str, str], ...]

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
CODINGS = "gzip, deflate, br, zstd"

FULL_EVERY = timedelta(hours=24)
"""A whole document is asked for this often (rule 47): a server that answers 304 for ever, because
its clock or its cache is wrong, keeps nothing from us for longer than a day."""


def user_agent(base_url: str | None) -> str:
    """Our name, version, and the address where a publisher can see what we do."""
    return f"aggregator/{__version__}" + (f" (+{base_url})" if base_url else "")


def conditions(validators: Validators, now: datetime) -> dict[str, str]:
    """The headers that make a request conditional; empty if we have nothing to compare with.

    A Last-Modified in the future would get 304 for ever, so it is not sent (rule 47).
    """
    asked = {}
    if validators.etag:
        asked["If-None-Match"] = validators.etag
    changed = dates.parse(validators.last_modified)
    if validators.last_modified and not (changed and changed > now):
        asked["If-Modified-Since"] = validators.last_modified
    return asked


class NotALine(ValueError):
    """A header that would be several, or none, with its secrets put in."""


def merged(*parts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """All headers, each once: the later ones win, in whatever case they are written."""
    by_name = {name.lower(): (name, value) for part in parts for name, value in part}
    return dict(by_name.values())


def is_full_due(last_full: datetime | None, now: datetime) -> bool:
    """Whether this visit asks for the whole document, whatever we have."""
    return last_full is not None and abs(now - last_full) >= FULL_EVERY  # the clock may go back


def headers(
    templates: Iterable[tuple[str, str]], environ: Mapping[str, str]
) -> tuple[Pairs, Pairs]:
    """A source's own headers, secrets put in: those for everyone, and those for its host alone.

    Raises `KeyError(name)` for a `${NAME}` that is not in `environ`, `NotALine(header)`.
    """
    told: list[tuple[str, str]] = []
    kept: list[tuple[str, str]] = []
    for name, template in templates:
        value = secrets.expand(template, environ)
        if not value.isprintable():
            raise NotALine(name)
        private = secrets.is_secret_header(name) or secrets.names(template)
        (kept if private else told).append((name, value))
    return tuple(told), tuple(kept)
