"""An event and the texts that are written about it: who writes, when, and what they take back.

An agency breaks a story with a flash, follows with the text, adds an update under a new name,
corrects a figure in place, sends a text again, sends one before it may be shown, and now and then
kills, withdraws or holds what it should not have sent. A portal that writes for itself writes once.
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
WITHDRAWN, HELD, EMBARGOED, REFILED, REPEATED = 0.01, 0.015, 0.03, 0.03, 0.03
# Share of events that a second newsroom tells in words of its own.
SECOND = 0.45
# Minutes (low, high) from the event, and from the text, to what follows.
SECOND_AFTER = (5, 40)
TEXT_AFTER_FLASH = (2, 10)
UPDATE_AFTER = (25, 80)
CORRECTION_AFTER = (15, 60)
KILL_AFTER = (30, 120)
RELEASE_AFTER = (20, 50)
EMBARGO_OF = (30, 90)
AGAIN_AFTER = (5, 90)
# No text is written later than this after its event; the slowest is a second agency's kill.
LATEST = timedelta(minutes=SECOND_AFTER[1] + TEXT_AFTER_FLASH[1] + KILL_AFTER[1])


class Take(StrEnum):
    """What a text is in the run of its story."""

    FLASH = "flash"
    TEXT = "text"
    UPDATE = "update"
    REFILE = "refile"  # the text again, for a fault of form
    REPEAT = "repeat"  # the text again, as it was
    HOLD = "hold"
    WITHDRAW = "withdraw"
    KILL = "kill"

    @property
    def order(self) -> bool:
        """Whether it is a message to newsrooms, and no news."""
        return self in (Take.HOLD, Take.WITHDRAW, Take.KILL)


_PLACE_IN_RUN = {take: place for place, take in enumerate(Take)}


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
    the author's choice among the voice's titles. `killed` is when the author took it back, for
    good; `held` when it asked that nobody show it, until `released` if it was. `embargo` is when it
    may first be shown. `again` names the text that it sends again.
    """

    code: str
    event: Event
    author: Outlet
    take: Take
    headline: int
    tellings: tuple[Telling, ...]
    killed: datetime | None = None
    held: datetime | None = None
    released: datetime | None = None
    embargo: datetime | None = None
    again: str = ""

    @property
    def at(self) -> datetime:
        return self.tellings[0].at

    @property
    def stopped(self) -> datetime | None:
        """When nobody may copy it any more."""
        return self.killed or self.held


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
    """What an agency makes of its text: flash, text, update, order, as chance has it."""
    begun = text.at
    embargo = _embargo(begun, chance)
    flashed = embargo is None and chance.about("flash").happens(FLASHED)
    at = begun + (minutes(chance.about("text"), TEXT_AFTER_FLASH) if flashed else timedelta())
    told = _tellings(at, text.tellings[0].voice, mistaken, chance)
    order = None if embargo else _order(chance)
    stopped = at + minutes(chance.about("kill", "after"), KILL_AFTER)
    sent = _stopped(replace(text, tellings=told, embargo=embargo), order, stopped, chance)
    flash = [_take(sent, Take.FLASH, begun, told[0].voice)] if flashed else []
    return (*flash, sent, *_after(sent, order, stopped, chance))


def _embargo(begun: datetime, chance: Chance) -> datetime | None:
    if not chance.about("embargo").happens(EMBARGOED):
        return None
    return begun + minutes(chance.about("embargo", "of"), EMBARGO_OF)


def _order(chance: Chance) -> Take | None:
    """What becomes of a text that should not have been sent."""
    shares = ((Take.KILL, KILLED), (Take.WITHDRAW, WITHDRAWN), (Take.HOLD, HELD))
    return next((take for take, share in shares if chance.about(take).happens(share)), None)


def _stopped(text: Text, order: Take | None, at: datetime, chance: Chance) -> Text:
    """The text as its order leaves it: corrected no more. Only a wire whose items have a status can
    release one."""
    if order is None:
        return text
    told = tuple(telling for telling in text.tellings if telling.at < at)
    text = replace(text, tellings=told)
    if order is not Take.HOLD:
        return replace(text, killed=at)
    release = at + minutes(chance.about("release"), RELEASE_AFTER)
    return replace(text, held=at, released=release if text.author.formal else None)


def _after(text: Text, order: Take | None, at: datetime, chance: Chance) -> tuple[Text, ...]:
    """What follows a text under other names; a wire whose items have a status orders by that."""
    right = text.tellings[-1].voice
    if order:
        plain = replace(text, killed=None, held=None, released=None)
        return () if text.author.formal else (_take(plain, order, at, right),)
    if text.embargo:
        return ()
    if chance.about("update").happens(UPDATED):
        later = text.at + minutes(chance.about("update", "after"), UPDATE_AFTER)
        return (_take(text, Take.UPDATE, later, right),)
    for take, share in ((Take.REFILE, REFILED), (Take.REPEAT, REPEATED)):
        if chance.about(take).happens(share):
            later = text.tellings[-1].at + minutes(chance.about(take, "after"), AGAIN_AFTER)
            return (replace(_take(text, take, later, right), again=text.code),)
    return ()


def _tellings(at: datetime, right: Voice, mistaken: Voice, chance: Chance) -> tuple[Telling, ...]:
    if not chance.about("correction").happens(CORRECTED):
        return (Telling(at=at, voice=right),)
    corrected = at + minutes(chance.about("correction", "after"), CORRECTION_AFTER)
    return (Telling(at=at, voice=mistaken), Telling(at=corrected, voice=right))


def _take(text: Text, take: Take, at: datetime, voice: Voice) -> Text:
    """Another text of the same run, named beside it, and stopped with it."""
    return replace(
        text,
        code=f"{text.code[:-1]}{_PLACE_IN_RUN[take]}",
        take=take,
        tellings=(Telling(at=at, voice=voice),),
    )
