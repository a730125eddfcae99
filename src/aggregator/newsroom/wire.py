"""An event and the texts that are written about it: who writes, when, and what they take back.

An agency breaks a story with a flash, follows with the text, adds an update under a new name,
corrects a figure in place, and now and then kills what it should never have sent. A portal that
writes for itself writes once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.newsroom.chance import Chance
from aggregator.newsroom.outlets import Kind, Outlet
from aggregator.newsroom.stories import TITLES, Story, Voice

# Shares of an agency's stories, guessed from wires that can be read in public: most are one text.
FLASHED, UPDATED, CORRECTED, KILLED = 0.35, 0.25, 0.12, 0.02
# Share of events that a second newsroom tells in words of its own.
SECOND = 0.45
# Minutes (low, high) from the event, and from the text, to what follows.
SECOND_AFTER = (5, 40)
TEXT_AFTER_FLASH = (2, 10)
UPDATE_AFTER = (25, 80)
CORRECTION_AFTER = (15, 60)
KILL_AFTER = (30, 120)
# No text is written later than this after its event; the slowest is a second agency's kill.
LATEST = timedelta(minutes=SECOND_AFTER[1] + TEXT_AFTER_FLASH[1] + KILL_AFTER[1])


class Take(StrEnum):
    """What a text is in the run of its story."""

    FLASH = "flash"
    TEXT = "text"
    UPDATE = "update"
    KILL = "kill"


_PLACE_IN_RUN = {Take.FLASH: 0, Take.TEXT: 1, Take.UPDATE: 2, Take.KILL: 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in the world, the `number`-th, at `at`."""

    number: int
    at: datetime
    story: Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a text said from `at` on."""

    at: datetime
    voice: Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text by one author; more than one telling is a correction in place.

    `code` names it in the world and is a part of its pages' addresses. `headline` is the index of
    the author's choice among the voice's titles. `killed` is when the author took it back.
    """

    code: str
    event: Event
    author: Outlet
    take: Take
    headline: int
    tellings: tuple[Telling, ...]
    killed: datetime | None = None

    @property
    def at(self) -> datetime:
        return self.tellings[0].at


def minutes(chance: Chance, bounds: tuple[int, int]) -> timedelta:
    """A drawn span of time; bounds in minutes, both included."""
    low, high = bounds
    return chance.span(timedelta(minutes=low), timedelta(minutes=high))


def texts(event: Event, roster: tuple[Outlet, ...], chance: Chance) -> tuple[Text, ...]:
    """Everything that is written about an event, the first writer's texts first."""
    story = event.story
    able = [outlet for outlet in roster if outlet.covers(story.language, story.topic)]
    writers = chance.about("writers").ranked(able, lambda outlet: outlet.writes)
    count = 2 if chance.about("second").happens(SECOND) else 1
    return tuple(
        text
        for turn, writer in enumerate(writers[:count])
        for text in _by(writer, turn, event, chance.about(writer.id))
    )


def _by(writer: Outlet, turn: int, event: Event, chance: Chance) -> tuple[Text, ...]:
    begun = event.at + (minutes(chance.about("second"), SECOND_AFTER) if turn else timedelta())
    text = Text(
        code=f"{event.number}{'ab'[turn]}{_PLACE_IN_RUN[Take.TEXT]}",
        event=event,
        author=writer,
        take=Take.TEXT,
        headline=chance.about("headline").between(0, TITLES - 1),
        tellings=(Telling(at=begun, voice=event.story.voices[turn]),),
    )
    if writer.kind is Kind.PORTAL:
        return (text,)
    return _run(text, event.story.mistaken[turn], chance)


def _run(text: Text, mistaken: Voice, chance: Chance) -> tuple[Text, ...]:
    """What an agency makes of its text: flash, text, update, kill, as chance has it."""
    begun, right = text.at, text.tellings[0].voice
    flashed = chance.about("flash").happens(FLASHED)
    at = begun + (minutes(chance.about("text"), TEXT_AFTER_FLASH) if flashed else timedelta())
    killed = None
    if chance.about("kill").happens(KILLED):
        killed = at + minutes(chance.about("kill", "after"), KILL_AFTER)
    told = _tellings(at, right, mistaken, chance)
    run = [replace(text, tellings=told, killed=killed)]
    if flashed:
        run.insert(0, _take(text, Take.FLASH, begun, told[0].voice, killed))
    if killed:
        run.append(_take(text, Take.KILL, killed, right, None))
    elif chance.about("update").happens(UPDATED):
        later = at + minutes(chance.about("update", "after"), UPDATE_AFTER)
        run.append(_take(text, Take.UPDATE, later, right, None))
    return tuple(run)


def _tellings(at: datetime, right: Voice, mistaken: Voice, chance: Chance) -> tuple[Telling, ...]:
    if not chance.about("correction").happens(CORRECTED):
        return (Telling(at=at, voice=right),)
    corrected = at + minutes(chance.about("correction", "after"), CORRECTION_AFTER)
    return (Telling(at=at, voice=mistaken), Telling(at=corrected, voice=right))


def _take(text: Text, take: Take, at: datetime, voice: Voice, killed: datetime | None) -> Text:
    """Another text of the same run, named beside it."""
    return replace(
        text,
        code=f"{text.code[:-1]}{_PLACE_IN_RUN[take]}",
        take=take,
        tellings=(Telling(at=at, voice=voice),),
        killed=killed,
    )
