"""One visit to a source: ask, follow, read within bounds, and say in one value what it came to.

Whatever a network or a server does is an outcome with a stable name, so nothing here raises for it.
One deadline covers the whole visit, redirects and the slowest drip included; redirects are followed
by hand, because who is asked next, and with which password, is ours to decide.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from itertools import chain
from types import TracebackType
from typing import Any, Self

import aiohttp

from aggregator.model.fetched import Fetched, FetchResult, NotModified, Refused, Validators, Why
from aggregator.model.source import Source, SourceState
from aggregator.polling import moving
from aggregator.polling.fetch import address, answer, causes, guard, question, visits
from aggregator.polling.fetch.body import Body
from aggregator.polling.fetch.budget import SMALL, Budget
from aggregator.polling.fetch.codings import PIECE
from aggregator.polling.fetch.hosts import Turns
from aggregator.polling.fetch.resolver import Lookup, Resolver
from aggregator.polling.fetch.visits import Visit
from aggregator.reading import sniff

SocketFactory = Callable[[tuple[Any, ...]], socket.socket]

LONGEST_HEADER = 32 * 1024
"""Bytes of one header line. Portals do send 10 KB of Link and Content-Security-Policy."""

MOST_OF_A_PAGE = 64 * 1024
"""Bytes of an error's page that are looked at, to tell a challenge from a plain refusal."""

_MAY_CHALLENGE = frozenset({401, 403, 429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """A decoded body; `cut`: what came of it before it broke off."""

    body: bytes
    cut: bool


class Client:
    """Fetches sources. A context manager, which owns the connections.

    `environ` is where `${NAME}` in addresses and headers is looked up; `base_url` is our own
    address, told to publishers in the User-Agent; `lookup` finds the addresses of hosts, of which
    those that are not `is_public` are asked only for sources that allow it.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        base_url: str | None = None,
        lookup: Lookup = socket.getaddrinfo,
        is_public: Callable[[str], bool] = guard.is_public,
    ) -> None:
        self._environ = environ
        self._is_public = is_public
        self._user_agent = question.user_agent(base_url)
        self._lookup = lookup
        self._turns = Turns()
        self._budget = Budget()

    async def __aenter__(self) -> Self:
        """Two pools of connections: one that the guard has looked at, and one that may go anywhere,
        or a private source's connection could be used again by a redirect to the same place."""
        resolver = Resolver(self._lookup)
        self._guarded = _session(resolver, guard.sockets(self._is_public))
        self._unguarded = _session(resolver, None)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._guarded.close()
        await self._unguarded.close()

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> FetchResult:
        """Ask a source whether there is anything new.

        One that has moved is asked where it is now; its configured address is asked now and then,
        and if that fails, the other within the same call. Each takes `source.timeout` at most, once
        it is our turn at the host.
        """
        configured = moving.asks_configured(state, now)
        result = await self._visit(source, state, now, adopted=not configured)
        if isinstance(result, Refused) and configured and state.moved_to:
            return await self._visit(source, state, now, adopted=True)
        return result

    async def look(self, page: Source, since: datetime, now: datetime) -> FetchResult:
        """Ask whether a page is there, on the terms of `fetch`; its body is not taken.

        304 is for one that has not changed `since` a time. A HEAD would ask for less, but many
        servers answer it wrongly.
        """
        had = Validators(last_modified=format_datetime(since, usegmt=True))
        state = SourceState(source_id=page.id, next_poll_at=now, validators=had)
        return await self._visit(page, state, now, adopted=False, bare=True)

    async def _visit(
        self,
        source: Source,
        state: SourceState,
        now: datetime,
        *,
        adopted: bool,
        bare: bool = False,
    ) -> FetchResult:
        visit = visits.begun(
            source, state, now, adopted=adopted, environ=self._environ, agent=self._user_agent
        )
        if isinstance(visit, Refused):
            return visit
        host = visit.address.host
        if not guard.is_own(host):
            await asyncio.sleep(self._turns.take(host, asyncio.get_running_loop().time()))
        try:
            async with asyncio.timeout(source.timeout.total_seconds()) as deadline:
                return await self._follow(replace(visit, deadline=deadline, bare=bare))
        except TimeoutError:
            within = f"within {source.timeout.total_seconds():g} s"
            return visit.refused(Why.TIMEOUT, f"{host} did not finish its answer {within}")

    async def _follow(self, visit: Visit) -> FetchResult:
        step = await self._ask(visit)
        while isinstance(step, Visit):
            step = await self._ask(step)
        return step

    async def _ask(self, visit: Visit) -> FetchResult | Visit:
        """One request; its result, or the visit as it goes on."""
        trusted = visit.source.allow_private or visit.proxy
        session = self._unguarded if trusted else self._guarded
        at = visit.address
        login = (("Authorization", at.authorization),) if at.authorization else ()
        own = (("Accept-Encoding", visit.codings), *visit.conditions.items())
        headers = question.merged(visit.headers.items(), own, login, at.secrets)
        try:
            async with session.get(
                at.url, headers=headers, allow_redirects=False, proxy=visit.proxy
            ) as response:
                return await self._understand(visit, response)
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            return visit.refused(*causes.explain(error, at.host, proxied=bool(visit.proxy)))

    async def _understand(
        self, visit: Visit, response: aiohttp.ClientResponse
    ) -> FetchResult | Visit:
        status, headers = response.status, response.headers
        if status in answer.REDIRECTS:
            permanent = status in answer.PERMANENT
            return visits.followed(visit, permanent=permanent, location=headers.get("Location", ""))
        if status == 304 and visit.conditions:
            return NotModified(
                source_id=visit.source.id,
                at=visit.now,
                moved_to=self._moved_to(visit),
                adopted=visit.adopted,
                validators=answer.validators(headers),
                freshness=answer.freshness(headers, visit.now),
            )
        if status != 200:
            return await _refusal(visit, response)
        if visit.bare:
            return self._fetched(visit, response, _Content(body=b"", cut=False))
        content = await self._content(visit, response)
        if content is Why.BAD_ENCODING and visit.codings != "identity":
            return replace(visit, codings="identity")  # rule 55
        return self._fetched(visit, response, content)

    async def _content(self, visit: Visit, response: aiohttp.ClientResponse) -> _Content | Why:
        limit = visit.source.max_size
        if (response.content_length or 0) > limit:
            return Why.TOO_LARGE
        body = Body(response.headers.get("Content-Encoding", ""), limit)
        taken, broken = 0, None
        try:
            async for chunk in response.content.iter_chunked(PIECE):
                step = await self._collect(visit, body.feed(chunk), taken)
                if isinstance(step, Why):
                    return step
                taken = step
        except (aiohttp.ClientPayloadError, aiohttp.ClientConnectionError, OSError) as error:
            broken = error
        step = await self._collect(visit, body.close(), taken)
        if isinstance(step, Why):
            return step
        if broken and not body.taken():
            raise broken
        return _Content(body=body.taken(), cut=broken is not None or not body.ended)

    async def _collect(self, visit: Visit, steps: Iterator[int | Why], taken: int) -> int | Why:
        """How much of the body is there after these steps; asks for room before it grows large."""
        for size in steps:
            if isinstance(size, Why):
                return size
            if taken <= SMALL < size:
                await self._make_room(visit)
            taken = size
        return taken

    async def _make_room(self, visit: Visit) -> None:
        """Wait for memory. That is our affair: it takes nothing from the server's time."""
        if visit.deadline is None:
            raise RuntimeError("a visit has a deadline")
        loop = asyncio.get_running_loop()
        left = (visit.deadline.when() or loop.time()) - loop.time()
        visit.deadline.reschedule(None)
        await self._budget.hold(visit.source.max_size)
        visit.deadline.reschedule(loop.time() + left)

    def _fetched(
        self, visit: Visit, response: aiohttp.ClientResponse, content: _Content | Why
    ) -> Fetched | Refused:
        if isinstance(content, Why):
            return visit.refused(content, visits.fault(visit, content))
        if not visit.bare and not content.body.strip():
            return visit.refused(Why.EMPTY_BODY, visits.fault(visit, Why.EMPTY_BODY))
        media_type, charset = answer.content_type(response.headers)
        return Fetched(
            source_id=visit.source.id,
            at=visit.now,
            url=self._folded(visit),
            body=content.body,
            media_type=media_type,
            charset=charset,
            moved_to=self._moved_to(visit),
            validators=answer.validators(response.headers),
            freshness=answer.freshness(response.headers, visit.now),
            cut=content.cut,
            adopted=visit.adopted,
        )

    def _moved_to(self, visit: Visit) -> str | None:
        return self._folded(visit) if visit.hops and visit.permanent else None

    def _folded(self, visit: Visit) -> str:
        """The address that is asked, as it may be stored: a server can echo any of the secrets."""
        source = visit.source
        written = (source.url, *(value for _, value in source.headers))
        return address.folded(visit.address.url, " ".join(written), self._environ)


def _session(resolver: Resolver, make_socket: SocketFactory | None) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=resolver, socket_factory=make_socket),
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        max_field_size=LONGEST_HEADER,
        max_line_size=LONGEST_HEADER,
        timeout=aiohttp.ClientTimeout(total=None),  # each visit has one deadline for all of it
    )


async def _refusal(visit: Visit, response: aiohttp.ClientResponse) -> Refused:
    """What a status other than 200, 304 and redirects comes to."""
    host, status, headers = visit.address.host, response.status, response.headers
    why, detail = answer.refusal(status), f"{host} answered {answer.phrase(status)}"
    if answer.is_challenge(headers):
        why, detail = Why.CHALLENGE, f"{detail}: it wants proof of a browser"
    elif status in _MAY_CHALLENGE and not visit.bare:
        page, words = sniff.page(await _page(response))
        if page is Why.CHALLENGE:
            why, detail = page, f"{detail}: {words}"
    freshness = answer.freshness(headers, visit.now)
    return replace(visit.refused(why, detail), status=status, freshness=freshness)


async def _page(response: aiohttp.ClientResponse) -> str:
    """The beginning of an error's page, or "": whether it can be read changes nothing else."""
    body = Body(response.headers.get("Content-Encoding", ""), MOST_OF_A_PAGE)
    try:
        chunk = await response.content.read(PIECE)
    except (aiohttp.ClientError, OSError):
        return ""
    for _ in chain(body.feed(chunk), body.close()):
        pass
    return body.taken().decode("latin-1")
