"""The stories of the simulated world: a scene, and what is drawn into its blanks.

The words stand in `stories.<language>.toml`, because they are data and a reader of the world's
language must be able to mend them without reading code. Each scene is written in two voices, so
that two newsrooms can tell one event in texts that share its facts and not its sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from aggregator.newsroom.chance import Chance

LANGUAGES = ("it", "en")
TOPICS = ("politica", "cronaca", "esteri", "economia", "sport")
# Titles that every voice has at least; they are chosen by index.
TITLES = 3
# How far a first report's figure is from the truth, at most; never 0, or nothing was to correct.
_MISTAKE = (1, 4)
# Remarks that a story takes from its topic's: two for the wire's voice, two for the other.
_REMARKS = 4
# Who speaks or acts; the scene's own parts first, then those of the remarks.
_PARTS = ("m", "m2", "f", "f2", "m3", "m4", "f3")
_SEX = {"m": "men", "f": "women"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One way to tell an event: interchangeable titles, paragraphs in order, what came later."""

    titles: tuple[str, ...]
    paragraphs: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, told in two voices, each also as it was first misreported.

    `topic` is one of `TOPICS`; `label` is its name in the story's language; `voices[i]` has the
    right figure, `mistaken[i]` is the same text with the figure wrong.
    """

    topic: str
    label: str
    language: str
    place: str
    tags: tuple[str, ...]
    voices: tuple[Voice, Voice]
    mistaken: tuple[Voice, Voice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Everything that can be said in one language, as its TOML file holds it."""

    language: str
    people: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Mapping[str, Any]]
    scenes: tuple[Mapping[str, Any], ...]


def phrasebook(language: str) -> Phrasebook:
    """Read a language's file, which ships inside the package."""
    name = f"stories.{language}.toml"
    data = tomllib.loads((resources.files("aggregator.newsroom") / name).read_text("utf-8"))
    return Phrasebook(
        language=language,
        people=data["people"],
        words=data["words"],
        topics=data["topics"],
        scenes=tuple(data["scene"]),
    )


def tell(book: Phrasebook, chance: Chance) -> Story:
    """The story that this chance holds."""
    topic = chance.about("topic").pick(TOPICS)
    scenes = [scene for scene in book.scenes if scene["topic"] == topic]
    scene = chance.about("scene").pick(scenes)
    facts = _facts(book, scene, chance.about("facts"))
    wrong = facts | {"n": str(int(facts["n"]) + chance.about("wrong").between(*_MISTAKE))}
    remarks = chance.about("remarks").several(book.topics[topic]["remarks"], _REMARKS)
    return Story(
        topic=topic,
        label=book.topics[topic]["label"],
        language=book.language,
        place=facts.get("place", facts["city"]),
        tags=tuple(scene["tags"]),
        voices=_voices(scene, remarks, facts),
        mistaken=_voices(scene, remarks, wrong),
    )


def _facts(book: Phrasebook, scene: Mapping[str, Any], chance: Chance) -> dict[str, str]:
    """A value for every blank; the two cities are two."""
    cities = chance.about("city").several(book.words["city"], 2)
    words = book.words | scene.get("words", {})
    drawn = {name: chance.about(name).pick(values) for name, values in words.items()}
    numbers = {
        name: str(chance.about(name).between(low, high))
        for name, (low, high) in scene["numbers"].items()
    }
    return drawn | numbers | _people(book, chance) | {"city": cities[0], "city2": cities[1]}


def _people(book: Phrasebook, chance: Chance) -> dict[str, str]:
    """Somebody for every part, all of different families."""
    last = chance.about("last").several(book.people["last"], len(_PARTS))
    return {
        who: f"{chance.about(who).pick(book.people[_SEX[who[0]]])} {family}"
        for who, family in zip(_PARTS, last, strict=True)
    }


def _voices(
    scene: Mapping[str, Any], remarks: tuple[str, ...], facts: Mapping[str, str]
) -> tuple[Voice, Voice]:
    """The wire's voice and the other, each with remarks of its own between its paragraphs."""
    wire = (scene["lead"], scene["body"][0], remarks[0], *scene["body"][1:], remarks[1])
    other = (scene["other_lead"], *scene["other_body"], remarks[2])
    return (
        _voice(scene["titles"], wire, scene["update"], facts),
        _voice(scene["other_titles"], other, (remarks[3],), facts),
    )


def _voice(
    titles: tuple[str, ...],
    paragraphs: tuple[str, ...],
    later: tuple[str, ...],
    facts: Mapping[str, str],
) -> Voice:
    return Voice(
        titles=_filled(titles, facts),
        paragraphs=_filled(paragraphs, facts),
        later=_filled(later, facts),
    )


def _filled(texts: tuple[str, ...], facts: Mapping[str, str]) -> tuple[str, ...]:
    filled = (text.format_map(facts) for text in texts)
    return tuple(text[:1].upper() + text[1:] for text in filled)
