"""Whatever the text, `parse` answers with a configuration or with places and words."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator import config
from aggregator.errors import ConfigError, Problem

SHIPPED = (Path(__file__).parents[2] / "feeds.yaml").read_text("utf-8")
_KEYS = (
    "service defaults sources feeds agencies matching alerts title base_url database retention"
    " prefer interval timeout max_size agency portal url name kind language timezone topics trust"
    " rights enabled description from not collapse order limit max_age was kinds languages words a"
    " b << user_agent headers proxy allow_private Authorization"
)
_WORDS = (
    "a b it no 10m 10MB 5 true latest article agency portal full /a/ https://a.example/rss"
    " https://${A}@b.example/ Europe/Rome null"
)
KEYS, WORDS = _KEYS.split(), _WORDS.split()

scalars = st.sampled_from(WORDS) | st.text(max_size=8) | st.none() | st.integers() | st.booleans()
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=25,
)
sources = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)
files = st.fixed_dictionaries(
    {"sources": sources | trees, "feeds": sources | trees},
    optional={"service": trees, "defaults": trees, "alerts": trees},
)
yaml_signs = st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@`#~<=/ \t\n\r\0\x85\u2028\ufeff\ud800é"))


def problems(text: str) -> tuple[Problem, ...]:
    """What is wrong with a text; nothing, if it is a configuration."""
    try:
        config.parse(text, "feeds.yaml", {})
    except ConfigError as error:
        return error.problems
    return ()


def assert_well_told(text: str) -> None:
    """In order, none twice, each at a place that the text has, in words that print."""
    found = problems(text)
    lines = len(text.splitlines()) + 1

    assert found == tuple(sorted(set(found)))
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in found)
    assert all(problem.message and problem.message.isprintable() for problem in found)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert_well_told(text)


@settings(deadline=None)
@given(yaml_signs)
def test_any_heap_of_yaml_signs_is_answered(text: str) -> None:
    assert_well_told(text)


@settings(deadline=None)
@given(files | trees)
def test_any_tree_under_our_keys_is_answered(tree: object) -> None:
    assert_well_told(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


@settings(deadline=None)
@given(
    st.integers(0, len(SHIPPED)), st.integers(0, 40), st.sampled_from(["", "\t", "[", ": ", "*a"])
)
def test_the_shipped_file_with_a_hole_in_it_is_answered(at: int, cut: int, put: str) -> None:
    assert_well_told(SHIPPED[:at] + put + SHIPPED[at + cut :])


@settings(deadline=None)
@given(files)
def test_the_same_text_gets_the_same_answer(tree: object) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True)
    assert problems(text) == problems(text)
