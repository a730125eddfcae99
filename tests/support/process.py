"""The service as its users run it: a subprocess with a port, signals and a database on disk."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# Bounds of waiting, far above what is needed: a slow machine must not fail a test of behaviour.
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:.0f} s in vain: {what}")
        time.sleep(0.05)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@dataclass
class Running:
    """`aggregator …` in a subprocess; `port` is where it serves, if it does."""

    arguments: list[str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "aggregator", *self.arguments], stdout=log, stderr=log
            )

    def answers(self, address: str = "/readyz") -> bool:
        try:
            return self.get(address)[0] == 200
        except OSError:
            return False

    def get(self, address: str) -> tuple[int, bytes]:
        url = f"http://127.0.0.1:{self.port}{address}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def wait_ready(self) -> None:
        wait_until(self.answers, f"/readyz on {self.port}; see {self.log}")

    def kill(self) -> None:
        """The supervisor gets no chance to say goodbye."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def descendants(self) -> list[int]:
        """The processes that this one has started, and theirs."""
        found, todo = [], [self.process.pid]
        while todo:
            children = _children(todo.pop())
            found += children
            todo += children
        return found


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def serving(config: Path, port: int, *more: str) -> Running:
    """`aggregator serve` over a configuration, not yet started."""
    arguments = ["serve", "-c", os.fspath(config), "--port", str(port), *more]
    return Running(arguments=arguments, port=port, log=config.with_suffix(".log"))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    try:
        return [int(n) for task in tasks.iterdir() for n in (task / "children").read_text().split()]
    except OSError:
        return []
