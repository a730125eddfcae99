"""Bodies decode the same however they are cut into chunks, and never grow past their limit."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable
from functools import partial
from itertools import chain

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.fetched import Why
from aggregator.polling.fetch.body import Body
from aggregator.polling.fetch.codings import MOST_MEMBERS, PIECE, coding
from tests.support.codings import zstd

CODERS: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=4),
    "zstd": zstd.compress,
    "gzip, br": lambda data: brotli.compress(gzip.compress(data), quality=4),
}


def decode(declared: str, *chunks: bytes, limit: int = 10_000_000) -> bytes | Why:
    body = Body(declared, limit)
    steps = chain(chain.from_iterable(map(body.feed, chunks)), body.close())
    refusals = (step for step in steps if isinstance(step, Why))
    return next(refusals, None) or body.taken()


@given(
    name=st.sampled_from(sorted(CODERS)),
    data=st.binary(max_size=3_000).map(lambda tail: b"<rss>" + tail),
    size=st.integers(1, 400),
)
def test_chunks_of_any_size_give_the_same_body(name: str, data: bytes, size: int) -> None:
    coded = CODERS[name](data)
    chunks = [coded[at : at + size] for at in range(0, len(coded), size)]

    assert decode(name, *chunks) == data


@given(declared=st.sampled_from(["", *CODERS, "x"]), data=st.binary(max_size=500))
def test_no_bytes_raise_whatever_they_are_said_to_be(declared: str, data: bytes) -> None:
    assert isinstance(decode(declared, data), bytes | Why)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_rule_054_a_bomb_costs_no_more_than_its_limit(name: str) -> None:
    bomb = CODERS[name](bytes(30_000_000))
    body = Body(name, 1_000_000)
    *sizes, last = chain(body.feed(bomb), body.close())

    assert last is Why.TOO_LARGE
    assert max(size for size in sizes if isinstance(size, int)) <= 1_000_000
    assert len(body.taken()) <= 1_000_000


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_the_limit_itself_is_allowed_and_one_byte_more_is_not(name: str) -> None:
    whole = CODERS[name](b"<rss>".ljust(PIECE * 3))

    assert decode(name, whole, limit=PIECE * 3) == b"<rss>".ljust(PIECE * 3)
    assert decode(name, whole, limit=PIECE * 3 - 1) is Why.TOO_LARGE


def test_bytes_that_decode_to_nothing_are_counted_too() -> None:
    nothing = zlib.compressobj(wbits=31)
    idle = b"".join(nothing.flush(zlib.Z_FULL_FLUSH) or b"" for _ in range(3))
    stored_blocks = gzip.compress(b"")[:10] + idle + b"\x00\x00\x00\xff\xff" * 30_000

    assert decode("gzip", stored_blocks, limit=100_000) is Why.TOO_LARGE


def test_a_body_of_nothing_but_gzip_members_is_refused() -> None:
    assert decode("gzip", gzip.compress(b"<") * (MOST_MEMBERS + 1)) is Why.BAD_ENCODING
    assert decode("gzip", gzip.compress(b"<") * MOST_MEMBERS) == b"<" * MOST_MEMBERS


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_of_a_cut_body_the_part_that_came_is_kept(name: str) -> None:
    whole = b"<rss>" + os.urandom(60_000)
    part = decode(name, CODERS[name](whole)[:30_000])

    assert isinstance(part, bytes)
    assert whole.startswith(part)
    assert part


@pytest.mark.parametrize(
    ("declared", "head", "expected"),
    [
        pytest.param("gzip", b"<?xml version='1.0'?>", "identity", id="xml"),
        pytest.param("gzip", b"\xef\xbb\xbf\n <rss", "identity", id="behind-bom-and-space"),
        pytest.param("br", b'{"version"', "identity", id="json"),
        pytest.param("br", b"<!DOCTYPE html>", "identity", id="a-page"),
        pytest.param("", b"\x1f\x8b\x08", "gzip", id="gzip-by-its-mark"),
        pytest.param("binary", b"\x1f\x8b\x08", "gzip", id="gzip-under-another-name"),
        pytest.param("br", b"\x1f\x8b\x08", "br", id="brotli-may-begin-so"),
        pytest.param("", b"anything", "identity", id="undeclared"),
        pytest.param("zstd", b"\x28\xb5\x2f\xfd", "zstd", id="zstd"),
        pytest.param("", b"\x28\xb5\x2f\xfd", "zstd", id="zstd-by-its-mark"),
        pytest.param("compress", b"\x1f\x9d", None, id="one-that-we-did-not-ask-for"),
    ],
)
def test_rule_055_the_first_bytes_are_believed_before_the_header(
    declared: str, head: bytes, expected: str | None
) -> None:
    assert coding(declared, head) == expected
