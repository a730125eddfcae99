"""Where a text says by itself whose it is: datelines, sign-offs, source lines, bylines.

A name alone proves nothing: `(AP)` is a province, `AFP` an army, and a wire may be quoted by
whoever writes a text of his own (rules 63 and 110). So each form is recognised as a whole: what
stands in brackets, what stands before and after them, and where in the text. Only a text's
beginning and end are looked at, as no wire signs in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from aggregator.model.agency import Agency, Form
from aggregator.text.agencies import Agencies

# A lead of two paragraphs, since portals put their own in front of a wire's; and what signs a text.
_HEAD = 800
_TAIL = 400
_SHORT = 120
_OPENING = 160
_MAX_PLACE = 90
_MAX_PLACE_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mark:
    """Words of a text that say whose it is: `text[start:end]`."""

    start: int
    end: int
    form: Form
    agency: Agency


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BRACKETS = re.compile(r"[(\[][ \t]*(?P<name>[^()\[\]\n]{2,70}?)[ \t]*[)\]]")
_SLASHES = re.compile(r"(?<![\w/:.>])/(?P<name>[^\W\d_][\w -]{1,20})/(?![\w/])")
_CUED = re.compile(
    r"""(?:(?:con\s)?font[ei]|source|quelle|fuente|bron|fonte\sagenzia
    |(?:with|additional)\s(?:agency\s)?(?:files?|inputs?|reports?|reporting|material|information)\s(?:from|by)
    |con\sinformaci[oó]n\sde|con\s(?:informazioni|materiale)\s(?:di|da)|com\sinforma[cç][õo]es\sda
    |mit\s(?:Material|Informationen|Agenturmaterial)\s(?:von|der)|avec|mit|with)
    \s?:?\s+(?P<name>\S.{0,60})""",
    re.VERBOSE | re.IGNORECASE,
)
_DASH = r"[-_\u2013\u2014\u2212]{1,2}"  # old wires have underscores
_AFTER_DASH = re.compile(rf"\.?\s*(?:{_DASH}|:)(?=\s|[^\W\d_])")
_AFTER_PLACE = re.compile(
    rf"\s*(?P<dash>{_DASH}\s*)?(?P<place>[^\n()–—,;][^\n()–—]{{2,60}}?)\s*{_DASH}(?=\s)"
)
_AT_END = re.compile(r"[\s.,;–—-]{0,40}(?:\Z|\n|RIPRODUZIONE|©)(?<!\.\.\.)")
_STARTS = re.compile(r"""\.?\s*["'«“„‘¿¡]?(?=[^\W_])(?![a-zà-ÿ])""")
_SENTENCE_END = re.compile(r"""[.!?…:]["'”»’)\]]*\s*\Z""")
_BREAK = re.compile(r"\n\s*|\u2026\s*|\.\.\.\s*|(?<=[.!?:])\s+|(?<=[.!?][\"”»])\s+|\s{2,}")
_PICTURE = re.compile(
    r"""(?:foto\w*|photo\w*|pic(?:ture)?s?|images?|immagin[ei]|bild(?:er)?|credits?|cr[ée]dit[os]*
    |via|getty\w*|file|archiv\w*|handout|pool|video|epa|imago)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PICTURE_BEFORE = re.compile(_PICTURE.pattern + r"[\s:/(]*\Z", re.VERBOSE | re.IGNORECASE)
_AGENCY_BEFORE = re.compile(
    r"\b(?:agen\w+|agentur\w*|service|di\s+stampa|press|news|by|von|da|de)\s*\Z", re.IGNORECASE
)
_PARTED = re.compile(r"\s*[/|+;,&]\s*|-|\s+(?:e|et|and|und|y)\s+")
_WORDS = re.compile(r"[^\s,/]+")
_MONTH = re.compile(r"[^\W\d_]{2,12}\.?\Z")
_PARTICLES = _set(
    "di de del della dei la le les lo el los las da do dos du des der den die am an im in sur sul"
    " of the and bei ob a.m e y et und for with via con avec mit"
)
_SOURCES = ("fonte", "source", "quelle", "fuente", "bron")
# What a sign-off of `_SIGNED` cannot do without: most texts are spared the pattern.
_SIGNS = ("©", "(c)", "copyright", "redazione", "report by")
_SIGNED = re.compile(
    r"""(?:
    (?:(?:©|\(c\))\s{0,3}(?:copyright\b|(?=dpa-)|(?=\d{4}\b))|\bcopyright\b\s{0,3}(?:©|\(c\))?)
    \s{0,3}(?:\d{4}\s{0,3})?(?:by\s)?
    (?P<owner>[^\W\d_][\w -]{1,30}?)(?:,\sdpa:[\w/-]+|\.\sAll\srights\sreserved)?
    |©\s{0,3}(?P<holder>[^\W\d_][\w ]{1,30}?)\s{0,3}[-–—]?\s{0,3}riproduzione\sriservata
    |\bredazione\s(?P<desk>[^\W\d_][\w ]{1,20}?)
    |\bThis\sreport\sby\s(?P<report>[\w ]{5,40}?)\swas\sfirst\spublished[^\n]{0,40}
    )\.?\s*(?:\Z|\n|\[\+)""",
    re.VERBOSE | re.IGNORECASE,
)
_DASHED = re.compile(
    rf"(?<=[.!?\"”»’])\s*{_DASH}\s*(?P<name>[^\W\d_][\w .]{{1,30}}?)\.?\s*(?:\Z|\n|\[\+)"
)
_SOURCE_LINE = re.compile(
    r"""(?:\A|(?<=[\s–—-]))(?P<all>(?:con\sfonte|fonte|source|quelle|fuente|bron)\s?:\s*
    (?P<name>[^\W\d_][^\n:()\[\]]{1,50}?))\s*\.?\s*(?:\Z|\n|\u2026|\[\+)""",
    re.VERBOSE | re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:\A|[.!?…\n–—-]\s*)(?P<all>" + _CUED.pattern + r")\Z", re.VERBOSE | re.IGNORECASE
)
_DASHES = re.compile(rf"(?<=\s){_DASH}(?=\s)|\u2014")
_STOP = re.compile(r"(?P<name>[^\n.]{2,30})\.\s")
_GAP = re.compile(rf"\s{{2,}}(?=\S)|\s{_DASH}\s|\Z")
_TITLES = re.compile(
    r"^\s*(?:by|from|di|par|von|redazione|a cura di|fonte:?)\s+"
    r"|\s+(?:staff|reporter|writer|correspondent)s?$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*[/|,;&()+]\s*|\s+[-–—]\s+|\s+(?:avec|mit|con|with|and|und|et|e|y|of|for|per|in)\s+"
)
_DESK = re.compile(
    r"\s{0,20}(?:di\s|a\scura\sd(?:i|ella)\s)?redazione\s(?P<names>[^\n]{2,60})", re.IGNORECASE
)
_BYLINE = re.compile(
    r"\s{0,20}(?:(?:by|from|di|da|de|par|por|von)\s|(?=redazione\s))(?P<names>[^\n]{2,140})",
    re.IGNORECASE,
)
_ITALIAN = _set("il lo gli di del della dei delle che per nel nella dal sulla alla è")
_FOREIGN = _set("the of to and that der die das und ist les des est el los que y og")


def strip(text: str, agencies: Agencies, language: str | None = None) -> str:
    """The text without its marks. Linear in the text's length."""
    kept, at = [], 0
    for mark in find(text, agencies, language):
        if mark.start >= at:
            kept.append(text[at : mark.start])
            at = mark.end
    kept.append(text[at:])
    return "".join(kept).strip()


def find(text: str, agencies: Agencies, language: str | None = None) -> tuple[Mark, ...]:
    """Every mark of a text, in the order of their places.

    A line break in the text parts blocks, where the text has kept them. `language` is what the
    document claims, used for a text that is too short to show its own.
    """
    look = _Look(text=text, agencies=agencies, language=language)
    found = {*_opening(look), *_brackets(look), *_closing(look)}
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end)))


def house(words: str, agencies: Agencies) -> Agency | None:
    """The agency that a credit of its own names: alone, before other agencies or desks
    (`ANSA-AFP`, `dpa/lby`, `Adnkronos Salute`); never that of a picture (`AP Photo/...`)."""
    if not agencies.may_begin(words):
        return None
    found = agencies.alone(words)
    if found or _PICTURE.search(words):
        return found
    first, *others = _PARTED.split(words)
    agency = agencies.alone(first)
    if agency and all(agencies.alone(one) or _is_desk(one) for one in others):
        return agency if others else None
    return _with_desk(words.split(), agencies)


def _with_desk(words: Sequence[str], agencies: Agencies) -> Agency | None:
    """`ANSA Nuova Europa`: a name with one or two more in capitals behind it."""
    for count in (1, 2):
        name, desk = words[:-count], words[-count:]
        found = agencies.named(" ".join(name)) if name else None
        if found and all(word[0].isupper() for word in desk):
            return found
    return None


def outlet(words: str, agencies: Agencies) -> Agency | None:
    """The agency that is an outlet of this name: `ANSA`, `ANSA Nuova Europa`, `AP Top News`."""
    return agencies.named(words) or _with_desk(words.split(), agencies)


def _is_desk(part: str) -> bool:
    """Whether a part of a credit is a desk of its agency: `lby`, `AFX`."""
    return part.isalpha() and (part.islower() or part.isupper()) and len(part) <= 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A text that is looked at, and what its marks are judged by."""

    text: str
    agencies: Agencies
    language: str | None

    @property
    def italian(self) -> bool:
        return _is_italian(self.text[:_HEAD], self.language)

    def mark(self, start: int, end: int, form: Form, agency: Agency) -> Mark:
        return Mark(start=start, end=end, form=form, agency=agency)

    def is_province(self, words: str) -> bool:
        """Whether two letters may be an Italian province, as behind the name of every town."""
        return len(words) == 2 and self.italian

    def is_weak(self, words: str) -> bool:
        """Whether words need more than brackets to be a name: two letters, or a word besides."""
        first = _PARTED.split(words)[0]
        return len(first) == 2 or outlet(first.upper(), self.agencies) is None


def _brackets(look: _Look) -> Iterator[Mark]:
    """Agencies in brackets or slashes, near the text's beginning or end."""
    text = look.text
    for start, end in ((0, _HEAD), (max(_HEAD, len(text) - _TAIL), len(text))):
        part = text[start:end]
        if "(" in part or "[" in part or "/" in part:
            for pattern in (_BRACKETS, _SLASHES):
                found = (_bracket(look, match) for match in pattern.finditer(text, start, end))
                yield from (mark for mark in found if mark)


def _bracket(look: _Look, match: re.Match[str]) -> Mark | None:
    inner = match["name"]
    cued = _CUED.fullmatch(inner)
    agency = house(cued["name"].rstrip(". ") if cued else inner, look.agencies)
    if agency is None or _is_expansion(inner, look.text[: match.start()][-80:]):
        return None
    if cued:
        return _signed(look, match, agency, Form.SOURCE_LINE)
    return _dateline(look, match, agency) or _signed(look, match, agency, Form.SIGN_OFF)


def _dateline(look: _Look, match: re.Match[str], agency: Agency) -> Mark | None:
    """A place and perhaps a date before the brackets, or after them, or a dash."""
    text, start, end = look.text, match.start(), match.end()
    opens = _opens(text, start)
    place = _AFTER_PLACE.match(text, end, end + _MAX_PLACE)
    if place and (opens or place["dash"]) and _is_dated(place["place"], small=opens):
        return look.mark(start, place.end(), Form.DATELINE, agency)
    before = _place_before(text, start)
    if before:
        return _behind_place(look, match, agency, *before)
    dash = _AFTER_DASH.match(text, end)
    if opens and (dash or (not text[:start].strip() and _may_open(look, match, agency))):
        return look.mark(start, dash.end() if dash else end, Form.DATELINE, agency)
    return None


def _behind_place(
    look: _Look, match: re.Match[str], agency: Agency, begin: int, dated: bool
) -> Mark | None:
    """Brackets behind a place: with a dash, or a date, or at the text's very beginning."""
    end = match.end()
    if not dated and "it" not in agency.languages and look.is_province(match["name"]):
        return None
    dash = _AFTER_DASH.match(look.text, end)
    starts = _STARTS.match(look.text, end) or match[0].startswith("/")
    if dash or (starts and (dated or (begin == 0 and _may_open(look, match, agency)))):
        return look.mark(begin, dash.end() if dash else end, Form.DATELINE, agency)
    return None


def _may_open(look: _Look, match: re.Match[str], agency: Agency) -> bool:
    """Whether brackets without a dash may still open a text: `Bonn (KNA) Der Bischof …`; in a
    language that the agency writes."""
    if look.language and agency.languages and look.language not in agency.languages:
        return False
    return bool(_STARTS.match(look.text, match.end())) and not look.is_province(match["name"])


def _opens(text: str, at: int) -> bool:
    """Whether something new begins here: the text, a block, a sentence."""
    before = text[max(at - 20, 0) : at]
    return not before.strip() or bool(
        re.search(r"(?:\n|\u2026|\.\.\.|[.!?][\"”»’)]*\s)\s*\Z", before)
    )


def _place_before(text: str, end: int) -> tuple[int, bool] | None:
    """Where the place begins that stands right before `end`, and whether a date follows it."""
    first = max(end - _MAX_PLACE, 0)
    starts = [0] if first == 0 else []
    starts += [m.end() for m in _BREAK.finditer(text, first, end)]
    for start in starts:
        date = _place(text[start:end])
        if date is not None:
            return start, date
    for word in re.finditer(r"\b[A-Z][A-Z'/-]{2,}", text[first:end]):
        date = _place(text[first + word.start() : end])
        if date is not None:
            return first + word.start(), date
    return None


def _is_dated(words: str, *, small: bool) -> bool:
    """Whether words are a place with a date; `small`: without capitals as well."""
    return bool(_place(words) or (small and _place(words.title())))


def _place(words: str) -> bool | None:
    """Whether words are a place with a date, or without; None if they are neither."""
    given = [word.strip(".:") for word in _WORDS.findall(words.rstrip(" -–—"))]
    given = [word for word in given if word]
    if not given or len(given) > 2 * _MAX_PLACE_WORDS:
        return None
    dated = any(word[0].isdigit() for word in given)
    names = [word for word in given if word.strip("([")[:1].isupper()]
    if not names or (len(names) > _MAX_PLACE_WORDS and not dated):
        return None
    others = [w for w in given if w not in names and not w[0].isdigit() and w not in _PARTICLES]
    if len(others) > (2 if dated else 0) or not all(_MONTH.match(one) for one in others):
        return None
    return dated


def _signed(look: _Look, match: re.Match[str], agency: Agency, form: Form) -> Mark | None:
    """Brackets that end a text or a block of it."""
    text, before = look.text, look.text[: match.start()][-60:]
    after_sentence = bool(_SENTENCE_END.search(before))
    is_end = _AT_END.match(text, match.end()) or (
        after_sentence and _STARTS.match(text, match.end())
    )
    if not is_end or _PICTURE_BEFORE.search(before) or _AGENCY_BEFORE.search(before):
        return None
    if not after_sentence and form is Form.SIGN_OFF and look.is_weak(match["name"]):
        return None
    dot = after_sentence and text.startswith(".", match.end())
    return look.mark(match.start(), match.end() + dot, form, agency)


def _is_expansion(letters: str, before: str) -> bool:
    """Whether letters only shorten the words before them: `Armed Forces of … (AFP)`."""
    if not (letters.isalpha() and letters.isupper()):
        return False
    words = re.findall(r"[^\W\d_][\w'’]*", before)[-2 * len(letters) :]
    every = "".join(word[0] for word in words).upper()
    capital = "".join(word[0] for word in words if word[0].isupper())
    return every.endswith(letters) or capital.endswith(letters)


def _opening(look: _Look) -> Iterator[Mark]:
    """A beginning without brackets: `ADNKRONOS - …`, `ROMA - ANSA - …`, `By Anna Rossi, PA`."""
    yield from _bare(look)
    yield from _byline(look)
    yield from _desk(look)


def _bare(look: _Look) -> Iterator[Mark]:
    head, at = look.text[:_OPENING], 0
    for number, dash in enumerate(islice(_DASHES.finditer(head), 3)):
        words = head[at : dash.start()].strip()
        agency = look.agencies.named(words)
        if agency and _STARTS.match(head, dash.end()) and not look.is_province(words):
            yield look.mark(0, dash.end(), Form.DATELINE, agency)
            return
        if number > 1 or _place(words) is None:
            return
        at = dash.end()
        stop = _STOP.match(head, at)
        agency = look.agencies.named(stop["name"].strip()) if stop else None
        if stop and agency:
            yield look.mark(0, stop.end(), Form.DATELINE, agency)
            return


def _byline(look: _Look) -> Iterator[Mark]:
    """A first line that names its writer and the house, or the house alone."""
    match = _BYLINE.match(look.text[:_OPENING])
    if match is None:
        return
    for gap in _GAP.finditer(match["names"]):
        names = match["names"][: gap.start()]
        end = match.start("names") + gap.start()
        is_line = bool(gap[0]) or end == len(look.text) or look.text[end] == "\n"
        agency = byline(names, look.agencies) if is_line and _are_names(names) else None
        if agency:
            yield look.mark(0, end, Form.BYLINE, agency)
            return


def _desk(look: _Look) -> Iterator[Mark]:
    """`di Redazione ANSA`, which needs no end of a line."""
    match = _DESK.match(look.text[:_OPENING])
    ends = [word.end() for word in _WORDS.finditer(match["names"])][:3] if match else []
    for end in reversed(ends):
        agency = look.agencies.named(match["names"][:end].rstrip(".:")) if match else None
        if match and agency:
            yield look.mark(0, match.start("names") + end, Form.BYLINE, agency)
            return


def _are_names(words: str) -> bool:
    """Whether words are names and what joins them, not the beginning of a sentence."""
    return not words.endswith(".") and all(
        word[0].isupper() or word in _PARTICLES for word in _WORDS.findall(words)
    )


@lru_cache(maxsize=4096)  # a desk has few writers
def byline(names: str, agencies: Agencies) -> Agency | None:
    """The agency that a byline names: `Reuters`, `Anna Rossi, AP`, `ANNA ROSSI Associated Press`,
    `Le Monde avec AFP`, `Redazione ANSA`."""
    given = _TITLES.sub("", names.strip()).strip(" .-–—")
    found = house(given, agencies)
    if found or _PICTURE.search(given):
        return found
    parts = _JOINED.split(given)
    named = (agencies.alone(_TITLES.sub("", part)) for part in parts if part)
    return next((agency for agency in named if agency), None) or _last_words(given, agencies)


def _last_words(given: str, agencies: Agencies) -> Agency | None:
    """`ANNA ROSSI Associated Press`: a name of two words or more at the end."""
    words = given.split()
    tails = (" ".join(words[-count:]) for count in (3, 2) if len(words) > count)
    return next((agency for tail in tails if (agency := agencies.named(tail))), None)


def _closing(look: _Look) -> Iterator[Mark]:
    """An end without brackets: `Fonte: Agi`, `© Copyright ANSA`, `—Reuters`."""
    tail = look.text[-_TAIL:].lower()
    if ":" in tail and any(cue in tail for cue in _SOURCES):
        yield from _ends(look, _SOURCE_LINE, Form.SOURCE_LINE, _TAIL)
    if any(cue in tail for cue in _SIGNS):
        yield from _ends(look, _SIGNED, Form.SIGN_OFF, _TAIL)
    if look.agencies.may_end(tail[-_SHORT:]):
        yield from _ends(look, _DASHED, Form.SIGN_OFF, _SHORT)
        yield from _ends(look, _WITH, Form.SOURCE_LINE, _SHORT)


def _ends(look: _Look, pattern: re.Pattern[str], form: Form, length: int) -> Iterator[Mark]:
    base = max(len(look.text) - length, 0)
    for match in pattern.finditer(look.text[base:]):
        said = match.groupdict()
        name = next(words for key, words in said.items() if words and key != "all")
        agency = house(name.strip(" ."), look.agencies)
        start = base + (match.start("all") if said.get("all") else match.start())
        if agency and not _PICTURE_BEFORE.search(look.text[max(start - 60, 0) : start]):
            yield look.mark(start, base + match.end(), form, agency)


def _is_italian(text: str, language: str | None) -> bool:
    words = set(text.lower().split())
    italian, foreign = len(words & _ITALIAN), len(words & _FOREIGN)
    return language == "it" if italian == foreign else italian > foreign
