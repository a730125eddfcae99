"""What a request asks for, apart from its path: pure functions over its headers and its query."""

from __future__ import annotations

import re
from datetime import datetime

from werkzeug.datastructures import Accept, ETags, LanguageAccept, MultiDict

from aggregator.serving.render.words import LANGUAGES

LIMIT_MAX = 200  # items; the largest document that a reader may ask for
CODINGS = ("br", "gzip")  # in our order of preference
_NUMBER = re.compile(r"[0-9]{1,9}")


def canonical_query(arguments: MultiDict[str, str]) -> str:
    """The one spelling of a feed's query: `limit=N` with N in 1..200, or nothing (rule 100).

    A larger limit is the largest; anything else that is no limit is dropped, of several the first
    counts. Every other parameter is dropped: what cannot change the answer may not multiply it.
    """
    given = arguments.get("limit", "")
    limit = min(int(given), LIMIT_MAX) if _NUMBER.fullmatch(given) else 0
    return f"limit={limit}" if limit else ""


def coding(accepted: Accept) -> str:
    """The content coding to answer in: br, gzip or "" (identity), by quality, then by our order.

    Identity is always acceptable to us as the last resort (RFC 9110, 12.5.3).
    """
    best = max(CODINGS, key=accepted.quality)
    plain = accepted.quality("identity") if "identity" in accepted.values() else 0
    return best if accepted.quality(best) > plain else ""


def language(chosen: str | None, accepted: LanguageAccept) -> str:
    """The language of a page: `?lang=` if we speak it, else the reader's, else English."""
    if chosen in LANGUAGES:
        return chosen
    return accepted.best_match(LANGUAGES, default=LANGUAGES[0])


def unchanged(
    hashes: ETags, since: datetime | None, etags: frozenset[str], modified: datetime | None
) -> bool:
    """Whether the reader has it already: by any of our entity tags, else by time (RFC 9110, 13).

    `If-None-Match` is compared weakly, in any coding, and silences `If-Modified-Since`.
    """
    if hashes:
        return any(hashes.contains_weak(etag) for etag in etags)
    return since is not None and modified is not None and modified <= since
