"""What every folder of tests shares: where the corpus is.

The corpus (real documents, labelled pairs) is not part of the project: its news belongs to its
publishers. Tests that need it skip without it, except where it must be there, as in CI.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder that AGGREGATOR_CORPUS names; AGGREGATOR_REQUIRE_CORPUS=1 fails without it."""
    named = os.environ.get("AGGREGATOR_CORPUS", "")
    folder = Path(named)
    if named and (folder / "README.md").is_file():
        return folder
    why = f"no corpus: AGGREGATOR_CORPUS={named!r}"
    if os.environ.get("AGGREGATOR_REQUIRE_CORPUS") == "1":
        pytest.fail(why)
    pytest.skip(why)
