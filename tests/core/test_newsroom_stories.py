"""The stories of the simulated world: many, different, whole, and told twice in other words."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from aggregator.newsroom import stories
from aggregator.newsroom.chance import Chance
from aggregator.newsroom.stories import TOPICS, Story, Voice
from aggregator.text import tokens

SCENES = {language: stories.scenes(language) for language in stories.LANGUAGES}
TOLD = {
    language: tuple(
        stories.tell(scenes[number % len(scenes)], Chance(f"story {number}"))
        for number in range(400)
    )
    for language, scenes in SCENES.items()
}
in_each_language = pytest.mark.parametrize("language", stories.LANGUAGES)


def texts(voice: Voice) -> tuple[str, ...]:
    return (*voice.titles, *voice.paragraphs, *voice.later)


def overlap(one: Story) -> float:
    """Share of the shorter voice's words (four in a row) that stand in the other as well."""
    runs = [
        {words[i : i + 4] for i in range(len(words) - 3)}
        for words in (tokens.words(" ".join(voice.paragraphs)) for voice in one.voices)
    ]
    return len(runs[0] & runs[1]) / min(map(len, runs))


@in_each_language
def test_hundreds_of_stories_have_titles_of_their_own(language: str) -> None:
    titles = Counter(title for story in TOLD[language] for title in story.voices[0].titles[:3])
    assert len(titles) > 900


@in_each_language
def test_no_two_stories_are_one_text(language: str) -> None:
    bodies = {story.voices[0].paragraphs for story in TOLD[language]}
    assert len(bodies) == 400


@in_each_language
def test_every_blank_is_filled(language: str) -> None:
    voices = [voice for one in TOLD[language] for voice in (*one.voices, *one.mistaken)]
    assert all(voice.titles and len(voice.paragraphs) >= 4 for voice in voices)
    assert [text for voice in voices for text in texts(voice) if set(text) & set("{}")] == []


@in_each_language
def test_a_story_is_told_twice_with_its_facts_and_not_its_sentences(language: str) -> None:
    assert max(overlap(story) for story in TOLD[language]) < 0.15


@in_each_language
def test_a_first_report_differs_from_the_correction_in_its_figure(language: str) -> None:
    same = [one for one in TOLD[language] if one.voices[0].paragraphs == one.mistaken[0].paragraphs]
    assert same == []


@in_each_language
def test_every_topic_has_its_stories(language: str) -> None:
    counts = Counter(story.topic for story in TOLD[language])
    assert set(counts) == set(TOPICS)
    assert min(counts.values()) > 40


def test_equal_names_are_equal_draws_and_others_are_not() -> None:
    chance = Chance("seed 1")
    assert chance.about("lag", 3).unit() == Chance("seed 1").about("lag", 3).unit()
    assert len({chance.about("lag", number).unit() for number in range(1000)}) == 1000


def test_draws_are_spread_evenly() -> None:
    drawn = Counter(Chance(f"{number}").between(1, 5) for number in range(5000))
    assert sorted(drawn) == [1, 2, 3, 4, 5]
    assert all(900 < count < 1100 for count in drawn.values())


def test_who_weighs_more_is_more_often_first() -> None:
    weights = {"a": 3.0, "b": 1.0, "nobody": 0.0}
    orders = [Chance(f"{n}").ranked(tuple(weights), weights.__getitem__) for n in range(2000)]
    firsts = Counter(order[0] for order in orders)
    assert 1400 < firsts["a"] < 1600
    assert {len(order) for order in orders} == {2}


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (3, 3), (5, 5), (9, 5)])
def test_several_are_all_different(count: int, expected: int) -> None:
    drawn = Chance("x").several("abcde", count)
    assert len(drawn) == len(set(drawn)) == expected


def test_a_span_lies_between_its_ends() -> None:
    low, high = timedelta(minutes=2), timedelta(minutes=3)
    spans = [Chance(f"{number}").span(low, high) for number in range(500)]
    assert low <= min(spans) < max(spans) <= high
