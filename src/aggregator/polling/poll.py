"""The poller: claims what is due, fetches many at once, commits one at a time.

The network is waited for in one event loop, and the store, which blocks, is spoken to in one thread
of our own, the lane: so many slow sources cost nothing, and no two outcomes are ever written at
once. A fault of ours in one source's poll is told, recorded as that source's refusal, and slows
down that source alone.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from aggregator.errors import StoreError
from aggregator.model.fetched import Fetched, FetchResult, Refused, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source, SourceState
from aggregator.observe import log
from aggregator.observe.events import Event, Surprised
from aggregator.polling import cadence, moving
from aggregator.ports import Claim, Commit, Done, Outcome, Schedule, Tally

Fetch = Callable[[Source, SourceState, datetime], Awaitable[FetchResult]]
Read = Callable[[Fetched, Source, Window], Awaitable[Reading | Refused]]
T = TypeVar("T")

CONCURRENCY = 64
"""Visits at once: far more than forty sources need, far fewer than open files allow."""

PER_HOST = 2
"""Visits at once of one host: what a polite browser of the nineties did; wires have ten feeds."""

LEASE = timedelta(minutes=15)
"""How long a claim is ours: longer than two visits of the longest time-out that can be configured
and a turn in the lane, so an expired lease means that its poller is dead (rule 104)."""


class Poller:
    """Polls what `schedule` says is due. Lives in one event loop, and ends with `drain`.

    `fetch` never raises for what a network does, nor `read` for what a document is. `observe` is
    told of every poll, `report` of every surprise, both in the loop's thread.
    """

    def __init__(
        self,
        *,
        schedule: Schedule,
        fetch: Fetch,
        read: Read,
        commit: Commit,
        clock: Callable[[], datetime],
        observe: Callable[[Done], None],
        report: Callable[[Event], None] = log.emit,
        concurrency: int = CONCURRENCY,
        per_host: int = PER_HOST,
    ) -> None:
        self._schedule = schedule
        self._fetch = fetch
        self._read = read
        self._commit = commit
        self._clock = clock
        self._observe = observe
        self._report = report
        self._concurrency = concurrency
        self._per_host = per_host
        self._slots = asyncio.Semaphore(concurrency)
        self._gates = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(per_host))
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lane")
        self._claiming = asyncio.Lock()
        self._polls: dict[asyncio.Task[Done], Claim] = {}
        self._asking: dict[asyncio.Task[Done], str] = {}
        self._refills: set[asyncio.Future[None]] = set()
        self._draining = False

    async def tick(self) -> None:
        """Start what is due, as far as slots are free, and do not wait for it.

        What finds no slot, here or at its host, is started as soon as one is free. Does nothing
        while an earlier call still waits for the store.
        """
        if not self._claiming.locked():
            for poll in await self._begin_due(self._clock()):
                poll.add_done_callback(self._refill)

    async def run_due(self) -> tuple[Done, ...]:
        """One pass over all that is due now, each source once; in the order of completion."""
        now = self._clock()
        done: list[Done] = []
        pending = await self._begin_due(now)
        while pending:
            finished, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            done += _results(finished)
            pending |= await self._begin_due(now)
        return tuple(done)

    async def run(self, ids: Iterable[str]) -> tuple[Done, ...]:
        """Poll the named sources now, due or not. Raises `UnknownName`.

        A source that another poll holds at this moment is left out.
        """
        ask = partial(self._schedule.claim, tuple(ids), self._clock(), lease=LEASE)
        tasks = await self._begin(ask)
        finished = (await asyncio.wait(tasks))[0] if tasks else set()
        return _results(finished)

    async def drain(self) -> None:
        """Stop: nothing more is claimed, visits under way are given up and their leases given
        back, and what is read already is committed. The poller is of no use afterwards."""
        self._draining = True
        async with self._claiming:
            given_up = dict(self._asking)
            for task in given_up:
                task.cancel()
        if self._polls:
            await asyncio.wait(self._polls)
        if given_up:
            await self.in_lane(partial(self._schedule.release, tuple(given_up.values())))
        self._lane.shutdown()

    def _refill(self, ended: asyncio.Task[Done]) -> None:
        refill = asyncio.ensure_future(self._tick_again())
        self._refills.add(refill)
        refill.add_done_callback(self._refills.discard)

    async def _tick_again(self) -> None:
        with suppress(StoreError):  # the clock's next tick meets it too, and tells it
            await self.tick()

    async def _begin_due(self, now: datetime) -> set[asyncio.Task[Done]]:
        """Claim of what is due at `now` as much as there are slots. Those whose last poll was
        refused get half of them at most: a crowd that times out leaves room for who answers."""
        free = self._concurrency - len(self._polls)
        if free <= 0:
            return set()
        refused = sum(claim.state.failures > 0 for claim in self._polls.values())
        return await self._begin(
            partial(
                self._schedule.claim_due,
                now,
                limit=free,
                refused=max((self._concurrency + 1) // 2 - refused, 0),
                per_host=self._per_host,
                lease=self._clock() - now + LEASE,
            )
        )

    async def _begin(self, ask: Callable[[], tuple[Claim, ...]]) -> set[asyncio.Task[Done]]:
        """Claim and start, in one step that a cancelled caller cannot cut in two: sources that were
        claimed and not started would stay leased for nothing. What we still poll is not started
        again, should its lease have run out."""
        return await asyncio.shield(asyncio.ensure_future(self._claim_and_start(ask)))

    async def _claim_and_start(
        self, ask: Callable[[], tuple[Claim, ...]]
    ) -> set[asyncio.Task[Done]]:
        async with self._claiming:
            if self._draining:
                return set()
            claims = await self.in_lane(ask)
            under_way = {claim.source.id for claim in self._polls.values()}
            return {self._start(claim) for claim in claims if claim.source.id not in under_way}

    def _start(self, claim: Claim) -> asyncio.Task[Done]:
        task = asyncio.create_task(self._poll(claim), name=f"poll {claim.source.id}")
        self._polls[task] = claim
        self._asking[task] = claim.source.id
        task.add_done_callback(self._polls.pop)
        return task

    async def _poll(self, claim: Claim) -> Done:
        try:
            result, outcome = await self._answer(claim)
            done = await self._settle(claim, result, outcome)
        except Exception as fault:
            self._tell(claim.source.id, fault)
            done = await self._excuse(claim, fault)
        self._observe(done)
        return done

    async def _answer(self, claim: Claim) -> tuple[FetchResult, Outcome]:
        """What came, without its body, and what it says. With that the poll is past the point where
        `drain` gives it up."""
        try:
            result = await self._visit(claim)
            return _lightened(result), await self._understand(claim, result)
        finally:
            self._past_asking()

    async def _visit(self, claim: Claim) -> FetchResult:
        host = urlsplit(claim.source.url).hostname or ""
        async with self._gates[host], self._slots:
            return await self._fetch(claim.source, claim.state, self._clock())

    async def _understand(self, claim: Claim, result: FetchResult) -> Outcome:
        if isinstance(result, Fetched):
            return blamed(await self._read(result, claim.source, claim.state.window), result)
        return result

    def _past_asking(self) -> None:
        task = asyncio.current_task()
        if task in self._asking:
            del self._asking[task]

    async def _settle(self, claim: Claim, result: FetchResult, outcome: Outcome) -> Done:
        return await self.in_lane(partial(self._commit_now, claim, result, outcome))

    def _commit_now(self, claim: Claim, result: FetchResult, outcome: Outcome) -> Done:
        """In the lane. What happened is of the moment at which it is written: so the order of times
        is the order of commits, however long a visit took, and no feed's change is older than the
        one before it."""
        at = self._clock()
        outcome = replace(outcome, at=at)
        settle = partial(_settled, claim, replace(result, at=at), outcome)
        return self._commit(claim.source, outcome, settle)

    async def _excuse(self, claim: Claim, fault: Exception) -> Done:
        """Record a fault of ours as a refusal, which backs off.

        If even that fails, the lease is not given back: waiting for its end is the back-off.
        """
        refused = Refused(
            source_id=claim.source.id,
            at=self._clock(),
            why=Why.INTERNAL_ERROR,
            detail=f"{type(fault).__name__}, a fault of ours: the log has its traceback",
        )
        try:
            return await self._settle(claim, refused, refused)
        except Exception as another:
            self._tell(claim.source.id, another)
            return Done(
                source_id=refused.source_id,
                at=refused.at,
                why=refused.why.value,
                detail=refused.detail,
            )

    def _tell(self, source_id: str, fault: Exception) -> None:
        self._report(Surprised.of(f"poll {source_id}", fault))

    async def in_lane(self, call: Callable[[], T]) -> T:
        """Call something that blocks, in the one thread that speaks to the store, in its turn."""
        return await asyncio.get_running_loop().run_in_executor(self._lane, call)


def _settled(claim: Claim, result: FetchResult, outcome: Outcome, tally: Tally) -> SourceState:
    """When the source is asked again, and where."""
    state = cadence.settle(claim.source, claim.state, result, outcome, tally)
    return moving.settled(state, result, outcome)


def _lightened(result: FetchResult) -> FetchResult:
    """What is still needed of an answer that was read: bodies do not wait for the lane."""
    return replace(result, body=b"") if isinstance(result, Fetched) else result


def blamed(outcome: Reading | Refused, fetched: Fetched) -> Reading | Refused:
    """The connection is to blame where too little of a body came to be read."""
    if fetched.cut and isinstance(outcome, Refused):
        detail = f"the answer broke off after {len(fetched.body):,} bytes"
        return replace(outcome, why=Why.UNREACHABLE, detail=detail)
    return outcome


def _results(tasks: Iterable[asyncio.Task[Done]]) -> tuple[Done, ...]:
    """What came of the tasks that were not given up."""
    return tuple(task.result() for task in tasks if not task.cancelled())
