"""The command line: arguments in, exit code out.

What a command needs is imported when it runs, so that `--help` and a typing mistake answer at once.
The exit codes are these, for every command:
"""

from __future__ import annotations

import os
import sys

import click

from aggregator import __version__
from aggregator.cli import check, demo, look, opml, poll, serve
from aggregator.errors import AggregatorError, ConfigError, UnknownName

EXIT_CODES = {
    0: "done",
    1: "it did not work, or whoever read the output left early",
    2: "the configuration or the call is wrong",
    3: "what was asked for is not there",
    130: "interrupted (Ctrl-C)",
}
_FAILED, _WRONG, _UNKNOWN, _INTERRUPTED = 1, 2, 3, 130
_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {n:<4} {means}" for n, means in EXIT_CODES.items())


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(__version__, prog_name="aggregator")
def app() -> None:
    """Poll wire and portal feeds, merge the copies, serve RSS, Atom and JSON feeds."""


for _command in (
    serve.serve,
    poll.poll,
    check.check,
    look.sources,
    look.feeds,
    look.show,
    look.explain,
    opml.opml,
    check.schema,
    demo.demo,
):
    app.add_command(_command)


def main() -> None:
    """The program. Never shows a traceback for what an operator can mend."""
    code = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Else the interpreter tries once more as it ends, and complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _FAILED
    sys.exit(code)


def _run() -> int:
    try:
        # A command that says nothing of its code has done what it was told.
        return app(prog_name="aggregator", standalone_mode=False) or 0
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return _INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AggregatorError as error:
        click.echo(str(error), err=True)
        return _code(error)


def _code(error: AggregatorError) -> int:
    if isinstance(error, ConfigError):
        return _WRONG
    return _UNKNOWN if isinstance(error, UnknownName) else _FAILED
