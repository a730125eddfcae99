"""The words around a text: datelines, sign-offs, credits, marks, and the spelling of wires.

What an aggregator must see through. The agency's own dress is one thing, the portal's another, and
the words inside are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.newsroom.outlets import Outlet, Way
from aggregator.newsroom.wire import Take, Text

# How much of a text a portal that trims it prints, in paragraphs.
TRIMMED_TO = 2

_PLAIN = str.maketrans(
    {"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'", "È": "E'"}
    | {"«": '"', "»": '"', "’": "'"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The trade's standing phrases in one language."""

    flash: str
    update: str
    kill: str
    killed: str
    credit: str
    desk: str
    view: str


PHRASES = {
    "it": Phrases(
        flash="++ {title} ++",
        update="{title} (2)",
        kill="ANNULLARE: {title}",
        killed="Si prega di non utilizzare la notizia «{title}», trasmessa per errore.",
        credit="(con fonte {agency})",
        desk="Redazione",
        view="Veduta di {place}",
    ),
    "en": Phrases(
        flash="ALERT-{title}",
        update="UPDATE 2-{title}",
        kill="KILL: {title}",
        killed='Please do not use the story "{title}", which was sent in error.',
        credit="(with material from {agency})",
        desk="Newsroom",
        view="A view of {place}",
    ),
}


def author_title(text: Text, title: str) -> str:
    """The title under which the author sends it."""
    phrases = PHRASES[text.author.language]
    marks = {Take.FLASH: phrases.flash, Take.UPDATE: phrases.update, Take.KILL: phrases.kill}
    return marks.get(text.take, "{title}").format(title=title)


def author_body(text: Text, title: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The text as an agency sends it; an update puts the newest first."""
    place = text.event.story.place
    match text.take:
        case Take.FLASH:
            return ()
        case Take.KILL:
            phrase = PHRASES[text.author.language].killed.format(title=title)
            return _signed((phrase,), place, text.author)
        case _:
            return _signed(paragraphs, place, text.author)


def copy_body(text: Text, way: Way, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The text as somebody else prints it."""
    match way:
        case Way.VERBATIM:
            return _signed(paragraphs, text.event.story.place, text.author)
        case Way.LINKED:
            return _signed(paragraphs, text.event.story.place, text.author)[:1]
        case Way.TRIMMED:
            return paragraphs[:TRIMMED_TO]
        case Way.CREDITED | Way.RETITLED | Way.SYNDICATED:
            credit = PHRASES[text.author.language].credit.format(agency=text.author.name)
            return (*paragraphs, credit)


def byline(outlet: Outlet, text: Text, way: Way) -> str:
    """Whom a copy names as its author."""
    match way:
        case Way.VERBATIM | Way.LINKED:
            return text.author.name
        case Way.TRIMMED:
            return f"{PHRASES[outlet.language].desk} / {text.author.name}"
        case Way.CREDITED | Way.RETITLED | Way.SYNDICATED:
            return f"{PHRASES[outlet.language].desk} {outlet.name}"


def spelt(outlet: Outlet, words: str) -> str:
    """The words in an outlet's spelling: wires that know ASCII alone write `e'` for `è`."""
    return words.translate(_PLAIN) if outlet.plain else words


def _signed(paragraphs: tuple[str, ...], place: str, agency: Outlet) -> tuple[str, ...]:
    first, *rest = paragraphs
    dated = (f"{place.upper()} ({agency.name}) - {first}", *rest)
    return (*dated[:-1], f"{dated[-1]} ({agency.name})")
