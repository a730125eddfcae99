"""The command line: arguments in, exit code out.

What a command needs is imported when it runs, so that `--help` and a typing mistake answer at once.
`EXIT_CODES` are documented in docs/commands.md and in `aggregator --help`.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Any

import click

from aggregator import __version__
from aggregator.cli import check, demo, discover, evaluate, hand, look, opml, plan, poll, serve
from aggregator.errors import AggregatorError, ConfigError, LabelError, UnknownName

EXIT_CODES = {
    0: "done",
    1: "it did not work, or whoever read the output left early",
    2: "the configuration or the call is wrong",
    3: "what was asked for is not there",
    130: "interrupted (Ctrl-C)",
}
_FAILED, _WRONG, _UNKNOWN, _INTERRUPTED = 1, 2, 3, 130
_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {n:<4} {means}" for n, means in EXIT_CODES.items())


class _Program(click.Group):
    """All commands end here, so that none shows a traceback for what an operator can mend."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AggregatorError as error:
            click.echo(str(error), err=True)
            ctx.exit(_code(error))
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        finally:
            # A reader that left is noticed here, where click ends quietly, and not at exit.
            sys.stdout.flush()


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(__version__, prog_name="aggregator")
def app() -> None:
    """Poll wire and portal feeds, merge the copies, serve RSS, Atom and JSON feeds."""


for _command in (
    serve.serve,
    poll.poll,
    check.check,
    plan.plan,
    look.sources,
    look.feeds,
    look.show,
    look.explain,
    hand.withdraw,
    hand.notices,
    discover.discover,
    opml.opml,
    evaluate.evaluate,
    check.schema,
    demo.demo,
):
    app.add_command(_command)


def main() -> None:
    """The program."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that knows fewer letters than the news gets those that it knows.
        sys.stdout.reconfigure(errors="replace")
    app(prog_name="aggregator")


def _code(error: AggregatorError) -> int:
    if isinstance(error, ConfigError | LabelError):
        return _WRONG
    return _UNKNOWN if isinstance(error, UnknownName) else _FAILED
