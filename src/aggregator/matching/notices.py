"""Which entries are notices, and which text each of them means (rules 70, 71, 74, 75 and 78).

A notice is known by its marks, by what its status says, and by phrases that speak of a dispatch;
one sign that news could bear as well is not enough. Taking the wrong text down is worse than asking
the operator, so a target must be an earlier text of the notice's own sender, and one that no other
text can be taken for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from aggregator.model.entry import Entry, EntryRef, Status
from aggregator.model.notice import Named, Notice, NoticeKind, Resolution
from aggregator.text import embargoes, html, marks, orders, tokens, urls
from aggregator.text.marks import Mark, MarkKind

_UTC = ZoneInfo("UTC")
# Names of a target, and words of a change, that are kept.
_MAX_NAMED = 6
_MAX_CHANGE = 500
# As much of a text as can name a target or say what changed.
_MAX_TEXT = 4000

# --- what marks say -----------------------------------------------------------------------------

_TAKES_DOWN = {
    MarkKind.KILL: NoticeKind.KILL,
    MarkKind.WITHDRAW: NoticeKind.WITHDRAW,
    MarkKind.HOLD: NoticeKind.HOLD,
}
_SENT_AGAIN = {
    MarkKind.REFILE: NoticeKind.REFILE,
    MarkKind.CORRECTION: NoticeKind.CORRECTION,
    MarkKind.REPEAT: NoticeKind.REPEAT,
    MarkKind.UPDATE: NoticeKind.UPDATE,
}
# Marks that nothing but a wire writes; the next ones need capitals in a title that is not all in
# capitals; the rest is half of a proof.
_SURE = re.compile(
    r"(?:MANDATORY|BULLETIN|STORY|PHOTO|AP|AFP|DPA|PA|EFE|dpa|afp) |(?:KILL|HOLD) (?:KILL|HOLD)"
    r"|NICHT VERWENDEN"
)
_CLEAR = re.compile(
    r"KILL\b|(?:NOTIZIA )?(?:DA )?ANNULLA(?:MENTO|RE|\b)|NON UTILIZZARE|DO NOT|NE PAS|NO"
    r" UTILIZAR|ANNULATION|ANULACI"
    r"|ELIMINATION|STORN|WITHHOLD|ZUR.{1,2}CKGEZOGEN"
    r"|WITHDRAWN-|HOLD-|SOSPENDERE"
    r"|(?i:(?:story|meldung|notizia|d[eé]p[eê]che|noticia|informaci[oó]n) (?:withdrawn"
    r"|zur.{1,2}ckgezogen|ritirata|retir[eé]e|retirada))"
)
# Words that stand before a colon in headlines about markets, too.
_MARKETS = re.compile(r"(?:correction|clarification|korrektur|correcci[oó]n)\b", re.IGNORECASE)
_AP_STORY = re.compile(r"\b(?:story|stories|item|photo|caption)$", re.IGNORECASE)
_MENDED = re.compile(r"corretto|corretta|corrected", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An entry's words, taken apart once."""

    entry: Entry
    bare: str
    marks: tuple[Mark, ...]
    said: str  # the summary, and what the entry tells editors beside it
    shown: str  # the summary without words to editors
    note: str  # those words, and the entry's own note
    plain: str  # title and what is said, folded for phrases
    signs: tuple[orders.Sign, ...]  # what it says like an order

    @property
    def is_loud(self) -> bool:
        """Whether its marks stand out: capitals before a title that is not all in capitals."""
        return self.bare != self.bare.upper()


def recognise(entry: Entry, zone: ZoneInfo = _UTC) -> Notice | None:
    """The notice that an entry is, else None. Never raises, in time linear in the entry's text.

    `zone` is the source's, for embargoes that name none. Taking down comes before holding back, and
    both before what is merely sent again. A cancelled entry is its own target whatever its version
    (rule 74); one whose status or embargo cannot be read is held (rule 75).
    """
    read = _read(entry)
    down = _taking_down(read)
    if entry.status is Status.CANCELED:
        return _cancelled(entry, down)
    if down:
        return down
    if entry.status is Status.WITHHELD:
        return _by_status(entry, NoticeKind.HOLD, "withheld")
    return _embargo(read, zone) or _sent_again(read)


def _read(entry: Entry) -> _Read:
    bare, found = marks.split(entry.title)
    shown, note = marks.strip_notes(entry.summary)
    said = " ".join(filter(None, (entry.summary, entry.note)))
    plain = orders.folded(entry.title, said)
    return _Read(
        entry=entry,
        bare=bare,
        marks=found,
        said=said,
        shown=shown,
        note=" ".join(filter(None, (note, entry.note))),
        plain=plain,
        signs=orders.signs(plain),
    )


# --- taking down --------------------------------------------------------------------------------


def _cancelled(entry: Entry, down: Notice | None) -> Notice:
    if down:
        return replace(down, itself=True, confidence=1.0)
    return _by_status(entry, NoticeKind.KILL, "canceled")


def _by_status(entry: Entry, kind: NoticeKind, word: str) -> Notice:
    named = Named(ids=(entry.key,), version=entry.version)
    return Notice(
        kind=kind,
        words=(word,),
        confidence=1.0,
        named=named,
        itself=True,
        change=_cut(entry.note),
        bears_text=False,
    )


def _taking_down(read: _Read) -> Notice | None:
    signs = [*read.signs, *_marked(read)]
    kinds = {sign.kind for sign in signs if sign.kind and sign.kind.takes_down}
    if not kinds:
        return None
    named = _named(read, NoticeKind.KILL)
    shared = [sign for sign in signs if sign.kind is None] + _circumstances(read, named)
    kind, own = max(
        ((kind, [s for s in signs if s.kind is kind]) for kind in sorted(kinds)),
        key=lambda pair: sum(sign.weight for sign in pair[1]),
    )
    if max(sign.weight for sign in own) < _PROOF:
        return None
    weight = sum(sign.weight for sign in (*own, *shared))
    if weight < orders.ENOUGH:
        return None
    return Notice(
        kind=kind,
        words=tuple(sign.words for sign in (*own, *shared) if sign.words),
        confidence=round(min(weight, 1.0), 2),
        named=named,
        itself=bool(_THIS_STORY.search(read.plain)) and not read.marks,
        change=_cut(read.said),
    )


# Some sign must say more than to whom, why, and of what.
_PROOF = 0.4
_THIS_STORY = re.compile(
    r"\| \(?(?:this (?:\S+ \S+ )?(?:story|article|item) (?:was|has been|is) with"
    r"|questa notizia e (?:stata )?ritirat|diese meldung (?:wurde|wird|ist) "
    r"|cette depeche (?:a ete|est) retire|esta (?:noticia|informacion) ha sido retirad)"
)


def _marked(read: _Read) -> list[orders.Sign]:
    note = marks.split(read.entry.note)[1][:1]
    found = [(mark, read.is_loud) for mark in read.marks] + [(mark, True) for mark in note]
    signs = [
        orders.Sign(kind=_TAKES_DOWN[mark.kind], weight=_weight(mark, is_loud), words=mark.words)
        for mark, is_loud in found
        if mark.kind in _TAKES_DOWN
    ]
    if any(mark.kind is MarkKind.ADVISORY for mark in read.marks):
        signs.append(orders.Sign(kind=None, weight=0.3, words=read.marks[0].words))
    return signs


def _weight(mark: Mark, is_loud: bool) -> float:
    if _SURE.match(mark.words):
        return 0.9
    return 0.8 if is_loud and _CLEAR.match(mark.words) else 0.5


def _circumstances(read: _Read, named: Named) -> list[orders.Sign]:
    """What speaks for an order without being one: it names a dispatch, or says nothing else."""
    is_named = bool(named.ids or named.sent or _QUOTED.search(read.said))
    signs = [orders.Sign(kind=None, weight=0.2, words="")] if is_named else []
    if not read.said and read.is_loud:
        signs.append(orders.Sign(kind=None, weight=0.25, words=""))
    return signs


# --- holding back -------------------------------------------------------------------------------


def _embargo(read: _Read, zone: ZoneInfo) -> Notice | None:
    entry = read.entry
    if entry.embargo:
        return (
            None if entry.embargo <= entry.first_seen else _held(read, "embargoed", entry.embargo)
        )
    if not (entry.note or embargoes.may_stand_in(read.plain)):
        return None
    sent = entry.published if entry.dated else entry.first_seen
    texts = (entry.title, entry.summary, entry.note)
    found = next((e for text in texts if (e := embargoes.find(text, sent, zone))), None)
    if not found or (found.until and found.until <= entry.first_seen):
        return None
    return _held(read, found.words, found.until)


def _held(read: _Read, words: str, until: datetime | None) -> Notice:
    return Notice(
        kind=NoticeKind.EMBARGO,
        words=(words,),
        confidence=1.0 if until else 0.8,
        bears_text=True,
        itself=True,
        until=until,
        change=_cut(read.note),
    )


# --- sent again ---------------------------------------------------------------------------------

_NOTED = (
    (
        NoticeKind.REFILE,
        re.compile(r"refil|repasse|reinvi|rinvia per|renvoi|reenvi|neusend|repite para corregir"),
    ),
    (
        NoticeKind.CORRECTION,
        re.compile(r"correct|correg|corrig|correzi|correcc|korr|berich|clarif"),
    ),
    (NoticeKind.REPEAT, re.compile(r"repeat|ripetiz|rpt|wiederhol|repet|repite")),
    (
        NoticeKind.UPDATE,
        re.compile(
            r"add|updat|mise a jour|recast|aggiung|aggior|aktual|erganz|neu|actual|ajout|agreg"
            r"|anad|ampl|v\.|segue|vedi|riepil|riass|subs|tops|leads"
        ),
    ),
)
_EDS = re.compile(r"(?:eds?|editors?)[.:]{1,2} ?")


def _sent_again(read: _Read) -> Notice | None:
    signs = [*_marked_again(read), *_noted(read)]
    kinds = {sign.kind for sign in signs if sign.kind}
    if NoticeKind.CORRECTION in kinds:
        signs += [sign for sign in read.signs if sign.kind is NoticeKind.CORRECTION]
    for kind in _SENT_AGAIN.values():
        own = [sign for sign in signs if sign.kind is kind]
        weight = sum(sign.weight for sign in own)
        if weight >= orders.ENOUGH:
            return _again(read, kind, own, weight)
    return None


def _again(read: _Read, kind: NoticeKind, own: Sequence[orders.Sign], weight: float) -> Notice:
    bears_text = kind is not NoticeKind.CORRECTION or not _is_about_another(read)
    return Notice(
        kind=kind,
        words=tuple(sign.words for sign in own),
        confidence=round(min(weight, 1.0), 2),
        named=_named(read, kind),
        bears_text=bears_text,
        change=_cut(read.note if bears_text else f"{read.note} {read.shown}".strip()),
    )


def _marked_again(read: _Read) -> list[orders.Sign]:
    signs = []
    for mark in read.marks:
        kind = _SENT_AGAIN.get(mark.kind)
        if kind is NoticeKind.REPEAT and _MENDED.search(mark.words):
            kind = NoticeKind.CORRECTION  # rule 71: `/RPT (Ripetizione con testo corretto …)`
        if kind:
            signs.append(orders.Sign(kind=kind, weight=_certainty(mark, read), words=mark.words))
    return signs


def _certainty(mark: Mark, read: _Read) -> float:
    if mark.words != mark.words.upper() and _MARKETS.match(mark.words):
        return 0.8 if _AP_STORY.search(read.bare) else 0.5
    return 0.8


def _noted(read: _Read) -> list[orders.Sign]:
    """What words to editors say: a bracket says it at once, `Eds:` anywhere."""
    kind = _noted_kind(tokens.fold(read.note)) if read.note else None
    if kind:
        return [orders.Sign(kind=kind, weight=0.8, words=_cut(read.note))]
    hinted = _IS_UPDATE.match(read.shown) or _HOUR.search(read.shown)
    earlier = _EARLIER.search(read.shown) if hinted else None
    return [orders.Sign(kind=NoticeKind.UPDATE, weight=0.8, words=earlier[0])] if earlier else []


def _noted_kind(note: str) -> NoticeKind | None:
    eds = _EDS.match(note)
    if not eds:
        return next((kind for kind, verb in _NOTED if verb.match(note)), None)
    spoken = re.split(r"[\s;,]+", note[eds.end() :])
    return next((k for k, verb in _NOTED for word in spoken if verb.match(word)), None)


# `V. "Funivia, fine dei lavori" delle 10:05`: how ANSA's later takes name the first. Of what
# follows `UPDATE:` nobody can tell where it turns into the text, so it is no note.
_EARLIER = re.compile(
    r"\A(?:UPDATES?|AGGIORNA(?:MENTO)?)\s?:"
    r"|\b[Vv](?:\.|edi)\s?[^()|]{3,150}?\s(?:delle|DELLE)\s(?:ore |ORE )?\d{1,2}[:.]\d\d"
)
# What is in each of them: most texts need no further look.
_IS_UPDATE, _HOUR = re.compile("UPDATE|AGGIORNA"), re.compile(r"\d[:.]\d")


def _is_about_another(read: _Read) -> bool:
    """Whether a correction only speaks of a text, and does not bring it."""
    plain = orders.folded("", read.shown)
    about = any(sign.kind is NoticeKind.CORRECTION for sign in orders.signs(plain))
    is_named = bool(_bare_title(read))
    return (about and not _FOLLOWS.search(plain)) or not (read.shown or is_named)


_FOLLOWS = re.compile(
    r"(?:corrected (?:version|story)|(?:testo|notizia) corrett\w+|korrigierte fassung|version"
    r" corrigee"
    r"|version corregida)\b.{0,40}:"
)

# --- what a notice says of its target -----------------------------------------------------------

_QUOTED = re.compile(
    r'"([^"]{4,200})"|“([^”]{4,200})”|«\s?([^»]{4,200}?)\s?»|„([^“”"]{4,200})[“”"]'
    r"|(?<!\w)[‘']([^‘’']{4,200}(?:['’]\w[^‘’']{0,100}){0,3})[’'](?!\w)"
)
_ID = re.compile(
    r"\b(?:V\d{4,5}|[a-z]{3}\d{4}|[A-Z]{2,4}\d{3,6}|n[A-Z]\w{3,10}:?\w*|urn:\S{5,200}"
    r"|tag:\S{5,200})(?!\w)"
    r"|(?:slug(?:ged|line)?|sigla|STORY_NUMBER|story number|notizia n\.|Meldung Nr\.?):?\s*"
    r"([\w][\w./-]{2,60})"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>)]{4,500}")
_VERSION = re.compile(r"\bversione?\s?(\d{1,3})\b", re.IGNORECASE)
_SENT = re.compile(
    r"\b(?:delle|alle|ore|of|at|von|um|à|de las|a las|sent)\s(\d{1,2})(?:[:.h"
    r" ]?(\d\d))?\b(?!\s?(?:per|%))"
)
_GENERIC = re.compile(
    r"(?:si prega|avviso|attenzione|attention|achtung|atenci|avis\b|kill advisory|notizia|errata"
    r"|please|hold for|zur.{1,2}ckgezogen|bitte|rogamos|priere|prière)",
    re.IGNORECASE,
)


def _named(read: _Read, kind: NoticeKind) -> Named:
    """What the notice calls its target: quoted titles before its own bare one."""
    text = _fuller(read)
    quoted = [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]
    titles = [marks.split(title.strip(" .,;"))[0] for title in quoted]
    own = _bare_title(read)
    ordered = [*titles, own] if kind.takes_down or not own else [own, *titles]
    version = _VERSION.search(text)
    clock = _SENT.search(text) if kind.takes_down or kind is NoticeKind.CORRECTION else None
    return Named(
        ids=_first(match[1] or match[0] for match in _ID.finditer(text)),
        titles=_first(title for title in ordered if len(tokens.words(title)) > 1),
        addresses=_first(match[0].rstrip(".,;") for match in _ADDRESS.finditer(text)),
        version=int(version[1]) if version else None,
        sent=_clock(clock) if clock else None,
    )


def _fuller(read: _Read) -> str:
    """The title, the note, and as much of the fullest text as can name anything."""
    entry = read.entry
    body = html.head_text(entry.content[:_MAX_TEXT]) if entry.content else ""
    longest = max((entry.summary, body), key=len)
    return f"{entry.title} | {entry.note} {longest[:_MAX_TEXT]}"


def _bare_title(read: _Read) -> str:
    """The title without marks, "" if what is left is the notice's own words."""
    is_mark = len(read.marks) == 1 and tokens.fold(read.marks[0].words) == tokens.fold(read.bare)
    return "" if is_mark or _GENERIC.match(read.bare) else read.bare


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _first(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))[:_MAX_NAMED]


def _cut(words: str) -> str:
    return html.excerpt(words, _MAX_CHANGE)


# --- which text it means ------------------------------------------------------------------------

# How long after a text its notices come. AP and Reuters withdraw stories weeks later; a headline
# that comes again after two days is another day's.
_WINDOWS = {
    NoticeKind.KILL: timedelta(days=30),
    NoticeKind.WITHDRAW: timedelta(days=30),
    NoticeKind.HOLD: timedelta(days=7),
    NoticeKind.CORRECTION: timedelta(days=14),
}
_WINDOW = timedelta(days=2)
# As much of a title must agree: all but a word for what takes down; a correction may have changed
# the very words of the title.
_SURE_TITLE, _NEAR_TITLE = 0.8, 0.6
# A rival this close is a rival.
_MARGIN = 0.1
# Rule 65: so many words of a title that was cut are the title.
_CUT_TITLE = 5
# Equal titles of one source within this time are two texts, and not one of yesterday.
_TWINS = timedelta(hours=48)
_SAME_CLOCK = timedelta(minutes=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry and of whom it is: its source, its source's agency, the agency that it credits."""

    entry: Entry
    origins: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """By what the store finds candidates: any of the ids or addresses, or several of the words.

    `words` are folded, the longest first: those that fewest titles share.
    """

    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    candidate: Candidate
    score: float
    why: str

    @property
    def entry(self) -> Entry:
        return self.candidate.entry


def wanted(notice: Notice) -> Wanted:
    """What to look for among earlier texts; all empty if the notice names nothing."""
    words = {w for title in notice.named.titles for w in tokens.words(title) if len(w) > 3}
    return Wanted(
        ids=notice.named.ids,
        addresses=tuple(map(urls.canonical, notice.named.addresses)),
        words=tuple(sorted(words, key=lambda word: (-len(word), word))),
    )


def window(kind: NoticeKind) -> timedelta:
    """How far back the target of a notice is looked for."""
    return _WINDOWS.get(kind, _WINDOW)


def resolve(
    notice: Notice, sender: Candidate, candidates: Sequence[Candidate], zone: ZoneInfo = _UTC
) -> Resolution:
    """Which entry a notice means; None where none or more than one is likely.

    `sender` is the notice's own entry, with the source and agency that it comes from; only earlier
    texts that share an origin with it are looked at. Ids and addresses prove; a title does where
    no other is as near. An earlier state of the sender's own entry may be a candidate. `zone` is
    that of the wire's clock. Independent of the candidates' order.
    """
    able = [c for c in candidates if _is_earlier(c, sender, notice.kind)]
    scored = [found for c in able if (found := _scored(notice, c))]
    least = _SURE_TITLE if notice.kind.takes_down else _NEAR_TITLE
    likely = sorted(scored, key=lambda s: (-s.score, -s.entry.first_seen.timestamp(), s.entry.ref))
    if notice.itself:
        return _of_itself(sender, [s for s in likely if s.score == 1.0])
    if not likely or likely[0].score < least:
        near = tuple(s.entry.ref for s in likely[:_MAX_NAMED])
        return Resolution(target=None, score=0.0, why="no earlier text fits", near=near)
    rivals = [s for s in likely if s.score >= max(least, likely[0].score - _MARGIN)]
    return _settled(notice, sender, rivals, zone)


def _of_itself(sender: Candidate, same: Sequence[_Scored]) -> Resolution:
    takes = (
        () if _twins(same) else tuple(s.entry.ref for s in same if s.entry.ref != sender.entry.ref)
    )
    return Resolution(target=sender.entry.ref, score=1.0, why="it speaks of itself", takes=takes)


def _is_earlier(candidate: Candidate, sender: Candidate, kind: NoticeKind) -> bool:
    entry, notice = candidate.entry, sender.entry
    age = notice.first_seen - entry.first_seen
    return (
        (entry.ref != notice.ref or entry.revision < notice.revision)
        and bool(candidate.origins & sender.origins)
        and timedelta() <= age <= window(kind)
        and not any(mark.kind in _TAKES_DOWN for mark in marks.split(entry.title)[1])
    )


def _scored(notice: Notice, candidate: Candidate) -> _Scored | None:
    entry, named = candidate.entry, notice.named
    names = {_bare_id(n) for n in (entry.key, *entry.aliases)}
    by_id = next((i for i in named.ids if any(_bare_id(i) in _parts(n) for n in names)), None)
    if by_id:
        return _Scored(candidate=candidate, score=1.0, why=f"it names the id {by_id}")
    if entry.canonical and entry.canonical in map(urls.canonical, named.addresses):
        return _Scored(candidate=candidate, score=1.0, why="it names the address")
    bare = tokens.words(marks.split(entry.title)[0])
    score, title = max(
        ((likeness(tokens.words(title), bare), title) for title in named.titles),
        default=(0.0, ""),
    )
    found = _Scored(candidate=candidate, score=score, why=f"it names the title {title!r}")
    return found if score >= _NEAR_TITLE / 2 else None


def _bare_id(name: str) -> str:
    return name.removeprefix("guid:").casefold()


def _parts(name: str) -> frozenset[str]:
    """A name and the words that it is put together from."""
    return frozenset((name, *re.split(r"[/:#?=&_.]", name)))


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """How alike two titles are, 0..1, given their folded words; one of them may be cut."""
    if not a or not b:
        return 0.0
    if tuple(a) == tuple(b):
        return 1.0
    shorter, longer = sorted((tuple(a), tuple(b)), key=len)
    if len(shorter) >= _CUT_TITLE and longer[: len(shorter)] == shorter:
        return 0.95
    ours, theirs = frozenset(a), frozenset(b)
    return 0.9 * 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _settled(
    notice: Notice, sender: Candidate, rivals: Sequence[_Scored], zone: ZoneInfo
) -> Resolution:
    """The one text among rivals, as its sender's own newest entry; its other takes beside it."""
    best = rivals[0]
    same = [s for s in rivals if _title_of(s) == _title_of(best)]
    if best.why.startswith("it names the title") and (len(same) < len(rivals) or _twins(same)):
        timed = _timed(rivals, notice.named.sent, zone) or _timed(rivals, notice.named.sent, _UTC)
        titles = {_title_of(s) for s in timed}
        if len(titles) != 1 or _twins(timed):
            near = tuple(s.entry.ref for s in rivals[:_MAX_NAMED])
            return Resolution(target=None, score=best.score, why="several texts fit", near=near)
        same = timed
    own = [s for s in same if s.entry.source_id == sender.entry.source_id]
    target = (own or same)[0]
    takes = tuple(s.entry.ref for s in same if s is not target)
    return Resolution(target=target.entry.ref, score=target.score, why=target.why, takes=takes)


def _title_of(scored: _Scored) -> str:
    return tokens.fold(marks.split(scored.entry.title)[0])


def _twins(same: Sequence[_Scored]) -> bool:
    """Whether one source has two texts under one title and one mark at about one time."""
    newest: dict[tuple[str, tuple[tuple[MarkKind, int | None], ...]], datetime] = {}
    for scored in same:
        entry = scored.entry
        take = (entry.source_id, tuple((m.kind, m.number) for m in marks.split(entry.title)[1]))
        seen = newest.setdefault(take, entry.first_seen)
        if seen is not entry.first_seen and abs(seen - entry.first_seen) <= _TWINS:
            return True
    return False


def _timed(rivals: Sequence[_Scored], sent: time | None, zone: ZoneInfo) -> list[_Scored]:
    return [s for s in rivals if _is_sent(sent, s.entry, zone)]


def _is_sent(sent: time | None, entry: Entry, zone: ZoneInfo) -> bool:
    """Whether a text went out at that time of day, on the clock of a zone."""
    if sent is None or not entry.dated:
        return False
    local = entry.published.astimezone(zone)
    return abs(local - local.replace(hour=sent.hour, minute=sent.minute, second=0)) <= _SAME_CLOCK


def refs(resolution: Resolution) -> tuple[EntryRef, ...]:
    """All entries that a resolved notice reaches, the target first."""
    return (resolution.target, *resolution.takes) if resolution.target else ()
