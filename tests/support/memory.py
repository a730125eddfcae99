"""How much memory a program takes, with all that it starts, as the kernel counts it."""

from __future__ import annotations

import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.process import Running

_EVERY = 0.1  # seconds
PROCESS = "the process itself"
LARGEST_CHILD = "its largest child"
TOGETHER = "all at once"


class Watch:
    """Looks at a running program often. `peaks` are megabytes: the kernel's own high-water marks
    of the process and of its largest child, and the most that all took at one moment, in which
    pages that they share count each time."""

    def __init__(self, running: Running) -> None:
        self.peaks: defaultdict[str, int] = defaultdict(int)
        self._running = running
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_EVERY):
            own, children = self._running.process.pid, self._running.descendants()
            self._note(PROCESS, _megabytes(own, "VmHWM"))
            self._note(
                LARGEST_CHILD, max((_megabytes(pid, "VmHWM") for pid in children), default=0)
            )
            self._note(TOGETHER, sum(_megabytes(pid, "VmRSS") for pid in (own, *children)))

    def _note(self, name: str, size: int) -> None:
        self.peaks[name] = max(self.peaks[name], size)


def _megabytes(pid: int, counter: str) -> int:
    """0 for a process that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    found = (line.split()[1] for line in lines if line.startswith(f"{counter}:"))
    return int(next(found, "0")) // 1024
