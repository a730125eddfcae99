"""The child of `reader`: reads one document after another from its standard input, within bounds.

The bounds are the kernel's, so that no code in C can step over them. It ends with its parent, which
holds the other end of its input; each answer says whether the document has left it large.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import traceback
from dataclasses import replace
from typing import BinaryIO

from aggregator.model.fetched import Refused
from aggregator.model.reading import Reading
from aggregator.polling.reader import LENGTH
from aggregator.reading import read

SECONDS = 6
"""Of the processor, for one document: three times what the largest real feeds need on a slow
machine, and less than a supervisor's patience at the end."""

MEMORY = 144 * 1024 * 1024
"""Bytes of its own: ten megabytes of document are held up to six times while they are read."""

LARGE = 96 * 1024
"""Kilobytes at its peak after which a fresh child is cheaper than the memory of an old one."""

_NICE = 5


def main() -> None:
    """Until the input ends."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)  # meant for the parent, on whom we depend
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICE)
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while _answer(questions, answers):
        pass


def _answer(questions: BinaryIO, answers: BinaryIO) -> bool:
    """Read one document; whether there was one."""
    asked, body = _message(questions), _message(questions)
    if not asked:
        return False
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # its signal ends us
    answer = pickle.dumps((_outcome(asked, body), _is_large()))
    signal.setitimer(signal.ITIMER_PROF, 0)
    answers.write(LENGTH.pack(len(answer)))
    answers.write(answer)
    answers.flush()
    return True


def _message(questions: BinaryIO) -> bytes:
    """The next message; empty at the end of the input."""
    head = questions.read(LENGTH.size)
    return questions.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""


def _outcome(asked: bytes, body: bytes) -> Reading | Refused | str:
    """What the document says; for a fault of ours, its traceback."""
    fetched, source, previous = pickle.loads(asked)  # noqa: S301 - written by our parent
    try:
        return read(replace(fetched, body=body), source, previous)
    except MemoryError:
        raise
    except Exception:
        return traceback.format_exc()


def _is_large() -> bool:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > LARGE


if __name__ == "__main__":
    main()
