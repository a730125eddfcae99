"""One visit to a source: ask, follow, read within bounds, and say in one value what it came to.

Whatever a network or a server does is an outcome with a stable name, so nothing here raises for it.
One deadline covers the whole visit, redirects and the slowest drip included; redirects are followed
by hand, because who is asked next, and with which password, is ours to decide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self

import aiohttp

from aggregator.model.fetched import Fetched, FetchResult, Freshness, NotModified, Refused, Why
from aggregator.model.source import Source, SourceState
from aggregator.polling.fetch import address, answer, causes, question
from aggregator.polling.fetch.address import Address
from aggregator.polling.fetch.body import PIECE, Body
from aggregator.text import secrets

MOST_REDIRECTS = 5
"""Hops that are followed; browsers allow 20, but no feed was seen to need more than three."""

LONGEST_HEADER = 32 * 1024
"""Bytes of one header line. Portals do send 10 KB of Link and Content-Security-Policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """How far one visit has come: the address to ask next, and how we got there."""

    source: Source
    now: datetime
    address: Address
    conditions: Mapping[str, str]
    codings: str = question.CODINGS
    hops: int = 0
    permanent: bool = True

    def refused(self, why: Why, detail: str) -> Refused:
        return _refused(self.source, self.now, why, detail)


class Client:
    """Fetches sources. A context manager, which owns the connections.

    `environ` is where `${NAME}` in addresses is looked up; `base_url` is our own address, told to
    publishers in the User-Agent.
    """

    def __init__(self, environ: Mapping[str, str], *, base_url: str | None = None) -> None:
        self._environ = environ
        self._user_agent = question.user_agent(base_url)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": question.ACCEPT},
            max_field_size=LONGEST_HEADER,
            max_line_size=LONGEST_HEADER,
            timeout=aiohttp.ClientTimeout(total=None),  # `fetch` has one deadline for all of it
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> FetchResult:
        """Ask a source whether there is anything new. Takes `source.timeout` at most."""
        try:
            start = address.opened(source.url, self._environ)
        except KeyError as missing:
            detail = f"the environment variable {missing.args[0]} is not set"
            return _refused(source, now, Why.SECRET_MISSING, detail)
        except ValueError:
            detail = f"{source.url} is not an address that can be asked"
            return _refused(source, now, Why.UNREACHABLE, detail)
        conditions = question.conditions(state.validators, now)
        visit = _Visit(source=source, now=now, address=start, conditions=conditions)
        try:
            async with asyncio.timeout(source.timeout.total_seconds()):
                return await self._follow(visit)
        except TimeoutError:
            within = f"within {source.timeout.total_seconds():g} s"
            return visit.refused(Why.TIMEOUT, f"{start.host} did not finish its answer {within}")

    async def _follow(self, visit: _Visit) -> FetchResult:
        step = await self._ask(visit)
        while isinstance(step, _Visit):
            step = await self._ask(step)
        return step

    async def _ask(self, visit: _Visit) -> FetchResult | _Visit:
        """One request; its result, or the visit as it goes on."""
        headers = {"Accept-Encoding": visit.codings, **visit.conditions}
        if visit.address.authorization:
            headers["Authorization"] = visit.address.authorization
        try:
            async with self._session.get(
                visit.address.url, headers=headers, allow_redirects=False
            ) as response:
                return await self._understand(visit, response)
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            return visit.refused(*causes.explain(error, visit.address.host))

    async def _understand(
        self, visit: _Visit, response: aiohttp.ClientResponse
    ) -> FetchResult | _Visit:
        status, headers = response.status, response.headers
        if status in answer.REDIRECTS:
            permanent = status in answer.PERMANENT
            return _next(visit, permanent=permanent, location=headers.get("Location", ""))
        freshness = answer.freshness(headers, visit.now)
        if status == 304 and visit.conditions:
            return NotModified(
                source_id=visit.source.id,
                at=visit.now,
                validators=answer.validators(headers),
                freshness=freshness,
            )
        if status != 200:
            detail = f"{visit.address.host} answered {answer.phrase(status)}"
            refused = visit.refused(answer.refusal(status), detail)
            return replace(refused, status=status, freshness=freshness)
        body = await _body(visit, response)
        if body is Why.BAD_ENCODING and visit.codings != "identity":
            return replace(visit, codings="identity")  # rule 55
        return self._fetched(visit, response, freshness, body)

    def _fetched(
        self,
        visit: _Visit,
        response: aiohttp.ClientResponse,
        freshness: Freshness,
        body: bytes | Why,
    ) -> Fetched | Refused:
        if isinstance(body, Why):
            return visit.refused(body, _fault(visit, body))
        if not body.strip():
            return visit.refused(Why.EMPTY_BODY, _fault(visit, Why.EMPTY_BODY))
        url = address.folded(visit.address.url, visit.source.url, self._environ)
        media_type, charset = answer.content_type(response.headers)
        return Fetched(
            source_id=visit.source.id,
            at=visit.now,
            url=url,
            body=body,
            media_type=media_type,
            charset=charset,
            moved_to=url if visit.hops and visit.permanent else None,
            validators=answer.validators(response.headers),
            freshness=freshness,
        )


def _next(visit: _Visit, *, permanent: bool, location: str) -> _Visit | Refused:
    """The visit after one more redirect, or why it ends here."""
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
    return replace(
        visit,
        address=there,
        hops=visit.hops + 1,
        permanent=visit.permanent and permanent,
    )


async def _body(visit: _Visit, response: aiohttp.ClientResponse) -> bytes | Why:
    limit = visit.source.max_size
    if (response.content_length or 0) > limit:
        return Why.TOO_LARGE
    body = Body(response.headers.get("Content-Encoding", ""), limit)
    async for chunk in response.content.iter_chunked(PIECE):
        if why := body.feed(chunk):
            return why
    return body.close()


def _fault(visit: _Visit, why: Why) -> str:
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
