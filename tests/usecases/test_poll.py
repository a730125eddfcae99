"""The poller over a real store: what is due is asked, read, committed, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from aggregator.errors import StoreBusy, UnknownName
from aggregator.ingest import Ingest
from aggregator.model.fetched import Fetched, Refused, Why
from aggregator.model.reading import Reading, Window
from aggregator.model.source import Source, SourceState
from aggregator.observe.events import Event
from aggregator.polling.poll import LEASE, Poller
from aggregator.ports import Claim, Done, Outcome, Settle, Tally
from aggregator.reading import read
from tests.support.polling import Answer, FakeClock, Gate, ScriptedFetcher, read_at_once, rss
from tests.support.world import MINUTE, NOON, World, config, source

T = TypeVar("T")


class Newsroom:
    """A store with sources, a scripted network, and a poller between them."""

    def __init__(self, folder: Path, sources: Sequence[Source], **answers: Sequence[Answer]):
        self.world = World(folder / "news.db", config(*sources))
        self.network = ScriptedFetcher({name.replace("_", "-"): a for name, a in answers.items()})
        self.clock = FakeClock()
        self.told: list[Done] = []
        self.surprises: list[Event] = []

    def poller(self, **given: Any) -> Poller:
        facts: dict[str, Any] = {
            "schedule": self.world.store,
            "fetch": self.network.fetch,
            "read": read_at_once,
            "commit": Ingest(self.world.store).commit,
            "clock": self.clock,
            "observe": self.told.append,
            "report": self.surprises.append,
        }
        return Poller(**facts | given)

    def run(self, use: Callable[[Poller], Awaitable[T]], **given: Any) -> T:
        """Use a poller in a loop of its own, and drain it."""

        async def main() -> T:
            poller = self.poller(**given)
            try:
                async with asyncio.timeout(30):  # a test that fails must not hang
                    return await use(poller)
            finally:
                await poller.drain()

        return asyncio.run(main())

    def run_due(self, **given: Any) -> tuple[Done, ...]:
        return self.run(Poller.run_due, **given)

    def state(self, source_id: str) -> SourceState:
        return next(
            status.state for status in self.world.store.sources() if status.source.id == source_id
        )

    def leased(self) -> list[str]:
        states = (status.state for status in self.world.store.sources())
        return [state.source_id for state in states if state.lease_until]


def hosts(count: int) -> list[Source]:
    """Sources of as many hosts."""
    return [source(f"s{n}") for n in range(count)]


def of_one_host(count: int) -> list[Source]:
    return [source(f"s{n}", url=f"https://wire.example/{n}.xml") for n in range(count)]


async def until(condition: Callable[[], object]) -> None:
    while not condition():  # noqa: ASYNC110 - what is waited for happens in another thread
        await asyncio.sleep(0)


# -- a pass ----------------------------------------------------------------------------------------


def test_what_is_due_is_fetched_read_and_kept(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(2), s0=[rss("Uno", "Due")], s1=[rss("Tre")])

    done = room.run_due()

    assert sorted((d.source_id, d.why, d.tally.new) for d in done) == [
        ("s0", "fetched", 2),
        ("s1", "fetched", 1),
    ]
    assert sorted(room.world.titles()) == ["Due", "Tre", "Uno"]
    assert sorted(room.told, key=lambda d: d.source_id) == sorted(done, key=lambda d: d.source_id)


def test_a_source_is_not_asked_again_before_its_time(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno")])
    room.run_due()

    room.clock.advance(9 * MINUTE)
    assert room.run_due() == ()

    room.clock.advance(3 * MINUTE)
    assert [d.why for d in room.run_due()] == ["fetched"]


def test_the_state_that_a_poll_left_is_what_the_next_one_asks_with(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno"), None])
    room.run_due()
    room.clock.advance(timedelta(hours=1))

    done = room.run_due()

    assert [d.why for d in done] == ["not-modified"]
    assert [state.validators.etag for state in room.network.states] == [None, '"1"']


def test_a_refusal_is_kept_with_its_name_and_words(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[Why.SERVER_ERROR])

    room.run_due()

    state = room.state("s0")
    assert (state.result, state.detail, state.failures) == ("server-error", "as scripted", 1)


def test_a_body_that_is_no_feed_is_a_refusal(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[b"<!DOCTYPE html><html><body>Accetta</body></html>"])

    assert [d.why for d in room.run_due()] == ["html-page"]


def test_one_pass_asks_every_source_once_however_short_its_interval(tmp_path: Path) -> None:
    brief = source("s0", interval=timedelta(microseconds=1))
    room = Newsroom(tmp_path, [brief], s0=[rss("Uno")])

    def later(done: Done) -> None:
        room.clock.advance(MINUTE)

    assert len(room.run_due(observe=later)) == 1


def test_a_pass_goes_on_until_nothing_that_was_due_is_left(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, of_one_host(7), **{f"s{n}": [rss(f"T{n}")] for n in range(7)})

    assert len(room.run_due(concurrency=3, per_host=2)) == 7


def test_named_sources_are_asked_now_due_or_not(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(2), s0=[rss("Uno")], s1=[rss("Due")])
    room.run_due()

    done = room.run(lambda poller: poller.run(["s1"]))

    assert [d.source_id for d in done] == ["s1"]


def test_a_name_that_is_no_source_is_said(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno")])

    with pytest.raises(UnknownName, match="nobody"):
        room.run(lambda poller: poller.run(["s0", "nobody"]))


# -- many at once ----------------------------------------------------------------------------------


def test_no_more_visits_than_slots_are_under_way(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(9), **{f"s{n}": [rss(f"T{n}")] for n in range(9)})

    room.run_due(concurrency=4)

    assert room.network.peak == 4


def test_a_crowd_that_was_refused_leaves_half_of_the_slots_to_who_answers(tmp_path: Path) -> None:
    gates = [Gate(rss("Tardi")) for _ in range(4)]
    stuck: dict[str, list[Answer]] = {f"s{n}": [Why.TIMEOUT, g] for n, g in enumerate(gates)}

    async def use(poller: Poller) -> None:
        await poller.run_due()
        room.clock.advance(timedelta(days=1))
        await poller.tick()
        await until(lambda: "s4" in [done.source_id for done in room.told[5:]])

    room = Newsroom(tmp_path, hosts(5), s4=[rss("Presto")], **stuck)
    room.run(use, concurrency=4)

    assert sorted(room.network.visits[5:]) == ["s0", "s1", "s4"]


def test_a_poll_that_outlives_its_lease_is_not_begun_again(tmp_path: Path) -> None:
    gate = Gate(rss("Uno"))

    async def use(poller: Poller) -> None:
        await poller.tick()
        await gate.asked.wait()
        room.clock.advance(2 * LEASE)
        await poller.tick()
        gate.opened.set()
        await until(lambda: len(room.told) == 1)

    room = Newsroom(tmp_path, hosts(1), s0=[gate])
    room.run(use)

    assert room.network.visits == ["s0"]


def _due(poller: Poller) -> Awaitable[tuple[Done, ...]]:
    return poller.run_due()


def _named(poller: Poller) -> Awaitable[tuple[Done, ...]]:
    return poller.run([f"s{n}" for n in range(6)])


@pytest.mark.parametrize("use", [_due, _named], ids=["due", "named"])
def test_one_host_is_visited_by_two_at_most(
    tmp_path: Path, use: Callable[[Poller], Awaitable[tuple[Done, ...]]]
) -> None:
    room = Newsroom(tmp_path, of_one_host(6), **{f"s{n}": [rss(f"T{n}")] for n in range(6)})

    done = room.run(use)

    assert len(done) == 6
    assert room.network.peak == 2


def test_named_sources_too_keep_within_the_slots(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(6), **{f"s{n}": [rss(f"T{n}")] for n in range(6)})

    room.run(_named, concurrency=3)

    assert room.network.peak == 3


def test_all_that_touches_the_store_runs_in_one_thread_of_its_own(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(5), **{f"s{n}": [rss(f"T{n}")] for n in range(5)})
    ingest = Ingest(room.world.store)
    threads: list[int] = []

    def commit(source: Source, outcome: Outcome, settle: Settle) -> Done:
        threads.append(threading.get_ident())
        return ingest.commit(source, outcome, settle)

    room.run_due(commit=commit)

    assert len(threads) == 5
    assert len(set(threads)) == 1
    assert threading.get_ident() not in threads


def test_a_slow_source_does_not_hold_up_what_becomes_due_meanwhile(tmp_path: Path) -> None:
    async def use(poller: Poller) -> None:
        await poller.tick()
        await until(lambda: len(room.told) == 1)
        room.clock.advance(2 * MINUTE)
        await poller.tick()
        await until(lambda: len(room.told) == 2)

    sources = [source("s0"), source("s1", interval=MINUTE)]
    room = Newsroom(tmp_path, sources, s0=[Gate(rss("Uno"))], s1=[rss("Due"), rss("Tre")])
    room.run(use)

    assert [done.source_id for done in room.told] == ["s1", "s1"]


def test_what_waits_for_its_host_is_started_without_another_tick(tmp_path: Path) -> None:
    async def use(poller: Poller) -> None:
        await poller.tick()
        await until(lambda: len(room.told) == 5)

    room = Newsroom(tmp_path, of_one_host(5), **{f"s{n}": [rss(f"T{n}")] for n in range(5)})
    room.run(use)

    assert sorted(room.network.visits) == ["s0", "s1", "s2", "s3", "s4"]


def test_named_sources_bring_no_others_with_them(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(2), s0=[rss("Uno")], s1=[rss("Due")])

    room.run(lambda poller: poller.run(["s0"]))

    assert room.network.visits == ["s0"]


def test_rule_104_a_source_that_is_being_polled_is_not_polled_by_another_poller(
    tmp_path: Path,
) -> None:
    async def main() -> None:
        one, other = room.poller(), room.poller()
        running = asyncio.create_task(one.run_due())
        await gate.asked.wait()
        assert await other.run_due() == ()
        assert await other.run(["s0"]) == ()
        gate.opened.set()
        await running
        await one.drain()
        await other.drain()

    gate = Gate(rss("Uno"))
    room = Newsroom(tmp_path, hosts(1), s0=[gate])
    asyncio.run(main())

    assert room.network.visits == ["s0"]


# -- surprises -------------------------------------------------------------------------------------


def test_a_fault_in_reading_one_source_is_told_and_stops_no_other(tmp_path: Path) -> None:
    async def faulty(fetched: Fetched, source: Source, window: Window) -> Reading | Refused:
        if source.id == "s0":
            raise ZeroDivisionError("a fault of ours")
        return read(fetched, source, window)

    room = Newsroom(tmp_path, hosts(3), **{f"s{n}": [rss(f"T{n}")] for n in range(3)})

    done = room.run_due(read=faulty)

    assert {d.source_id: d.why for d in done} == {
        "s0": "internal-error",
        "s1": "fetched",
        "s2": "fetched",
    }
    assert len(room.surprises) == 1
    assert "ZeroDivisionError" in repr(room.surprises[0])


def test_a_fault_backs_off_like_any_refusal_and_recovers(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[ZeroDivisionError("once"), rss("Uno")])

    room.run_due()
    broken = room.state("s0")
    room.clock.advance(11 * MINUTE)
    room.run_due()

    assert (broken.result, broken.failures, broken.lease_until) == ("internal-error", 1, None)
    assert broken.next_poll_at > NOON
    assert (room.state("s0").result, room.state("s0").failures) == ("fetched", 0)
    assert room.world.titles() == ["Uno"]


def test_a_commit_that_fails_leaves_nothing_half_done_and_says_so(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(2), s0=[rss("Uno")], s1=[rss("Due")])
    ingest = Ingest(room.world.store)

    def faulty(source: Source, outcome: Outcome, settle: Settle) -> Done:
        def fail_late(tally: Any) -> SourceState:
            if source.id == "s0" and isinstance(outcome, Reading):
                raise ZeroDivisionError("behind the entries")
            return settle(tally)

        return ingest.commit(source, outcome, fail_late)

    done = room.run_due(commit=faulty)

    assert {d.source_id: d.why for d in done} == {"s0": "internal-error", "s1": "fetched"}
    assert room.world.titles() == ["Due"]
    assert room.state("s0").result == "internal-error"


def test_if_nothing_can_be_written_the_lease_is_the_back_off(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno")])

    def locked(source: Source, outcome: Outcome, settle: Settle) -> Done:
        raise StoreBusy("another process holds it")

    done = room.run_due(commit=locked)

    assert [(d.why, d.next_poll_at) for d in done] == [("internal-error", None)]
    assert room.told == list(done)
    assert len(room.surprises) == 2
    assert room.state("s0").lease_until == NOON + LEASE


# -- the end ---------------------------------------------------------------------------------------


def test_draining_gives_up_visits_and_gives_their_leases_back(tmp_path: Path) -> None:
    async def main() -> tuple[Done, ...]:
        poller = room.poller()
        running = asyncio.create_task(poller.run_due())
        await gate.asked.wait()
        await poller.drain()
        return await running

    gate = Gate(rss("Uno"))
    room = Newsroom(tmp_path, hosts(1), s0=[gate])

    assert asyncio.run(main()) == ()
    assert room.leased() == []
    assert room.state("s0").last_attempt is None


def test_draining_gives_up_even_a_visit_that_has_outlived_its_lease(tmp_path: Path) -> None:
    async def use(poller: Poller) -> None:
        await poller.tick()
        await until(lambda: len(room.network.visits) == 1)
        room.clock.advance(2 * LEASE)
        await poller.tick()

    room = Newsroom(tmp_path, hosts(1), s0=[Gate(rss("Uno"))])
    room.run(use)

    assert room.leased() == []


def test_draining_finishes_the_commit_that_is_under_way(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()
    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno")])
    ingest = Ingest(room.world.store)

    def slow(source: Source, outcome: Outcome, settle: Settle) -> Done:
        begun.set()
        go_on.wait(10)
        return ingest.commit(source, outcome, settle)

    async def main() -> tuple[Done, ...]:
        poller = room.poller(commit=slow)
        running = asyncio.create_task(poller.run_due())
        await until(begun.is_set)
        draining = asyncio.create_task(poller.drain())
        await asyncio.sleep(0)
        go_on.set()
        await draining
        return await running

    assert [done.why for done in asyncio.run(main())] == ["fetched"]
    assert room.world.titles() == ["Uno"]
    assert room.leased() == []


def test_a_drained_poller_claims_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        poller = room.poller()
        await poller.drain()
        await poller.tick()
        assert await poller.run_due() == ()
        assert await poller.run(["s0"]) == ()

    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno")])
    asyncio.run(main())

    assert room.network.visits == []
    assert room.leased() == []


class SlowSchedule:
    """The store's schedule, whose claims come back only when the test lets them."""

    def __init__(self, room: Newsroom) -> None:
        self._store = room.world.store
        self.claimed = threading.Event()
        self.go_on = threading.Event()

    def claim_due(self, now: datetime, **bounds: Any) -> tuple[Claim, ...]:
        claims = self._store.claim_due(now, **bounds)
        self.claimed.set()
        self.go_on.wait(10)
        return claims

    def claim(self, ids: Iterable[str], now: datetime, *, lease: timedelta) -> tuple[Claim, ...]:
        return self._store.claim(ids, now, lease=lease)

    def release(self, ids: Iterable[str]) -> None:
        self._store.release(ids)


def test_a_tick_that_is_cancelled_while_it_claims_leaves_no_lease_behind(tmp_path: Path) -> None:
    async def main() -> None:
        poller = room.poller(schedule=schedule)
        ticking = asyncio.create_task(poller.tick())
        await until(schedule.claimed.is_set)
        ticking.cancel()
        await asyncio.wait([ticking])
        draining = asyncio.create_task(poller.drain())
        await asyncio.sleep(0)
        schedule.go_on.set()
        await draining

    gate = Gate(rss("Uno"))
    room = Newsroom(tmp_path, hosts(1), s0=[gate])
    schedule = SlowSchedule(room)
    asyncio.run(main())

    assert room.leased() == []


def test_ticks_do_not_queue_up_behind_a_slow_store(tmp_path: Path) -> None:
    async def main() -> None:
        poller = room.poller(schedule=schedule)
        first = asyncio.create_task(poller.tick())
        await until(schedule.claimed.is_set)
        await poller.tick()
        assert not first.done()
        schedule.go_on.set()
        await first
        await until(lambda: room.told)
        await poller.drain()

    room = Newsroom(tmp_path, hosts(1), s0=[rss("Uno")])
    schedule = SlowSchedule(room)
    asyncio.run(main())

    assert room.network.visits == ["s0"]


def test_rule_034_a_feed_that_shrinks_to_empty_loses_nothing_and_is_told(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, [source("ansa")], ansa=[rss("A", "B"), rss(), rss(), rss("A", "B")])
    empty = {}
    for _ in range(3):
        room.run_due()
        room.clock.advance(timedelta(hours=4))
        (status,) = room.world.store.sources()
        empty = dict(status.findings)
    assert empty == {"no-items": "a feed without items"}
    assert sorted(room.world.titles()) == ["A", "B"]
    assert room.world.store.window("ansa").keys == {"guid:A", "guid:B"}
    (done,) = room.run_due()
    assert done.tally == Tally()
    assert "no-items" not in dict(room.world.store.sources()[0].findings)
