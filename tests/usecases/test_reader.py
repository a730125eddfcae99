"""Reading in a process that may be lost: the same outcomes, within bounds whatever comes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from aggregator.model.fetched import Fetched, Refused, Why
from aggregator.model.reading import Reading
from aggregator.polling.reader import LIGHT, Reader, weight
from aggregator.reading import read
from tests.support.documents import NOON, NOTHING, SOURCE, rss

T = TypeVar("T")

HEAVY = rss(*(f"<guid>{n}</guid><title>t {n}</title>" for n in range(LIGHT // 4)))
# Three million objects are some hundreds of megabytes, and in no way malformed.
BOMB = b'{"version": "https://jsonfeed.org/version/1.1", "items": [' + b"{}," * 3_000_000 + b"{}]}"


def fetched(body: bytes) -> Fetched:
    return Fetched(source_id=SOURCE.id, at=NOON, url=SOURCE.url, body=body)


def using(use: Callable[[Reader], Awaitable[T]]) -> T:
    async def main() -> T:
        async with Reader() as reader:
            return await use(reader)

    return asyncio.run(main())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss("<guid>1</guid><title>Uno</title>"), id="light"),
        pytest.param(HEAVY, id="heavy"),
        pytest.param(b"<!-- " + b"&" * (LIGHT + 1), id="refused"),
    ],
)
def test_a_document_is_read_alike_wherever_it_is_read(body: bytes) -> None:
    found = using(lambda reader: reader.read(fetched(body), SOURCE, NOTHING))
    assert found == read(fetched(body), SOURCE, NOTHING)


def test_what_costs_the_process_its_life_is_refused_by_name_and_the_next_is_read() -> None:
    async def both(reader: Reader) -> tuple[Reading | Refused, Reading | Refused]:
        first = await reader.read(fetched(BOMB), SOURCE, NOTHING)
        return first, await reader.read(fetched(HEAVY), SOURCE, NOTHING)

    bomb, after = using(both)
    assert isinstance(bomb, Refused)
    assert bomb.why is Why.TOO_COMPLEX
    assert isinstance(after, Reading)


def test_a_child_that_does_not_answer_is_given_up_by_name() -> None:
    async def ask() -> Reading | Refused:
        async with Reader(patience=timedelta()) as reader:
            return await reader.read(fetched(HEAVY), SOURCE, NOTHING)

    outcome = asyncio.run(ask())
    assert isinstance(outcome, Refused)
    assert outcome.why is Why.TOO_COMPLEX


def test_a_reading_that_is_given_up_leaves_the_next_one_whole() -> None:
    async def give_up(reader: Reader) -> Reading | Refused:
        first = asyncio.create_task(reader.read(fetched(HEAVY), SOURCE, NOTHING))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait({first})
        return await reader.read(fetched(HEAVY), SOURCE, NOTHING)

    assert using(give_up) == read(fetched(HEAVY), SOURCE, NOTHING)


def test_the_weight_counts_marks_whatever_the_format_and_the_length() -> None:
    assert weight(b'<a>&lt;</a>{"a": [1]}' + b"x" * 200) == 2 + 1 + 1 + 1 + 2
