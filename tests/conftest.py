"""What all tests share: where the corpus is, and that no test may skip where everything is there.

The corpus (real documents, labelled pairs) is not part of the project: its news belongs to its
publishers. Tests that need it, or a program that a machine may lack, skip with a reason. In CI a
skipped test is a test that silently stopped testing: AGGREGATOR_NO_SKIPS=1 makes it a failure.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder that AGGREGATOR_CORPUS names."""
    named = os.environ.get("AGGREGATOR_CORPUS")
    if not named:
        pytest.skip("AGGREGATOR_CORPUS is not set: no corpus")
    folder = Path(named)
    assert (folder / "README.md").is_file(), f"AGGREGATOR_CORPUS={named} is no corpus"
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("AGGREGATOR_NO_SKIPS") == "1" and reporter and reporter.stats.get("skipped"):
        reporter.write_line("\nNo test may skip here, and some did: see the summary.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
