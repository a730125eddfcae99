"""The characters that every output format can carry."""

from __future__ import annotations

from xml.parsers import expat

from hypothesis import given
from hypothesis import strategies as st

from aggregator.text.characters import sendable


def test_rule_082_control_characters_and_lone_surrogates_are_dropped() -> None:
    assert sendable("a\x00b\x0bc\ud800d\ufffee\tf\n😀") == "abcde\tf\n😀"


@given(st.text())
def test_what_is_left_can_stand_in_xml(text: str) -> None:
    left = sendable(text).replace("&", "").replace("<", "").replace("]]>", "")
    expat.ParserCreate("utf-8").Parse(f"<x>{left}</x>".encode(), True)
