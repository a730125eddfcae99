"""The newsroom on a real socket: polite, faulty on demand, and gone when it is told to go."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from aggregator.newsroom import Server, World, serve
from aggregator.newsroom.server import Visit, slow, unavailable
from aggregator.newsroom.site import Response
from tests.support.newsroom import shown

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
WORLD = World(seed=1, start=START)
FEED = "/il-portale/feed.xml"


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def server(clock: Hands) -> Iterator[Server]:
    with serve(WORLD, clock) as served:
        yield served


def connect(server: Server) -> HTTPConnection:
    return HTTPConnection(urlsplit(server.base).netloc, timeout=10)


def get(connection: HTTPConnection, path: str = FEED, **headers: str) -> tuple[HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named)
    response = connection.getresponse()
    return response, response.read()


def test_one_connection_serves_many_requests_and_remembers_nothing(server: Server) -> None:
    with closing(connect(server)) as client:
        first, body = get(client)
        again, nothing = get(client, if_none_match=first.headers["ETag"])
        _, same = get(client)
    assert (first.status, again.status, nothing) == (200, 304, b"")
    assert same == body
    assert shown(body)[0].link.startswith(server.base)


def test_the_feed_is_that_of_the_clock(server: Server, clock: Hands) -> None:
    with closing(connect(server)) as client:
        _, before = get(client)
        clock.now = START + timedelta(hours=1)
        _, after = get(client)
    listed = WORLD.listed("il-portale", clock.now)
    assert before != after
    assert [entry.link for entry in shown(after)] == [server.base + item.link for item in listed]


def test_a_restarted_server_gives_the_same_bytes(server: Server, clock: Hands) -> None:
    port = int(server.base.rpartition(":")[2])
    with closing(connect(server)) as client:
        _, before = get(client)
    with serve(World(seed=1, start=START), clock) as other, closing(connect(other)) as client:
        _, after = get(client)
    assert before.replace(str(port).encode(), b"") == after.replace(
        other.base.rpartition(":")[2].encode(), b""
    )


def test_a_head_has_no_body(server: Server) -> None:
    with closing(connect(server)) as client:
        client.request("HEAD", FEED)
        head = client.getresponse()
        assert (head.status, head.read()) == (200, b"")
        whole, body = get(client)
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(body))


def test_a_client_that_wants_to_close_is_let_go(server: Server) -> None:
    with closing(connect(server)) as client:
        client.request("GET", FEED, headers={"Connection": "close"})
        assert client.sock is not None
        with closing(client.sock.dup()) as line:
            client.getresponse().read()
            assert line.recv(1) == b""


def test_nonsense_ends_the_connection_and_not_the_server(server: Server) -> None:
    with closing(connect(server)) as client:
        client.connect()
        assert client.sock is not None
        client.sock.sendall(b"hello\r\n\r\n")
        assert client.sock.recv(1) == b""
    with closing(connect(server)) as client:
        assert get(client)[0].status == 200


def test_a_faulty_outlet_is_faulty_alone_and_until_it_is_mended(server: Server) -> None:
    server.faults["il-portale"] = unavailable
    with closing(connect(server)) as client:
        faulty, words = get(client)
        healthy, _ = get(client, "/meridia/feed.atom")
        server.faults.clear()
        mended, _ = get(client)
    assert (faulty.status, words) == (503, b"il-portale is overloaded\n")
    assert (healthy.status, mended.status) == (200, 200)


def test_a_fault_knows_the_outlet_the_count_and_the_moment(server: Server) -> None:
    visits = []

    def noted(visit: Visit, response: Response) -> Response:
        visits.append((visit.outlet, visit.count, visit.at))
        return response

    server.faults["il-portale"] = noted
    with closing(connect(server)) as client:
        get(client)
        get(client)
    assert visits == [("il-portale", 1, START), ("il-portale", 2, START)]


def test_a_slow_outlet_holds_up_nobody_else(server: Server) -> None:
    server.faults["il-portale"] = slow(timedelta(hours=1))
    with closing(connect(server)) as waiting, closing(connect(server)) as client:
        waiting.request("GET", FEED)
        assert get(client, "/meridia/feed.atom")[0].status == 200


def test_leaving_ends_clients_that_wait_and_clients_that_idle() -> None:
    with serve(WORLD, Hands()) as server:
        server.faults["il-portale"] = slow(timedelta(hours=1))
        waiting, idle = connect(server), connect(server)
        waiting.request("GET", FEED)
        get(idle, "/meridia/feed.atom")
    with closing(waiting), closing(idle):
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            waiting.getresponse()
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            get(idle)
    assert "newsroom" not in {thread.name for thread in threading.enumerate()}


def test_a_taken_port_is_an_error_at_once(server: Server) -> None:
    port = int(server.base.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"), serve(WORLD, Hands(), port=port):
        pass
