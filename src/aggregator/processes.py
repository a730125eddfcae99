"""A small supervisor: it starts children, restarts the dead, and passes signals on.

A child must never outlive us, or it would keep the port and the lane: SIGTERM is passed on and
waited for, and should we be killed without a word the kernel tells the child (`follow_parent`).
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from aggregator.observe.events import Died, Event, Killed

_PARENT = "AGGREGATOR_PARENT"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h
_LARGE_BLOCK = 256 * 1024
# A child that dies at once is started again after 1, 2, 4 … seconds; one that lived a minute is
# new again.
_FIRST_PAUSE, _LONGEST_PAUSE, _SETTLED = 1.0, 30.0, 60.0
# Draining ends with the fetches in flight cancelled and the commit at hand done: seconds. Docker
# and systemd wait 10 and 90 before they kill.
_PATIENCE = 8.0
_TICK = 0.1


def follow_parent() -> None:
    """Ask the kernel for SIGTERM when the process that started us dies; a no-op without a parent.

    prctl(2): the request is lost if the parent died before it, so that is looked at afterwards.
    What we start from here on follows us in turn.
    """
    parent = os.environ.get(_PARENT)
    if parent is None or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(parent):
        os.kill(os.getpid(), signal.SIGTERM)
    os.environ[_PARENT] = str(os.getpid())


def give_memory_back() -> None:
    """Ask the allocator to return large blocks when they are freed; a no-op but on glibc.

    mallopt(3): left alone, it takes each large block that is freed as a lesson to keep the next, so
    that a few bodies of ten megabytes leave holes for good (126 MB instead of 96 in a siege).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)
        mallopt(_M_TRIM_THRESHOLD, _LARGE_BLOCK)


def child_environment(extra: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, _PARENT: str(os.getpid()), **extra}


@dataclass(slots=True, kw_only=True)
class Child:
    """A process that should be running: how to start it, and how its starts went."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    reloads: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = _FIRST_PAUSE

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command, env=child_environment(self.environment)
        )
        self.started = now

    def send(self, signum: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signum)


class Supervisor:
    """Keeps children running until SIGTERM or SIGINT; SIGHUP goes to those that reload."""

    def __init__(self, children: Sequence[Child], emit: Callable[[Event], None]) -> None:
        self._children = children
        self._emit = emit
        self._stopping = False
        self._reload = False

    def run(self) -> int:
        """0 after a stop that was asked for."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._on_stop)
        signal.signal(signal.SIGHUP, self._on_reload)
        while not self._stopping:
            self._tend(time.monotonic())
            time.sleep(_TICK)
        self._drain()
        return 0

    def _on_stop(self, signum: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _on_reload(self, signum: int, frame: FrameType | None) -> None:
        self._reload = True

    def _tend(self, now: float) -> None:
        for child in self._children:
            if child.process is None:
                if now >= child.due:
                    child.start(now)
            elif child.process.poll() is not None:
                self._mourn(child, now)
        if self._reload:
            self._reload = False
            for child in self._children:
                if child.reloads:
                    child.send(signal.SIGHUP)

    def _mourn(self, child: Child, now: float) -> None:
        status = child.process.returncode if child.process else 0
        lived = now - child.started
        pause = _FIRST_PAUSE if lived > _SETTLED else child.pause
        child.process, child.due = None, now + pause
        child.pause = min(pause * 2, _LONGEST_PAUSE)
        self._emit(Died(process=child.name, status=status, pause=pause))

    def _drain(self) -> None:
        for child in self._children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        for child in self._children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
                self._emit(Killed(process=child.name))
