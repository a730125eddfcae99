"""What we ask with: the headers of a conditional, honest request.

Pure. We say who we are and what we can read, and never pretend to be a browser (rule 116).
"""

from __future__ import annotations

from datetime import datetime

from aggregator import __version__
from aggregator.model.fetched import Validators
from aggregator.polling.fetch import dates

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
CODINGS = "gzip, deflate, br"


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
