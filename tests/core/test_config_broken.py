"""What an operator reads of a broken feeds.yaml: every mistake, at its place, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aggregator import config
from aggregator.errors import ConfigError

CASES = Path(__file__).with_name("config_broken.txt").read_text("utf-8")
VALID = """\
sources: {a: {url: 'https://a.example/rss', kind: portal}}
feeds: {f: {}}
"""


def told(text: str) -> list[str]:
    """The lines that the operator reads."""
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "feeds.yaml", {"EMPTY": "", "WORD": "hunter2"})
    return [str(problem) for problem in caught.value.problems]


def broken() -> list[tuple[str, str, list[str]]]:
    """The cases of the file: name, text, expected lines."""
    return [
        (name, text, re.findall(r"^> (.*)$", lines, re.MULTILINE))
        for name, text, lines in re.findall(
            r"^== (.+)\n((?:(?!>).*\n)*?)((?:> .*\n)+)", CASES, re.M
        )
    ]


@pytest.mark.parametrize(
    ("text", "lines"), [pytest.param(text, lines, id=name) for name, text, lines in broken()]
)
def test_every_mistake_is_told_with_its_place_and_what_to_do(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_no_case_of_the_file_is_passed_over() -> None:
    assert len(broken()) == CASES.count("\n== ") > 130


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(
            "service:\n  title: a\x07b\n",
            "feeds.yaml:2:11: the character U+0007 is not allowed; remove it",
            id="a control character",
        ),
        pytest.param(
            "service:\n  title: caf\ud800\n",
            "feeds.yaml:2:13: the character U+D800 is not allowed; remove it",
            id="half of a surrogate pair",
        ),
        pytest.param(
            f"a: {'[' * 100_000}",
            "feeds.yaml:1:35: nested more than 32 levels deep; nothing here needs that",
            id="brackets that would end the process in a recursive reader",
        ),
        pytest.param(
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + "".join(
                f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
                for before, name in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            "feeds.yaml:5:4: aliases make this far too large; write the values out",
            id="aliases that would grow a billionfold",
        ),
        pytest.param(
            "a: &a0 []\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}]\n" for n in range(40)),
            "feeds.yaml:33:6: aliases make this far too large; write the values out",
            id="aliases that would nest without end",
        ),
    ],
)
def test_a_text_that_would_harm_is_refused_where_it_begins_to(text: str, line: str) -> None:
    assert told(text) == [line]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/rss",
        "http://a.example/rss",
        "https://www.a.example/rss",
        "https://A.Example:443/rss/",
        "https://a.example/rss?utm_source=reader#top",
    ],
)
def test_rule_016_one_feed_under_two_names_is_refused_however_it_is_spelt(url: str) -> None:
    text = f"""\
sources:
  a: {{url: 'https://a.example/rss', kind: portal}}
  b: {{url: '{url}', kind: portal}}
feeds: {{f: {{}}}}
"""
    assert told(text) == [
        'feeds.yaml:3:12: url: source "a" has this address already, on line 2;'
        " remove one of the two"
    ]


def test_messages_never_show_a_secret() -> None:
    shapes = (
        "https://me:hunter2@a.example/rss",
        "https://me:hunter2@[::1/rss",
        "https://me:hunter2@a.example:port/rss",
        "https://me:hunter2@a.example/a b",
        "ftp://me:hunter2@a.example/rss",
        "me:hunter2@a.example/rss",
        "a.example/rss?password=hunter2",
        "https://a.example/rss?token=hunter2",
    )
    lines = [f"  s{n}: {{url: '{url}', kind: portal}}" for n, url in enumerate(shapes)]

    messages = told("sources:\n" + "\n".join(lines) + "\nfeeds: {f: {}}\n")

    assert len(messages) == len(shapes)
    assert "hunter2" not in "\n".join(messages)


def test_a_message_cannot_steer_a_terminal() -> None:
    text = VALID + 'service: {"\\e[2J": 1, title: "\\x9b2J"}\n"\\x9b": 1\n'

    assert [line for line in told(text) if not line.isprintable()] == []


def test_a_missing_secret_of_a_source_that_is_off_is_no_mistake() -> None:
    text = """\
sources: {a: {url: 'https://a.example/rss?password=${A}', kind: portal, enabled: no}}
feeds: {f: {}}
"""
    assert config.parse(text, "feeds.yaml", {}).sources[0].enabled is False


def test_a_file_that_is_not_there_is_told_like_any_other_mistake(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    with pytest.raises(ConfigError) as caught:
        config.load(path, {})
    assert str(caught.value) == f"{path}:1:1: cannot be read: No such file or directory"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path, {})
    assert str(caught.value) == f"{tmp_path}:1:1: cannot be read: Is a directory"


def test_a_file_of_another_encoding_is_told_with_the_byte_and_its_place(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_bytes("service:\n  title: Città\n".encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        config.load(path, {})
    assert str(caught.value) == (f"{path}:2:14: the byte 0xe0 is not UTF-8; save the file as UTF-8")


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.encode())
    assert [source.id for source in config.load(path, {}).sources] == ["a"]
