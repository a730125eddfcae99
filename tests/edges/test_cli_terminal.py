"""The program as a shell runs it: exit codes that arrive, pipes that break, Ctrl-C, a terminal."""

from __future__ import annotations

import os
import pty
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.support.commands import run, site, start
from tests.support.documents import rss
from tests.support.process import PATIENCE

ITEMS = rss(
    *(
        f"<title>Notizia {n}: l’inverno è finito</title><link>https://news.example/{n}</link>"
        for n in range(300)
    )
)
CONFIG = """
service: {{database: news.db, allow_private: true}}
sources: {{alfa: {{url: "{base}/a.xml", kind: portal}}}}
feeds: {{latest: {{title: L’ultima ora, limit: 300}}}}
"""


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "feeds.yaml"
    with site({"/a.xml": ITEMS}) as base:
        file.write_text(CONFIG.format(base=base), "utf-8")
        assert run("poll", "-c", file).exit_code == 0
        yield file


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code, and what was said on standard error."""
    with process:
        assert process.stderr
        said = process.stderr.read()
    return process.returncode, said


@pytest.mark.parametrize(
    ("command", "code"),
    [("show latest", 0), ("show nix", 3), ("poll nix", 3), ("serve --port 0", 2)],
)
def test_the_exit_code_arrives_in_the_shell(config: Path, command: str, code: int) -> None:
    asked = [sys.executable, "-m", "aggregator", *command.split(), "-c", str(config)]
    assert subprocess.run(asked, capture_output=True).returncode == code


@pytest.mark.parametrize("read", [0, 1], ids=["at once", "after a byte"])
def test_a_reader_that_leaves_ends_the_command_without_a_word(config: Path, read: int) -> None:
    process = start("show", "latest", "-c", config)
    assert process.stdout
    assert len(process.stdout.read(read)) == read
    process.stdout.close()
    assert ended(process) == (1, "")


def test_a_reader_of_little_that_leaves_is_noticed_as_well(config: Path) -> None:
    process = start("feeds", "--json", "-c", config)
    assert process.stdout
    process.stdout.close()
    assert ended(process) == (1, "")


def test_a_terminal_that_knows_few_letters_gets_those(config: Path) -> None:
    process = start("feeds", "-c", config, PYTHONIOENCODING="latin-1")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "L?ultima ora" in out


def test_ctrl_c_ends_a_pass_and_gives_its_sources_back(config: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(PATIENCE)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        config.write_text(CONFIG.format(base=address), "utf-8")
        process = start("poll", "alfa", "-c", config)
        connection, _ = silent.accept()
        process.send_signal(signal.SIGINT)
        code, said = ended(process)
        connection.close()
    assert code == 130
    assert said.strip() == "interrupted"
    with closing(sqlite3.connect(config.with_name("news.db"))) as database:
        assert database.execute("SELECT lease_until FROM sources").fetchall() == [(None,)]


def test_a_terminal_shows_a_bar_and_keeps_it_out_of_the_result(config: Path) -> None:
    ours, theirs = pty.openpty()
    asked = [sys.executable, "-m", "aggregator", "poll", "alfa", "-c", str(config)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = screen(ours)
        out = process.stdout.read() if process.stdout else b""
    assert b"polling" in shown
    assert out.split() == [
        *(b"source", b"result", b"new", b"revised", b"joined", b"detail"),
        *(b"alfa", b"fetched", b"0", b"0", b"0"),
    ]


def test_no_bar_is_shown_where_there_is_no_terminal(config: Path) -> None:
    assert ended(start("poll", "alfa", "-c", config)) == (0, "")


def screen(terminal: int) -> bytes:
    """All that is written to a terminal until its last writer has gone."""
    shown = b""
    with suppress(OSError):  # how Linux says so
        while piece := os.read(terminal, 4096):
            shown += piece
    os.close(terminal)
    return shown
