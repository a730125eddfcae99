"""The stories of the simulated world: a scene, and what is drawn into its blanks.

The words stand in `stories.<language>.toml`, because they are data and a reader of the world's
language must be able to mend them without reading code. Each scene is written in two voices, so
that two newsrooms can tell one event in texts that share its facts and not its sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One way to tell an event: interchangeable titles, paragraphs in order, what came later."""

    titles: tuple[str, ...]
    paragraphs: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """What all scenes of a language share: first names by part (`m`, `f`), families, words."""

    language: str
    first: Mapping[str, tuple[str, ...]]
    last: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Something that can happen, with blanks: `{city}`, `{m}`, `{n}`.

    `numbers` are (low, high), both included; `n` is always among them. `wire` and `other` are the
    two voices, `remarks` what people of this topic are always good for.
    """

    book: Phrasebook
    topic: str
    label: str
    tags: tuple[str, ...]
    numbers: Mapping[str, tuple[int, int]]
    words: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...]
    wire: Voice
    other: Voice


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


def scenes(language: str) -> tuple[Scene, ...]:
    """All scenes of a language, from its file inside the package."""
    name = f"stories.{language}.toml"
    data = tomllib.loads((resources.files("aggregator.newsroom") / name).read_text("utf-8"))
    people = data["people"]
    book = Phrasebook(
        language=language,
        first={"m": people["men"], "f": people["women"]},
        last=people["last"],
        words=data["words"],
    )
    return tuple(_scene(book, part, data["topics"][part["topic"]]) for part in data["scene"])


def _scene(book: Phrasebook, part: Mapping[str, Any], topic: Mapping[str, Any]) -> Scene:
    return Scene(
        book=book,
        topic=part["topic"],
        label=topic["label"],
        tags=tuple(part["tags"]),
        numbers=part["numbers"],
        words={**book.words, **part.get("words", {})},
        remarks=topic["remarks"],
        wire=_voice(part["titles"], (part["lead"], *part["body"]), part["update"]),
        other=_voice(part["other_titles"], (part["other_lead"], *part["other_body"]), ()),
    )


def _voice(titles: list[str], paragraphs: tuple[str, ...], later: tuple[str, ...]) -> Voice:
    return Voice(titles=tuple(titles), paragraphs=paragraphs, later=tuple(later))


def tell(scene: Scene, chance: Chance) -> Story:
    """The story that this chance makes of a scene."""
    facts = _facts(scene, chance.about("facts"))
    wrong = facts | {"n": str(int(facts["n"]) + chance.about("wrong").between(*_MISTAKE))}
    wire, other = _remarked(scene, chance.about("remarks").several(scene.remarks, _REMARKS))
    return Story(
        topic=scene.topic,
        label=scene.label,
        language=scene.book.language,
        place=facts.get("place", facts["city"]),
        tags=scene.tags,
        voices=(_filled(wire, facts), _filled(other, facts)),
        mistaken=(_filled(wire, wrong), _filled(other, wrong)),
    )


def _facts(scene: Scene, chance: Chance) -> dict[str, str]:
    """A value for every blank; the two cities are two."""
    city, city2 = chance.about("city").several(scene.words["city"], 2)
    drawn = {name: chance.about(name).pick(values) for name, values in scene.words.items()}
    numbers = {
        name: str(chance.about(name).between(low, high))
        for name, (low, high) in scene.numbers.items()
    }
    return {**drawn, **numbers, **_people(scene.book, chance), "city": city, "city2": city2}


def _people(book: Phrasebook, chance: Chance) -> dict[str, str]:
    """Somebody for every part, all of different families."""
    last = chance.about("last").several(book.last, len(_PARTS))
    return {
        part: f"{chance.about(part).pick(book.first[part[0]])} {family}"
        for part, family in zip(_PARTS, last, strict=True)
    }


def _remarked(scene: Scene, remarks: tuple[str, ...]) -> tuple[Voice, Voice]:
    """The two voices, each with remarks of its own among its paragraphs."""
    lead, first, *rest = scene.wire.paragraphs
    wire = (lead, first, remarks[0], *rest, remarks[1])
    other = (*scene.other.paragraphs, remarks[2])
    return (
        replace(scene.wire, paragraphs=wire),
        replace(scene.other, paragraphs=other, later=(remarks[3],)),
    )


def _filled(voice: Voice, facts: Mapping[str, str]) -> Voice:
    return Voice(
        titles=_told(voice.titles, facts),
        paragraphs=_told(voice.paragraphs, facts),
        later=_told(voice.later, facts),
    )


def _told(texts: tuple[str, ...], facts: Mapping[str, str]) -> tuple[str, ...]:
    filled = (text.format_map(facts) for text in texts)
    return tuple(text[:1].upper() + text[1:] for text in filled)
