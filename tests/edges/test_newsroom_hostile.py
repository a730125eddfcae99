"""The hostile server on real sockets: each attack at its own address, and all gone when told to."""

from __future__ import annotations

import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from aggregator.newsroom import hostile
from aggregator.newsroom.hostile import ATTACKS, Hostile

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.fixture
def enemy() -> Iterator[Hostile]:
    with hostile.serve(ATTACKS) as served:
        yield served


def begun(enemy: Hostile, name: str) -> socket.socket:
    """A line to an attack on which a request has been sent."""
    address = urlsplit(enemy.addresses[name])
    line = socket.create_connection((address.hostname, address.port), timeout=10)
    line.sendall(f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
    return line


def first_bytes(enemy: Hostile, name: str) -> bytes:
    with closing(begun(enemy, name)) as line:
        return line.recv(12)


def test_names_are_slugs_and_each_is_there_once() -> None:
    assert [attack.name for attack in ATTACKS if not SLUG.fullmatch(attack.name)] == []
    assert [name for name, n in Counter(attack.name for attack in ATTACKS).items() if n > 1] == []


def test_each_attack_has_an_address_of_its_own_and_counts_its_visits(enemy: Hostile) -> None:
    assert first_bytes(enemy, "gone") == b"HTTP/1.1 410"
    assert first_bytes(enemy, "teapot") == b"HTTP/1.1 418"
    assert first_bytes(enemy, "teapot") == b"HTTP/1.1 418"
    assert enemy.visits == {"gone": 1, "teapot": 2}
    assert len(set(enemy.addresses.values())) == len(ATTACKS)


def test_an_attack_that_never_ends_holds_up_no_other(enemy: Hostile) -> None:
    with closing(begun(enemy, "never-answers")), closing(begun(enemy, "body-without-end")):
        assert first_bytes(enemy, "gone") == b"HTTP/1.1 410"


def test_leaving_ends_attacks_that_never_end() -> None:
    with hostile.serve(ATTACKS) as enemy:
        silent = begun(enemy, "never-answers")
    with closing(silent):
        assert silent.recv(1) == b""
    assert "hostile" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("name", ["gzip-bomb", "deflate-bomb", "brotli-bomb", "zstd-bomb"])
def test_a_bomb_is_small_on_the_way(enemy: Hostile, name: str) -> None:
    with closing(begun(enemy, name)) as line, line.makefile("rb") as whole:
        assert len(whole.read()) < 1_200_000
