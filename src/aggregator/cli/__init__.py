"""The command line: arguments in, exit code out.

What a command needs is imported when it runs, so that `--help` and a typing mistake answer at once.
Exit codes: 0 done, 1 it did not work, 2 the configuration or the call is wrong, 3 what was asked
for is not there.
"""

from __future__ import annotations

import sys

import click

from aggregator import __version__
from aggregator.cli import check, demo, look, opml, poll, serve
from aggregator.errors import AggregatorError, ConfigError, UnknownName

FAILED, WRONG, UNKNOWN = 1, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
    try:
        app(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AggregatorError as error:
        click.echo(str(error), err=True)
        sys.exit(exit_code(error))


def exit_code(error: AggregatorError) -> int:
    """The documented code of an error of ours."""
    if isinstance(error, ConfigError):
        return WRONG
    return UNKNOWN if isinstance(error, UnknownName) else FAILED
