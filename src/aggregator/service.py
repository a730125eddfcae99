"""The composition root: which parts make a poller, a web worker, a supervised service.

The only place that picks a database and a clock; everything below takes them as arguments.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import time
from collections.abc import (
    AsyncIterator,
    Callable,
    Collection,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from aggregator import config, configure, upkeep
from aggregator.absentees import Absentees
from aggregator.errors import ConfigError, ServiceError, UnknownName
from aggregator.ingest import Ingest
from aggregator.model.config import Config
from aggregator.model.fetched import Refused
from aggregator.model.source import Source
from aggregator.observe import events, log
from aggregator.polling import files
from aggregator.polling.discover import Discoverer, Found
from aggregator.polling.fetch import Client
from aggregator.polling.pages import Pages
from aggregator.polling.poll import Poller
from aggregator.polling.reader import Reader
from aggregator.polling.sample import Sample, Sampler
from aggregator.polling.scheduler import Clock
from aggregator.ports import Done, Tally
from aggregator.processes import Child, Supervisor, follow_parent, give_memory_back
from aggregator.store.sqlite import Shelf, Store, copy, open_shelf, open_store
from aggregator.text.secrets import redact

if TYPE_CHECKING:
    from flask import Flask

    from aggregator.desk.plan import Plan

_DATABASE = "AGGREGATOR_WEB_DATABASE"
_BASE_URL = "AGGREGATOR_WEB_BASE_URL"
_TICK = timedelta(seconds=1)
# A page is asked after an hour, and one of a host every three minutes: nobody waits for seconds.
_PAGES_EVERY = timedelta(seconds=20)
# What time alone changes is looked at this often; max_age and retention are in hours and days.
_UPKEEP_EVERY = timedelta(minutes=1)
# Whether there is enough that is new to learn from; a young store doubles within the hour.
_LOOK_TO_LEARN_EVERY = timedelta(minutes=5)
_OPTIMISE_EVERY = timedelta(hours=1)
# How long a new service waits for a port that its killed predecessor's children still hold.
_PORT_PATIENCE = 10.0
# A Flask answer from cache takes a millisecond or less, so few threads fill a core; more requests
# than this wait in the kernel's queue, where they cost nothing.
_WEB_THREADS = 4
_WEB_BACKPRESSURE = 64
_WEB_KILL_AFTER = 5  # seconds, below the supervisor's patience
# Entries that a change of the configuration is tried on: some minutes at most, and more days than
# anything is judged anew.
_REHEARSED = 20_000
# An hour of the demo's newsroom a minute: something happens every few seconds.
_DEMO_SPEED = 60.0


def now() -> datetime:
    """The clock, read at this edge and nowhere below."""
    return datetime.now(UTC)  # noqa: TID251 - the composition root gives the clock


def load(path: Path) -> Config:
    """Raises `ConfigError`."""
    return config.load(path, os.environ)


def database(path: Path, loaded: Config) -> Path:
    """Where the database is: as configured, relative to the file that says so."""
    return path.absolute().parent / loaded.service.database


@contextmanager
def open_configured(path: Path) -> Iterator[Store]:
    """The store of this configuration, with the configuration applied to it."""
    with _opened(path) as (store, loaded):
        configure.apply(store, loaded, now())
        yield store


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Store, Config]]:
    loaded = load(path)
    store = open_store(database(path, loaded))
    try:
        yield store, loaded
    finally:
        store.close()


@contextmanager
def reading(path: Path) -> Iterator[Shelf]:
    """The store of this configuration, read-only. Raises `ServiceError` if there is none yet."""
    with closing(open_shelf(_existing(path))) as shelf:
        if reason := shelf.not_ready():
            raise ServiceError(reason)
        yield shelf


@contextmanager
def by_hand(path: Path) -> Iterator[Store]:
    """The store of this configuration, to be changed beside whatever else runs over it; what is
    applied there stays. Raises `ServiceError` if there is none yet."""
    with reading(path), closing(open_store(_existing(path))) as store:
        yield store


def applied(shelf: Shelf) -> Config:
    """The configuration as it was applied to a store."""
    return Config(
        service=shelf.service(),
        sources=tuple(shelf.configured().values()),
        feeds=tuple(summary.spec for summary in shelf.feeds()),
        matching=shelf.matching(),
    )


def plan(
    path: Path,
    new: Config,
    *,
    expect: Callable[[int], None],
    observe: Callable[[object], None],
) -> Plan:
    """What `new` would change in the installation of `path`, whose store is only read.

    It is tried on the newest entries, beside the service if it runs; `expect` is told how many.
    """
    from aggregator.desk.plan import Plan, changes, rehearse

    with reading(path) as shelf:
        before = applied(shelf)
    if not changes(before, new):
        return Plan(changes=())
    with TemporaryDirectory(prefix="aggregator-plan-") as folder:
        file = Path(folder, "plan.db")
        copy(_existing(path), file, newest=_REHEARSED)
        with closing(open_store(file)) as store:
            expect(2 * store.count_entries(limit=_REHEARSED))  # under either ruling
            at = now()
            judge = partial(upkeep.rejudge, store, at)
            return rehearse(store, before, new, at, judge=judge, observe=observe)


def _existing(path: Path) -> Path:
    file = database(path, load(path))
    if not file.exists():
        made = "`aggregator poll` or `aggregator serve` makes it"
        raise ServiceError(f"there is no database {file} yet; {made}")
    return file


def tell(done: Done) -> None:
    """One poll, one line; none for a poll that brought nothing, which is most of them."""
    if done.why in ("fetched", "not-modified"):
        if done.tally == Tally():
            return
        log.emit(
            events.Polled(
                source=done.source_id,
                result=done.why,
                new=done.tally.new,
                revised=done.tally.revised,
                joined=done.tally.joined,
                next_poll_at=done.next_poll_at,
            )
        )
    else:
        log.emit(
            events.PollRefused(
                source=done.source_id,
                why=done.why,
                detail=done.detail,
                next_poll_at=done.next_poll_at,
            )
        )


@asynccontextmanager
async def polling(
    store: Store, observe: Callable[[Done], None]
) -> AsyncIterator[tuple[Poller, Pages]]:
    """A poller over a store, and what asks pages, with their network; drained at the end."""
    base_url = store.service().base_url
    async with Reader() as reader, Client(environ=os.environ, base_url=base_url) as client:
        poller = Poller(
            schedule=store,
            fetch=files.beside(client.fetch),
            read=reader.read,
            commit=Ingest(store).commit,
            clock=now,
            observe=observe,
        )
        pages = Pages(
            absentees=Absentees(store), look=client.look, in_lane=poller.in_lane, clock=now
        )
        try:
            yield poller, pages
        finally:
            await pages.drain()
            await poller.drain()


def poll_once(
    path: Path,
    ids: Sequence[str],
    *,
    expect: Callable[[int], None],
    observe: Callable[[Done], None],
) -> tuple[Done, ...]:
    """One pass over what is due, or over the named sources now; `expect` is told how many.

    Raises `UnknownName`. A source that another process polls at this moment is left out.
    """

    async def one_pass(store: Store) -> tuple[Done, ...]:
        expect(len(set(ids)) or len(due(_next_polls(store), now())))
        async with polling(store, observe) as (poller, pages):
            if ids:
                return await poller.run(ids)
            done = await poller.run_due()
            await pages.tick()
            return done

    with open_configured(path) as store:
        return asyncio.run(one_pass(store))


def due(next_polls: Mapping[Source, datetime], at: datetime) -> tuple[Source, ...]:
    """The enabled sources whose time has come, in the order given."""
    return tuple(source for source, when in next_polls.items() if source.enabled and when <= at)


def sample_due(
    path: Path,
    ids: Sequence[str],
    *,
    expect: Callable[[int], None],
    observe: Callable[[Sample], None],
) -> tuple[Sample, ...]:
    """What a poll of the named sources, or of those that are due, would give.

    Raises `UnknownName`. The database is neither made nor changed; a source that it does not know
    is due.
    """
    loaded = load(path)
    known = {source.id: source for source in loaded.sources}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise UnknownName(f"no source is called {', '.join(unknown)}")
    if ids:
        asked = tuple(known[name] for name in dict.fromkeys(ids))
    else:
        at, kept = now(), _kept_polls(database(path, loaded))
        asked = due({source: kept.get(source.id, at) for source in loaded.sources}, at)
    return sample(asked, expect=expect, observe=observe)


def sample(
    sources: Collection[Source],
    *,
    expect: Callable[[int], None],
    observe: Callable[[Sample], None],
) -> tuple[Sample, ...]:
    """Fetch and read each source once, without conditions, and keep nothing."""

    async def every() -> tuple[Sample, ...]:
        async with Reader() as reader, Client(environ=os.environ) as client:
            sampler = Sampler(
                fetch=files.beside(client.fetch), read=reader.read, clock=now, observe=observe
            )
            return await sampler.run(sources)

    expect(len(sources))
    return asyncio.run(every())


def discover(url: str, *, allow_private: bool) -> tuple[Found, ...]:
    """The feeds behind an address. Raises `ServiceError` if there is none."""

    async def look() -> tuple[Found, ...] | Refused:
        async with Reader() as reader, Client(environ=os.environ) as client:
            finder = Discoverer(
                fetch=client.fetch, read=reader.read, clock=now, allow_private=allow_private
            )
            return await finder.run(url)

    found = asyncio.run(look())
    if isinstance(found, Refused):
        raise ServiceError(f"{redact(url)}: {found.why.value}: {found.detail}")
    return found


def _next_polls(shelf: Shelf) -> dict[Source, datetime]:
    return {status.source: status.state.next_poll_at for status in shelf.sources()}


def _kept_polls(file: Path) -> dict[str, datetime]:
    """When each source is due, by its id, as a database says that may not be there yet."""
    if not file.exists():
        return {}
    with closing(open_shelf(file)) as shelf:
        known = {} if shelf.not_ready() else _next_polls(shelf)
    return {source.id: when for source, when in known.items()}


def run_poller(path: Path) -> int:
    """The poller process: until SIGTERM; SIGHUP applies the file anew."""
    follow_parent()
    give_memory_back()
    with _opened(path) as (store, loaded):
        # This is the installation's poller: leases that a killed one left behind are nobody's.
        store.release_all()
        store.set_bound(os.environ.get(_BASE_URL))
        configure.apply(store, loaded, now())
        log.emit(events.Started(process="poller", pid=os.getpid()))
        asyncio.run(_poll_until_told(path, store))
    log.emit(events.Stopped(process="poller"))
    return 0


Action = Callable[[], Coroutine[object, object, object]]


async def _poll_until_told(path: Path, store: Store) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    async with polling(store, tell) as (poller, pages):
        clock = Clock()
        clock.every(_TICK, _surviving("tick", poller.tick))
        settling = partial(poller.in_lane, partial(settle, store))
        clock.every(_TICK, _surviving("settle", settling))
        clock.every(_PAGES_EVERY, _surviving("pages", pages.tick))
        tidying = partial(poller.in_lane, partial(tidy, store))
        clock.every(_UPKEEP_EVERY, _surviving("upkeep", tidying))
        clock.every(
            _LOOK_TO_LEARN_EVERY,
            _surviving("learn", partial(asyncio.to_thread, partial(learn, store))),
        )
        clock.every(
            _OPTIMISE_EVERY, _surviving("optimise", partial(poller.in_lane, store.optimise))
        )
        told = asyncio.Event()
        loop.add_signal_handler(signal.SIGHUP, told.set)
        reloading = asyncio.create_task(
            _reload_when_told(told, partial(poller.in_lane, partial(reload, path, store)))
        )
        clock.start()
        await stop.wait()
        clock.stop()
        reloading.cancel()


async def _reload_when_told(told: asyncio.Event, action: Action) -> None:
    while True:
        await told.wait()
        told.clear()
        await _surviving("reload", action)()


def _surviving(what: str, action: Action) -> Action:
    """The action, told and outlived if it fails: a poller never ends over one bad minute."""

    async def guarded() -> None:
        try:
            await action()
        except Exception as error:
            log.emit(events.Surprised.of(what, error))

    return guarded


def settle(store: Store) -> None:
    """What cannot wait for the next tidying, or is done a little at a time."""
    released = upkeep.release(store, now())
    if released:
        log.emit(events.Released(articles=released))
    upkeep.rejudge(store, now())


def learn(store: Store) -> None:
    """Beside the lane: it takes seconds, and news does not wait for it."""
    if upkeep.learn(store, now()):
        log.emit(events.Learnt(snapshot=store.statistics().name))


def tidy(store: Store) -> None:
    purged = upkeep.run(store, now())
    if purged:
        log.emit(events.Purged(articles=purged))


def reload(path: Path, store: Store) -> None:
    """Apply the file as it is now; one that cannot be used leaves the old configuration."""
    try:
        loaded = load(path)
    except ConfigError as error:
        problems = tuple(str(problem) for problem in error.problems)
        log.emit(events.ConfigRefused(problems=problems))
        return
    configure.apply(store, loaded, now())
    log.emit(
        events.Configured(file=str(path), sources=len(loaded.sources), feeds=len(loaded.feeds))
    )


def run_web(path: Path, *, host: str, port: int, workers: int) -> int:
    """The web process: granian and its workers, until SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces

    follow_parent()
    os.environ[_DATABASE] = str(database(path, load(path)))
    os.environ[_BASE_URL] = base_url(host, port)
    log.emit(events.Started(process="web", pid=os.getpid(), address=base_url(host, port)))
    Granian(
        "aggregator.service:web_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_WEB_THREADS,
        backpressure=_WEB_BACKPRESSURE,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_WEB_KILL_AFTER,
    ).serve()
    log.emit(events.Stopped(process="web"))
    return 0


def web_app() -> Flask:
    """What a granian worker loads: the application over the store that its parent named."""
    from aggregator.serving.web.app import create_app

    follow_parent()
    shelf = open_shelf(Path(os.environ[_DATABASE]))
    return create_app(shelf, base_url=os.environ[_BASE_URL], clock=now)


def base_url(host: str, port: int) -> str:
    """The address that we are bound to, as a reader on this machine would write it."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(path: Path, *, host: str, port: int, workers: int) -> int:
    """The supervised service. Raises `ConfigError`, or `ServiceError` if the port is taken."""
    load(path)
    _await_port(host, port)
    serve = (sys.executable, "-m", "aggregator", "serve", "--config", str(path))
    web = (*serve, "--web-only", "--host", host, "--port", str(port), "--workers", str(workers))
    bound = {_BASE_URL: base_url(host, port)}
    children = (
        Child(name="poller", command=(*serve, "--poll-only"), environment=bound, reloads=True),
        Child(name="web", command=web),
    )
    log.emit(events.Started(process="serve", pid=os.getpid(), address=base_url(host, port)))
    return Supervisor(children, log.emit).run()


def run_demo(*, host: str, port: int, seed: int, announce: Callable[[str, Path], None]) -> int:
    """The service over a simulated newsroom, in a temporary folder that goes with it.

    `announce` is told our address and the configuration, before anything else happens. Raises
    `ServiceError` if the port is taken.
    """
    from aggregator import newsroom

    # Until the supervisor listens: an end that was asked for takes the folder along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    world = newsroom.World(seed=seed, start=now(), speed=_DEMO_SPEED)
    with TemporaryDirectory(prefix="aggregator-demo-") as folder, newsroom.serve(world, now) as at:
        path = Path(folder) / "feeds.yaml"
        path.write_text(newsroom.feeds_yaml(at.base), encoding="utf-8")
        announce(base_url(host, port), path)
        return run(path, host=host, port=port, workers=1)


def prepare_logs() -> None:
    log.configure()


def _await_port(host: str, port: int) -> None:
    """Wait for a predecessor to leave the port; granian's workers share it and would not notice."""
    deadline = time.monotonic() + _PORT_PATIENCE
    while not _is_free(host, port):
        if time.monotonic() > deadline:
            raise ServiceError(
                f"{host}:{port} is in use by another program: stop it, or choose another --port"
            )
        time.sleep(0.1)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise ServiceError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    return True
