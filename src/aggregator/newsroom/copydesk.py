"""The words around a text: datelines, sign-offs, credits, marks, and the spelling of wires.

What an aggregator must see through. The agency's own dress is one thing, the portal's another, and
the words inside are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

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
    """The trade's standing phrases in one language; `titles` and `notes` by take.

    A note is all that an order says, and what stands before a text that is sent again.
    """

    titles: dict[Take, str]
    notes: dict[Take, str]
    embargo: str
    credit: str
    desk: str
    view: str


PHRASES = {
    "it": Phrases(
        titles={
            Take.FLASH: "++ {title} ++",
            Take.UPDATE: "{title} (2)",
            Take.REFILE: "REFILE: {title}",
            Take.REPEAT: "RPT: {title}",
            Take.HOLD: "SOSPENDERE: {title}",
            Take.WITHDRAW: "RITIRATA: {title}",
            Take.KILL: "ANNULLARE: {title}",
        },
        notes={
            Take.REFILE: "(Reinvia per correggere un refuso)",
            Take.REPEAT: "(RIPETIZIONE)",
            Take.HOLD: "Si prega di sospendere la pubblicazione della notizia «{title}» in attesa "
            "di verifiche.",
            Take.WITHDRAW: "La notizia «{title}» è stata ritirata dall'agenzia.",
            Take.KILL: "Si prega di non utilizzare la notizia «{title}», trasmessa per errore.",
        },
        embargo="EMBARGO ALLE ORE {clock} - {title}",
        credit="(con fonte {agency})",
        desk="Redazione",
        view="Veduta di {place}",
    ),
    "en": Phrases(
        titles={
            Take.FLASH: "ALERT-{title}",
            Take.UPDATE: "UPDATE 2-{title}",
            Take.REFILE: "REFILE-{title}",
            Take.REPEAT: "RPT-{title}",
            Take.HOLD: "HOLD HOLD HOLD: {title}",
            Take.WITHDRAW: "WITHDRAWN-{title}",
            Take.KILL: "KILL: {title}",
        },
        notes={
            Take.REFILE: "(Refiles to fix a dropped letter)",
            Take.REPEAT: "(Repeats with no changes)",
            Take.HOLD: 'Editors, please hold the story "{title}" until further notice.',
            Take.WITHDRAW: 'The story "{title}" has been withdrawn by the agency. There will be no '
            "substitute story.",
            Take.KILL: 'Please do not use the story "{title}", which was sent in error.',
        },
        embargo="EMBARGOED UNTIL {clock} - {title}",
        credit="(with material from {agency})",
        desk="Newsroom",
        view="A view of {place}",
    ),
}


def author_title(text: Text, title: str) -> str:
    """The title under which the author sends it."""
    return PHRASES[text.author.language].titles.get(text.take, "{title}").format(title=title)


def embargoed_title(outlet: Outlet, title: str, until: datetime) -> str:
    """The title of a text that may not be shown before a moment, in words, on the outlet's clock;
    where the item itself says so, the bare title."""
    if outlet.formal:
        return title
    clock = until.astimezone(ZoneInfo(outlet.zone))
    return PHRASES[outlet.language].embargo.format(clock=f"{clock:%H:%M}", title=title)


def author_body(text: Text, title: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The text as an agency sends it; an update puts the newest first."""
    place = text.event.story.place
    note = PHRASES[text.author.language].notes.get(text.take, "").format(title=title)
    if text.take is Take.FLASH:
        return ()
    if text.take.order:
        return _signed((note,), place, text.author)
    first, *rest = _signed(paragraphs, place, text.author)
    return (f"{note} {first}" if note else first, *rest)


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
