"""`show` prints the exact bytes that are served, wherever that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import run
from tests.support.process import free_port, serving

# Nothing listens there, so the feed stays as it is.
CONFIG = """\
service: {allow_private: true}
sources:
  nobody: {url: "http://127.0.0.1:9/rss.xml", kind: portal}
feeds:
  all: {title: Tutto}
"""


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_show_prints_what_is_served_on_any_port(tmp_path: Path, form: str) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(CONFIG)
    service = serving(path, free_port())
    service.start()
    try:
        service.wait_ready()
        status, body = service.get(f"/feeds/all.{form}")
        shown = run("show", "all", "--format", form, "-c", path)
    finally:
        assert service.stop() == 0
    assert status == 200
    assert shown.stdout == body.decode()
