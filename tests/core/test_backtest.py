"""Schedules held against the same news: the simulation by hand, and ours against the others'."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support import backtest
from tests.support.backtest import DAY, EPOCH, HOUR, MINUTE, RIVALS, Cost, Rival, Stream
from tests.support.replay import unpack

NAMES = [rival.name for rival in RIVALS]


def stream(*minutes: int, before: tuple[int, ...] = (), days: int = 1) -> Stream:
    return Stream(
        source="gazzetta",
        since=EPOCH,
        until=EPOCH + days * DAY,
        news=tuple(EPOCH + minute * MINUTE for minute in minutes),
        before=tuple(EPOCH - minute * MINUTE for minute in reversed(before)),
    )


def test_a_poll_sees_what_appeared_since_the_last_and_how_late_it_is() -> None:
    news = stream(1, 5, 10, 12)

    assert backtest.cost((news,), backtest.fixed(10 * MINUTE)) == Cost(
        polls=144.0, median=6.5, p90=9.5, mean=5.5
    )


def test_miniflux_asks_once_for_every_entry_of_the_last_week() -> None:
    asked = backtest.miniflux(stream(before=(10, 30, 70)))

    assert asked(EPOCH, ()) == 30 * MINUTE
    assert asked(EPOCH + HOUR, [EPOCH + 30 * MINUTE]) == timedelta(minutes=100 / 3)
    assert asked(EPOCH + 8 * DAY, ()) == DAY


def test_commafeed_asks_twice_for_every_entry_that_is_listed() -> None:
    asked = backtest.commafeed(stream(before=(10, 30, 70)))

    assert asked(EPOCH, ()) == 15 * MINUTE
    assert asked(EPOCH + 8 * DAY, ()) == HOUR
    assert asked(EPOCH + 20 * DAY, ()) == 2 * HOUR
    assert asked(EPOCH + 40 * DAY, ()) == 4 * HOUR


def cheaper(news: tuple[Stream, ...], rival: Rival) -> float:
    """Our polls over a rival's, where our median delay is no longer than its."""
    wanted = backtest.cost(news, rival.schedule)
    ours = backtest.cost(news, rival.ours(backtest.matched(news, rival.ours, wanted)))
    assert ours.median <= wanted.median
    return ours.polls / wanted.polls


@pytest.mark.parametrize("rival", RIVALS[:2], ids=NAMES[:2])
def test_at_an_equal_median_the_newsroom_needs_fewer_polls_than_in_step(rival: Rival) -> None:
    assert cheaper(backtest.invented(seed=3, days=1), rival) < 0.95


@pytest.fixture(scope="module")
def held_out(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Stream, ...]:
    """The archive on which nothing was tuned."""
    return backtest.archived(unpack(corpus, tmp_path_factory.mktemp("backtest"))["B"])[0]


@pytest.mark.parametrize("rival", RIVALS, ids=NAMES)
def test_at_an_equal_median_real_sources_need_fewer_polls(
    held_out: tuple[Stream, ...], rival: Rival
) -> None:
    assert cheaper(held_out, rival) < 1
