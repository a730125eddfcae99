"""Reading under coverage-guided fuzzing: never raises, never hangs, never gives an unsound entry.

Not a test that `make test` collects: it needs atheris, which is in no lock, and as long as it is
given. `make fuzz` runs it for ten minutes (`ARGS=-max_total_time=60` for one); what it finds is
written beside it as `crash-…` or `timeout-…`, and such a file as its only argument is tried again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["aggregator", "feedparser"]):
    from aggregator.newsroom.hostile import feeds
    from tests.formats.test_reading_properties import SEEDS, holds
    from tests.support.documents import outcome

_CHARSETS = (None, "utf-8", "windows-1252", "utf-16", "iso-2022-jp", "rot_13")
# A megabyte may take two seconds: what is fuzzed is a hundredth of that, and instrumented.
_LONGEST = 10_000
_DEFAULTS = ("-timeout=2", f"-max_len={_LONGEST}", "-max_total_time=600", "-rss_limit_mb=1024")


def try_one(data: bytes) -> None:
    """The first byte picks the transport's charset, the rest is the body."""
    charset = _CHARSETS[data[0] % len(_CHARSETS)] if data else None
    found = outcome(data[1:], charset=charset)
    if not holds(found):
        raise AssertionError(f"unsound: {found}")


def main() -> None:
    with TemporaryDirectory() as corpus:
        for number, seed in enumerate((*SEEDS, feeds.FEED)):
            Path(corpus, f"seed-{number}").write_bytes(b"\0" + seed)
        given = sys.argv[1:]
        files = [one for one in given if not one.startswith("-")]
        atheris.Setup([sys.argv[0], *_DEFAULTS, *given, *([] if files else [corpus])], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
