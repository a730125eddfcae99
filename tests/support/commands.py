"""Commands called as a shell calls them, and a web server for them to poll."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from click.testing import CliRunner, Result

from aggregator.cli import app

Answers = Mapping[str, bytes | int]


def run(*arguments: str | Path, **environment: str) -> Result:
    """A command in this process, with its standard output, error and exit code."""
    asked = [os.fspath(argument) for argument in arguments]
    result = CliRunner().invoke(app, asked, env=environment, prog_name="aggregator")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """A command in a process of its own, its output in pipes.

    Buffered as in a shell: an unbuffered Python takes a half write for a whole one.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "aggregator", *(os.fspath(argument) for argument in arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "", **environment},
    )


@contextmanager
def site(answers: Answers) -> Iterator[str]:
    """A web server on loopback for as long as the block runs; gives its address.

    Each path, with its query, is answered by its bytes or its status; all others by 404.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, 404)
            body = answer if isinstance(answer, bytes) else b""
            self.send_response(answer if isinstance(answer, int) else 200)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Tests say what they saw themselves."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="site")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
