"""The longest pause of a source, by which its silence is judged."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.world import NOON, World, config, entry, source

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "longest"),
    [
        pytest.param([], None, id="no entry"),
        pytest.param([0], None, id="one entry"),
        pytest.param([0, 1, 9, 10], 8, id="a night"),
        pytest.param([0, 100, 268], 168, id="the pause that began a week before the newest"),
        pytest.param([0, 100, 110, 270], 160, id="what lies further back counts no more"),
    ],
)
def test_the_longest_pause_is_that_of_the_week_up_to_the_newest_entry(
    tmp_path: Path, hours: list[int], longest: int | None
) -> None:
    world = World(tmp_path / "a.db", config(source("ansa"), source("portale")))
    listed = [entry("ansa", f"guid:{n}", f"Titolo {n}", published=NOON + n * HOUR) for n in hours]
    guessed = entry("ansa", "guid:x", "Senza data", published=NOON + 500 * HOUR, dated=False)
    world.lists("ansa", *listed, guessed)
    world.lists("portale", entry("portale", "guid:1", "Altrove", published=NOON + 600 * HOUR))
    (ansa, portale) = world.store.sources()
    assert ansa.pause == (longest * HOUR if longest else None)
    assert portale.pause is None
    world.store.close()
