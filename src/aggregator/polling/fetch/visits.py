"""One visit as a value: whom to ask next, with which headers, and how far it has come.

Pure; `client` does what it says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.model.fetched import Refused, Why
from aggregator.model.source import Source, SourceState
from aggregator.polling.fetch import address, guard, question
from aggregator.polling.fetch.address import Address
from aggregator.text import secrets

MOST_REDIRECTS = 5
"""Hops that are followed; browsers allow 20, but no feed was seen to need more than three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How far a visit has come. `deadline` is what it must end by, once it has begun; `bare` asks
    what there is and takes no body."""

    source: Source
    now: datetime
    address: Address
    headers: Mapping[str, str]
    conditions: Mapping[str, str]
    adopted: bool = False
    proxy: str | None = None
    codings: str = question.CODINGS
    hops: int = 0
    permanent: bool = True
    deadline: asyncio.Timeout | None = None
    bare: bool = False

    def refused(self, why: Why, detail: str) -> Refused:
        return _refused(self.source, self.now, why, detail)


def begun(
    source: Source,
    state: SourceState,
    now: datetime,
    *,
    adopted: bool,
    environ: Mapping[str, str],
    agent: str,
) -> Visit | Refused:
    """The visit before its first request; `adopted`: to where the source has moved. `agent` is what
    we call ourselves unless the source says otherwise."""
    try:
        told, kept = question.headers(source.headers, environ)
        start = replace(address.opened(source.url, environ), secrets=kept)
        if adopted and state.moved_to:
            start = address.followed(start, secrets.expand(state.moved_to, environ))
        proxy = secrets.expand(source.proxy, environ) if source.proxy else None
    except KeyError as missing:
        detail = f"the environment variable {missing.args[0]} is not set"
        return _refused(source, now, Why.SECRET_MISSING, detail)
    except question.NotALine as header:
        detail = f"the header {header} is not one line with its secrets put in"
        return _refused(source, now, Why.UNREACHABLE, detail)
    except ValueError:
        detail = f"{source.url} is not an address that can be asked"
        return _refused(source, now, Why.UNREACHABLE, detail)
    ours = (("User-Agent", source.user_agent or agent), ("Accept", question.ACCEPT))
    return Visit(
        source=source,
        now=now,
        address=start,
        headers=question.merged(ours, told),
        conditions=_conditions(state, now, adopted=adopted),
        adopted=adopted,
        proxy=proxy,
    )


def _conditions(state: SourceState, now: datetime, *, adopted: bool) -> dict[str, str]:
    """None for the whole document of each day, and where the validators are another address's."""
    if question.is_full_due(state.last_full, now) or (state.moved_to and not adopted):
        return {}
    return question.conditions(state.validators, now)


def followed(visit: Visit, *, permanent: bool, location: str) -> Visit | Refused:
    """The visit after one more redirect, or why it ends here. Where a proxy connects we do not see,
    so behind one a redirect is judged as it is written."""
    host = visit.address.host
    if visit.hops == MOST_REDIRECTS:
        detail = f"{host} redirected once more after {MOST_REDIRECTS} redirects"
        return visit.refused(Why.TOO_MANY_REDIRECTS, detail)
    if not location:
        return visit.refused(Why.BAD_REDIRECT, f"{host} redirected to nowhere")
    try:
        there = address.followed(visit.address, location)
    except ValueError:
        detail = f"{host} redirected to something that is no http(s) address"
        return visit.refused(Why.BAD_REDIRECT, detail)
    if visit.proxy and not visit.source.allow_private and guard.is_own(there.host):
        detail = f"{host} redirected to {there.host}, which is no public address"
        return visit.refused(Why.FORBIDDEN_ADDRESS, detail)
    return replace(
        visit,
        address=there,
        hops=visit.hops + 1,
        permanent=visit.permanent and permanent,
    )


def fault(visit: Visit, why: Why) -> str:
    """What was wrong with a body, in words."""
    host = visit.address.host
    match why:
        case Why.TOO_LARGE:
            return f"{host} sent more than the {visit.source.max_size:,} bytes that are allowed"
        case Why.BAD_ENCODING:
            return f"{host} sent a body that is not compressed as it says, twice"
        case _:
            return f"{host} sent an empty body"


def _refused(source: Source, now: datetime, why: Why, detail: str) -> Refused:
    return Refused(source_id=source.id, at=now, why=why, detail=secrets.redact(detail))
