"""Groups of entries under matches: no chains, one result for any order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, pairwise
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import articles, grouping
from aggregator.model.article import Article, Match
from aggregator.model.entry import EntryRef
from aggregator.text import ids
from tests.support.world import MINUTE, NOON, entry

NAMES = "abcdefgh"
REFS = tuple(EntryRef(source_id=name, key="guid:1") for name in NAMES)


def ref(name: str) -> EntryRef:
    return EntryRef(source_id=name, key="guid:1")


def match(one: str, other: str, level: str = "text", score: float = 0.8) -> Match:
    return Match(level=level, entry=ref(one), other=ref(other), score=score, why="")


def grouped(*matches: Match, names: str = NAMES) -> list[str]:
    """The groups of more than one, as strings of names."""
    parts = grouping.groups([ref(name) for name in names], matches, {})
    return ["".join(one.source_id for one in part) for part in parts if len(part) > 1]


def among(names: str, level: str = "text", score: float = 0.8) -> list[Match]:
    return [match(one, other, level, score) for one, other in combinations(names, 2)]


CASES = [
    pytest.param([match("a", "b")], ["ab"], id="a pair"),
    pytest.param(among("abc"), ["abc"], id="all alike"),
    pytest.param([match("a", "b"), match("b", "c")], ["abc"], id="two are like the third"),
    pytest.param([match("a", x) for x in "bcde"], ["abcde"], id="copies of one wire text"),
    pytest.param([match("a", "b", "link"), match("b", "c", "link")], ["abc"], id="one address"),
    pytest.param([match("a", "z")], [], id="a match with an entry that is not there"),
    pytest.param(
        [*among("abc"), match("c", "d", score=0.7), *among("def")],
        ["abc", "def"],
        id="a bridge between two groups",
    ),
    pytest.param(
        [*among("abcd"), *(match("d", x, score=0.7) for x in "fg"), *among("efg", score=0.9)],
        ["abcd", "efg"],
        id="one member that is like two of others",
    ),
    pytest.param(
        [*among("abc"), *among("def"), *(match(x, y, score=0.7) for x in "ab" for y in "de")],
        ["abcdef"],
        id="two members of each agree",
    ),
]


@pytest.mark.parametrize(("matches", "expected"), CASES)
def test_groups(matches: list[Match], expected: list[str]) -> None:
    assert grouped(*matches) == expected


def test_rule_059_a_chain_of_weak_matches_does_not_join_its_ends() -> None:
    chain = [match(one, other) for one, other in pairwise(NAMES)]
    assert grouped(*among("abc"), *among("fgh"), *chain) == ["abc", "de", "fgh"]


def test_rule_059_groups_stop_growing_at_the_limit() -> None:
    refs = [EntryRef(source_id=f"s{n:03}", key="guid:1") for n in range(grouping.MAX_SIZE + 5)]
    matches = [
        Match(level="text", entry=refs[0], other=other, score=0.9, why="") for other in refs[1:]
    ]
    assert max(map(len, grouping.groups(refs, matches, {}))) == grouping.MAX_SIZE


PAIRS = tuple(combinations(NAMES, 2))


def test_a_copy_that_is_like_two_agencies_texts_does_not_join_them() -> None:
    matches = [match("a", "b"), match("b", "c")]
    agencies = {ref("a"): "ansa", ref("c"): "agi"}
    parts = grouping.groups([ref(name) for name in "abc"], matches, agencies)
    assert parts == ((ref("a"), ref("b")), (ref("c"),))


MATCHES = st.lists(
    st.builds(
        lambda pair, level, score: match(pair[0], pair[1], level, score),
        st.sampled_from(PAIRS),
        st.sampled_from(("link", "text", "title")),
        st.sampled_from((0.6, 0.8, 0.9, 1.0)),
    ),
    max_size=20,
)


@given(MATCHES.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_groups_do_not_depend_on_the_order_of_arrival(
    matches: tuple[list[Match], list[Match]],
) -> None:
    first, second = matches
    assert grouping.groups(REFS, first, {}) == grouping.groups(REFS[::-1], second, {})


@given(MATCHES)
def test_every_entry_is_in_one_group(matches: list[Match]) -> None:
    found = [one for group in grouping.groups(REFS, matches, {}) for one in group]
    assert sorted(found) == sorted(REFS)


APART = st.frozensets(st.sampled_from(PAIRS), max_size=5)


def kept_apart(pairs: Collection[tuple[str, str]]) -> dict[EntryRef, frozenset[EntryRef]]:
    both = [*pairs, *((other, one) for one, other in pairs)]
    return {ref(name): frozenset(ref(b) for a, b in both if a == name) for name in NAMES}


@given(
    MATCHES.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))),
    APART,
)
def test_what_the_operator_keeps_apart_is_in_no_group_in_any_order(
    matches: tuple[list[Match], list[Match]], pairs: frozenset[tuple[str, str]]
) -> None:
    apart = kept_apart(pairs)
    groups = grouping.groups(REFS, matches[0], {}, apart)
    assert groups == grouping.groups(REFS[::-1], matches[1], {}, apart)
    assert not any({ref(one), ref(other)} <= set(group) for group in groups for one, other in pairs)


def test_the_operators_word_joins_before_an_address_does() -> None:
    matches = [match("a", "b", "link"), match("b", "c", "always")]
    groups = grouping.groups([ref(name) for name in "abc"], matches, {}, kept_apart([("a", "c")]))
    assert groups == ((ref("a"),), (ref("b"), ref("c")))


def _alone(name: str) -> Article:
    one = entry(name, "guid:1", "Titolo", first_seen=NOON + MINUTE * NAMES.index(name))
    return Article(
        uid=ids.of_article(one.ref),
        entries=(one,),
        position=one.first_seen,
        first_seen=one.first_seen,
        updated=one.first_seen,
    )


def _some(number: int) -> list[Match]:
    """Some of the matches that six entries can have, mixed well by a number."""
    bits = crc32(str(number).encode())
    return [match(*pair) for at, pair in enumerate(combinations("abcdef", 2)) if bits >> at & 1]


def _through(numbers: Iterable[int]) -> Iterator[tuple[Article, ...]]:
    made: tuple[Article, ...] = tuple(map(_alone, "abcdef"))
    for number in numbers:
        made = articles.regroup(made, _some(number))
        yield made


def test_ids_are_the_founding_entries_own_through_ten_thousand_joins_and_splits() -> None:
    states = [
        [(article.uid, ids.of_article(article.entries[0].ref)) for article in made]
        for made in _through(range(10_000))
    ]
    assert all(uid == founders for state in states for uid, founders in state)
    assert {len(state) for state in states} >= {1, 2, 3, 4, 5}


def test_articles_forget_what_they_were_joined_with_before() -> None:
    *_, made = _through(range(50))
    fresh = articles.regroup(map(_alone, "abcdef"), _some(49))
    assert [(a.uid, a.entries) for a in made] == [(a.uid, a.entries) for a in fresh]
