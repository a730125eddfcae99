"""Who prints what: the texts of an event become the items of outlets.

The author prints its own; others copy with a lag, in one of their ways, on a page of theirs, of
their group, or of the agency itself. The same page in several feeds is one address with different
trimmings, and so the surest sign that two items are one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aggregator.newsroom import copydesk
from aggregator.newsroom.chance import Chance
from aggregator.newsroom.outlets import Guid, Kind, Outlet, Way
from aggregator.newsroom.stories import TITLES, Voice
from aggregator.newsroom.wire import LATEST, Take, Text, minutes

# Share of items whose title the outlet edits in place, and when (minutes after it was printed).
EDITED, EDITED_AFTER = 0.2, (10, 60)
# Share of copies that follow an agency's correction, and how late (minutes).
FOLLOWED, FOLLOWED_AFTER = 0.6, (2, 20)
# No outlet lags more than this behind the text that it copies.
SLOWEST = timedelta(hours=1)
# No item about an event is printed later than this after the event.
HORIZON = LATEST + SLOWEST

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an item says from `at` on, and what may be done with it, in the words of the IPTC."""

    at: datetime
    title: str
    paragraphs: tuple[str, ...]
    status: str = "usable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by its path on the server, and what it shows in words."""

    path: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of one outlet's feed, listed while `born` ≤ t < `until`.

    `guid` is an opaque name, or None where the link or nothing names the item. `page` is the path
    of its page, `link` the same with all that the outlet adds to it. Items of one `text` are
    copies, of one `run` are one author's on one event, of one `event` tell one story. `drafts` are
    its states in place, first to last. `killed`, `held`, `released` and `embargo` are as the text's
    author has them, where a copy that came after the end of an embargo has none; a `take` that is
    an order is a message to newsrooms, no news.
    """

    outlet: str
    guid: str | None
    page: str
    link: str
    text: str
    run: str
    event: int
    take: Take
    topics: tuple[str, ...]
    author: str
    picture: Picture
    drafts: tuple[Draft, ...]
    born: datetime
    until: datetime
    killed: datetime | None
    held: datetime | None
    released: datetime | None
    embargo: datetime | None

    @property
    def notice(self) -> bool:
        return self.take.order

    def draft(self, at: datetime) -> Draft:
        """Its state at a moment; before it was printed the first."""
        return [draft for draft in self.drafts if draft.at <= max(at, self.born)][-1]


def items(
    texts: tuple[Text, ...], roster: tuple[Outlet, ...], keep: timedelta, chance: Chance
) -> tuple[Item, ...]:
    """All items about one event, authors' before copies; none copies what is already stopped."""
    own = [_printed(text, keep, chance.about(text.code, "own")) for text in texts]
    copies = [
        _copied(outlet, text, keep, chance.about(text.code, outlet.id))
        for outlet in roster
        for text in _taken(outlet, texts, chance)
    ]
    return (*own, *(copy for copy in copies if not _is_stopped(copy)))


def _is_stopped(copy: Item) -> bool:
    """Whether the author had taken a copy's text back before it was printed."""
    stopped = copy.killed or copy.held
    return stopped is not None and copy.born >= stopped


def _taken(outlet: Outlet, texts: tuple[Text, ...], chance: Chance) -> tuple[Text, ...]:
    """The one text, if any, that an outlet copies. A publishing group chooses as one, so that its
    common page is listed by several of its members."""
    copyable = [
        text
        for text in texts
        if text.author.kind is Kind.AGENCY and text.take in (Take.TEXT, Take.UPDATE)
    ]
    if not copyable or outlet.id in {text.author.id for text in texts}:
        return ()
    story = copyable[0].event.story
    reached = outlet.covers(story.language, story.topic)
    if not (reached and chance.about(outlet.id, "takes").happens(outlet.takes)):
        return ()
    return (chance.about(outlet.group or outlet.id, "choice").pick(copyable),)


def _printed(text: Text, keep: timedelta, chance: Chance) -> Item:
    """A text at its author's."""
    author = text.author
    moments = [(telling.at, telling.voice, text.headline) for telling in text.tellings]
    if author.kind is Kind.PORTAL:
        moments += _edit(moments, chance)
        drafts = [_draft(author, at, voice.titles[k], voice.paragraphs) for at, voice, k in moments]
    else:
        drafts = [_sent(text, at, voice) for at, voice, _ in moments]
        drafts += _by_status(text, drafts) if author.formal else []
    item = _item(author, text, author.id, author.name, tuple(drafts), keep)
    return replace(item, embargo=text.embargo)


def _by_status(text: Text, drafts: list[Draft]) -> list[Draft]:
    """The states that forbid a text, or allow it again, where its items can say so."""
    orders = ((text.killed, "canceled"), (text.held, "withheld"), (text.released, "usable"))
    return [replace(drafts[-1], at=at, status=status) for at, status in orders if at]


def _sent(text: Text, at: datetime, voice: Voice) -> Draft:
    """A state of an agency's item; an update leads with what is new."""
    title = voice.titles[text.headline]
    body = copydesk.author_body(text, title, _told(text, voice))
    return _draft(text.author, at, copydesk.author_title(text, title), body)


def _told(text: Text, voice: Voice) -> tuple[str, ...]:
    return (*voice.later, *voice.paragraphs) if text.take is Take.UPDATE else voice.paragraphs


def _copied(outlet: Outlet, text: Text, keep: timedelta, chance: Chance) -> Item:
    """A text at somebody else's, its corrections followed or not."""
    way = chance.about("way").pick(outlet.ways)
    if way is Way.LINKED and text.author.formal:
        way = Way.CREDITED  # a page that is no item's address is not linked to
    shift = chance.about("title").between(1, TITLES - 1) if way is Way.RETITLED else 0
    headline = (text.headline + shift) % TITLES
    moments = [(at, voice, headline) for at, voice in _followed(outlet, text, chance)]
    if way not in (Way.LINKED, Way.SYNDICATED):
        moments += _edit(moments, chance)
    drafts = tuple(
        _draft(outlet, at, voice.titles[k], copydesk.copy_body(text, way, _told(text, voice)))
        for at, voice, k in moments
    )
    place = {Way.LINKED: text.author.id, Way.SYNDICATED: outlet.group}.get(way, outlet.id)
    return _item(outlet, text, place, copydesk.byline(outlet, text, way), drafts, keep)


def _followed(outlet: Outlet, text: Text, chance: Chance) -> list[tuple[datetime, Voice]]:
    """When a copy says what: the text as it stood, then its corrections if the outlet cares."""
    born = (text.embargo or text.at) + minutes(chance.about("lag"), outlet.lag)
    known = [telling for telling in text.tellings if telling.at <= born]
    moments = [(born, known[-1].voice)]
    if chance.about("follows").happens(FOLLOWED):
        late = minutes(chance.about("follows", "after"), FOLLOWED_AFTER)
        moments += [(one.at + late, one.voice) for one in text.tellings[len(known) :]]
    return moments


def _edit(
    moments: list[tuple[datetime, Voice, int]], chance: Chance
) -> list[tuple[datetime, Voice, int]]:
    """Another title in place, for some of the items that nothing else changes."""
    if len(moments) > 1 or not chance.about("edit").happens(EDITED):
        return []
    at, voice, headline = moments[0]
    edited = at + minutes(chance.about("edit", "after"), EDITED_AFTER)
    return [(edited, voice, (headline + 1) % TITLES)]


def _draft(outlet: Outlet, at: datetime, title: str, body: tuple[str, ...]) -> Draft:
    closed = (*body, outlet.closing) if outlet.closing else body
    return Draft(
        at=at,
        title=copydesk.spelt(outlet, title),
        paragraphs=tuple(copydesk.spelt(outlet, paragraph) for paragraph in closed),
    )


def _item(
    outlet: Outlet, text: Text, place: str, author: str, drafts: tuple[Draft, ...], keep: timedelta
) -> Item:
    story = text.event.story
    page = f"/{place}/{text.code}-{_slug(text)}"
    return Item(
        outlet=outlet.id,
        guid=f"{outlet.id}:{text.code}" if outlet.guid is Guid.OWN else None,
        page=page,
        link=page + outlet.suffix,
        text=text.again or text.code,
        run=text.code[:-1],
        event=text.event.number,
        take=text.take,
        topics=(story.label, *story.tags),
        author=author,
        picture=Picture(
            path=f"/img/{story.topic}-{text.event.number}.png",
            alt=copydesk.PHRASES[story.language].view.format(place=story.place),
        ),
        drafts=drafts,
        born=drafts[0].at,
        until=drafts[0].at + keep,
        killed=text.killed,
        held=text.held,
        released=text.released,
        embargo=None,
    )


def _slug(text: Text) -> str:
    """The text's first title as a part of an address: the same on every page that it stands on."""
    title = text.tellings[0].voice.titles[text.headline]
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", plain)[:_SLUG_LENGTH].strip("-")
