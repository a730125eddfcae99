"""The furniture of wires: what stands around a headline or text and is meant for newsrooms.

`++ … ++`, `(2)`, `UPDATE 2-`, `>>>ANSA/`, `RPT-`, `Eds: adds quotes`: matching must not see it,
readers need not (rules 66 and 76), and notices are known by it. So it is taken off in one place,
and kept, as marks of a kind. Words that headlines also use for themselves count only in the
trade's dress: in capitals before a stop, or before a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """What a mark says of the text that it stands at."""

    FLASH = "flash"
    UPDATE = "update"
    REPEAT = "repeat"
    REFILE = "refile"
    CORRECTION = "correction"
    KILL = "kill"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    EMBARGO = "embargo"
    ADVISORY = "advisory"
    SLUG = "slug"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One piece of furniture: its kind, its words as written, and its number (`UPDATE 2-`: 2)."""

    kind: MarkKind
    words: str
    number: int | None = None


# A longer headline is none, and its furniture need not be found.
_MAX_TITLE = 1000
# No wire piles up more.
_MAX_MARKS = 12
# Each kind's words at the head of a title: those that count in capitals alone, then those that
# count in any case before a colon. Reuters' and AP's handbooks; ANSA, Adnkronos, AGI, dpa, AFP, EFE
# and Europa Press as seen in their feeds.
_HEADS: dict[MarkKind, tuple[str, str]] = {
    MarkKind.FLASH: (
        r"FLASH|URGENT[EI]?|EIL(?:T|MELDUNG)?|ALERTE?|BULLETIN|SNAP|BRIEF|ULTIM'?ORA|ULTIM’ORA"
        r"|BREAKING(?: NEWS)?|NEWSALERT|NEWS ALERT|AVANCE|AV",
        r"urgent[ei]?|eilt|eilmeldung|alerte|breaking(?: news)?|ultim['’]ora",
    ),
    MarkKind.UPDATE: (
        r"UPDATE ?(?P<n1>\d{1,2})?|UPDATE[DS]|WRAP(?:UP)? ?(?P<n2>\d{1,2})?|LEAD ?(?P<n3>\d{1,2})?"
        r"|(?P<n4>\d{1,2})(?:ST|ND|RD|TH|st|nd|rd|th) (?:LEAD|UPDATE|Ld(?:-Writethru)?)|ROUNDUP"
        r" ?(?P<n5>\d{1,2})?|AGGIORNA(?:MENTO)?|AGG|RIEPILOGO|RIASSUNTO"
        r"|ACTUALI[SZ](?:ATION|[EÉ])|ACTUALIZA(?:CI[OÓ]N)? ?(?P<n6>\d{1,2})?|AKTUALISIER(?:UNG|T)"
        r"|(?P<n7>\d)?AMP(?:L|LIACI[OÓ]N)?",
        r"updated?|aktualisiert|aktualisierung|(?:\d\. )?zusammenfassung(?: \d)?|ampliaci[oó]n"
        r"|actualisation|actualis[eé]|actualizaci[oó]n",
    ),
    MarkKind.REPEAT: (
        r"RPT|REPEAT(?:ING|S)?|RIPETIZIONE(?: CORRETTA)?|WDHL?G?|WIEDERHOLUNG|R[EÉ]P[EÉ]TITION"
        r"|REPETICI[OÓ]N|REPITE",
        r"rpt|repeat|ripetizione|wiederholung|wdh|r[eé]p[eé]tition|repetici[oó]n",
    ),
    MarkKind.REFILE: (
        r"REFILE[DS]?|REPASSE|REINVIO|RENVOI|REENV[IÍ]O|NEUSENDUNG",
        r"refile[ds]?|neusendung",
    ),
    MarkKind.CORRECTION: (
        r"CORRETTO|CORREZIONE|"
        r"CORRECT(?:ED|ION|IVE)(?: \([A-Z]{3,12}\))?|CORR|CLARIFICATION"
        r"|(?:PRECISAZIONE E )?RETTIFICA"
        r"|ERRATA[ -]CORRIGE|KORREKTUR|KORRIGIERT|BERICHTIGUNG|BERICHTIGT|RECTIFICATI[FV]O?"
        r"|CORRIG[EÉ]|CORREGID[OA]|CORRECCI[OÓ]N|FE DE ERRORES|FE DE ERRATAS|RECTIFICACI[OÓ]N"
        r"|ANNULLA E SOSTITUISCE|ANNULE ET REMPLACE|ANULA Y SUSTITUYE",
        r"corrected|correction|clarification|rettifica|correzione|errata[ -]corrige|korrektur"
        r"|berichtigung|rectificatif|correcci[oó]n|fe de errores|fe de erratas|rectificaci[oó]n",
    ),
    MarkKind.KILL: (
        r"(?:(?:MANDATORY|BULLETIN|STORY|PHOTO|AP|AFP|DPA|PA|EFE|dpa|afp) )*KILL(?: KILL)*(?:"
        r" (?:NOTICE|STORY|ALERT|ADVISORY|ORDER))?|KILLED"
        r"|(?:AP )?ELIMINATION|(?:NOTIZIA )?(?:DA )?ANNULLA(?:MENTO|RE|TA|(?! E SOST))(?:"
        r" NOTIZIA)?|ANNULATION|ANNULÉE?|ANULA(?:CI[OÓ]N|D[AO]|R)(?: DE (?:LA )?NOTICIA)?"
        r"|(?:BITTE )?NICHT VERWENDEN|NON UTILIZZARE|DO NOT (?:USE|PUBLISH)|NE PAS UTILISER|NO"
        r" UTILIZAR|RETRACTION|CANCEL(?:LED|LATION)?|STORNO"
        r"|STORNIERUNG",
        r"(?:(?:mandatory|bulletin) )?kill|story killed|annullamento(?: notizia)?|annulation"
        r"|anulaci[oó]n|bitte nicht verwenden",
    ),
    MarkKind.WITHDRAW: (
        r"(?:(?:STORY|ARTICLE|AP) )?WITHDR[AE]W(?:N|AL)?|(?:MELDUNG )?ZUR[ÜU]E?CKGEZOGEN"
        r"|R[ÜU]E?CKZUG|RETRAIT|(?:NOTIZIA )?RITIRAT[AO]|RITIRO(?: DI)? NOTIZIA"
        r"|(?:D[EÉ]P[EÊ]CHE )?RETIR[EÉ]E"
        r"|(?:NOTICIA |INFORMACI[OÓ]N )?RETIRADA",
        r"story withdrawn|meldung zur[üu]e?ckgezogen|notizia ritirata|d[eé]p[eê]che retir[eé]e"
        r"|noticia retirada",
    ),
    MarkKind.HOLD: (
        r"(?:AP )?WITHHOLD|HOLD(?: HOLD)*|SOSPEN(?:DERE|SIONE)|IN SOSPESO|SUSPENDRE|SUSPENDER"
        r"|ZUR[ÜU]E?CKHALTEN|GESPERRT|EN ATTENTE|[AÀ] RETENIR|RETENER|RETENIDA|EN ESPERA",
        r"withhold|bitte zur[üu]e?ckhalten",
    ),
    MarkKind.EMBARGO: (
        r"(?:SOTTO |SOUS |BAJO |STRICT(?:LY)? )?EMBARGO(?:E?D|EN|ADA|ADO|TED)?"
        r"|NON PUBBLICARE PRIMA|SPERRFRIST",
        r"embargoed|sperrfrist",
    ),
    MarkKind.ADVISORY: (
        r"(?:MEDIA )?ADVISORY|ATTENZIONE|AVVISO(?: AGLI ABBONATI)?|ATTENTION|ACHTUNG|ATENCI[OÓ]N"
        r"|AVIS(?:O)?|HINWEIS",
        r"achtung",
    ),
    MarkKind.SLUG: (
        r"EXCLUSIVE|ANALYSIS|COLUMN|FACTBOX|BUZZ|TIMELINE|INSIGHT|EXPLAINER|SPECIAL REPORT"
        r"|APNEWSBREAK"
        r"|(?:TOP )?FEATURE|SCHEDA|PUNTO|FOCUS|PREV|ACTUALIT[EÉ]",
        r"apnewsbreak|ap newsbreak|ap exclusive|ap sources?|factbox|exclusive",
    ),
}
# What ends a head: a stop of any kind after capitals, a colon or stars after other letters.
_STOP = r"(?:\s*(?:[:/,=]|[.]?[-–—]{1,2}|\*{1,3}|\+{2,3}|\.{2,3})\s*|\)\s*[:–—-]?\s*)"
_COLON = r"\s*(?::|\*{2,3})\s*"
_OPEN = r"[(\[]?"
_ORNAMENT = re.compile(r"\s*([+*=]{2,6}|[*=](?=[^\s*=]))\s*")
_TAIL_ORNAMENT = re.compile(r"(?:(?<!\s)[*]{2,3}|(?<!\s)=|(?<=\s)(?:[+*=]{2,6}|=|/{2,3}))\s*$")
# `EMBARGO ALLE ORE 18 - `, `Embargoed until 0001 GMT Friday: `.
_TIMED_EMBARGO = re.compile(
    r"[(\[]?(?i:embargo\w{0,4}|sperrfrist|non pubblicare prima)\b[^:–—-]{0,30}"
    r"(?i:\b(?:alle|ore|until|till|bis|hasta|jusqu\w{0,2}|fino|del?l?[ae]?|heute)\b)"
    r"[^–—-]{0,50}?(?:\s[-–—]\s|\d\s*:\s(?!\d)|[)\]]\s*[-:]?\s*|[a-z]\s*:\s)"
)
_SLUGS = (
    re.compile(r">{1,3}\s*(?:[A-Z]{2,12}(?:[- ][A-Z' ]{2,20})?\s*[/:]\s*)?"),
    re.compile(r"(?:ANSA|ADNKRONOS|ADNK|AGI|LAPRESSE|ASKANEWS)(?:[- ][A-Z' ]{2,20})?\s*/\s*"),
    re.compile(r"(?:AP|BC)-(?!NORC\b)(?:[A-Z]{2}--)?(?=\w)"),
    re.compile(r"(?:APNewsBreak|AP NewsBreak|AP Exclusive|APNewsAlert)\s*:\s*"),
)
# What may stand at the end of a title: takes, leads, repeats, corrections.
_TAILS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    (MarkKind.UPDATE, re.compile(r"\s*\(\s*(?P<n>[2-9]|1\d)\s*\)\s*$")),
    (MarkKind.REPEAT, re.compile(r"\s*\(\s*(?P<n>[2-9]|1\d)\s*-?\s*RPT\s*\)\s*$")),
    (MarkKind.UPDATE, re.compile(r"\s*\(\s*(?:(?P<n>[2-9])\s?[-/]\s?)?(?:SEGUE|FINE)\s*\)\s*$")),
    (MarkKind.UPDATE, re.compile(r"\s*/\s?(?:AGG|RIEPILOGO|RIASSUNTO)\s*$")),
    (MarkKind.UPDATE, re.compile(r"\s*[-=]\s?(?P<n>[2-9])\s?[-=]\s*$")),
    (
        MarkKind.UPDATE,
        re.compile(
            r"[,\s-]+(?P<n>\d{1,2})(?:st|nd|rd|th) (?:Ld|Lead|Add|NewsLead|Update)\b[^:]{0,30}$"
        ),
    ),
    (
        MarkKind.UPDATE,
        re.compile(
            r"\s+(?:[-–—]{1,2}\s*(?:(?P<n>\d{1,2})(?:st|nd|rd|th) )?[Uu]pdate"
            r"|\((?:UPDATED?(?: (?P<m>\d{1,2}))?|Updated?|AGG(?:IORNA(?:TO|MENTO)?)?\.?"
            r"|RIEPILOGO|RIASSUNTO|AMPLIACI[OÓ]N|Act\.|ampl\.|(?i:aktualisierung|aktualisiert"
            r"|actualisation|actualis[eé]|actualizaci[oó]n|mise [aà] jour))\))"
            r"\s*$"
        ),
    ),
    (
        MarkKind.REPEAT,
        re.compile(
            r"\s*(?:[/,]\s*RPT\b|[(\[](?:RPT|RIPETIZIONE|WDH|Wdh|Wiederholung|REPEAT"
            r"|REPETICI[OÓ]N|R[EÉ]P[EÉ]TITION)\b)"
            r"[^)\]]{0,3}(?:\([^()]{0,120}\)|[^()]{0,120}[)\]])?\s*$"
        ),
    ),
    (
        MarkKind.CORRECTION,
        re.compile(
            r"\s*[(\[](?:CORR(?:ETTO|ECTED|ECTION|IGE)?|RETTIFICA|CORREGIDO|korrigiert|Korrektur"
            r"|Corrected|Correction|corretto|(?i:rectificatif|corrig[eé]|correcci[oó]n|corregid[oa])"
            r"|KORREKTUR)[.]?[)\]]\s*$"
        ),
    ),
    (MarkKind.UPDATE, re.compile(r"\s*(?:[-,]\s?|\()(?:Ld-)?Writethru\)?\s*$")),
)

# With what every tail ends: most titles need no further look.
_ENDINGS = (
    *")]=*+/-0123456789",
    "ld",
    "lead",
    "add",
    "update",
    "writethru",
    "rpt",
    "rpt.",
    "agg",
    "riepilogo",
)

# Said so often, or so plainly, that no stop need follow.
_SHOUTED = {
    MarkKind.KILL: r"(?:(?:KILL ){2,4}|(?:MANDATORY|BULLETIN) KILL )(?:[-:–—] ?)?",
    MarkKind.HOLD: r"(?:HOLD ){2,4}(?:[-:–—] ?)?",
}


# Which words count in any case where they stand in brackets of their own.
_ENCLOSED = (MarkKind.UPDATE, MarkKind.REPEAT, MarkKind.REFILE, MarkKind.CORRECTION)


def _head(kind: MarkKind) -> tuple[MarkKind, re.Pattern[str]]:
    capitals, plain = _HEADS[kind]
    loud = rf"(?:{capitals})(?!\w)(?:\s+\(\d\))?(?:{_STOP}|$)"
    shouted = f"{_SHOUTED[kind]}|" if kind in _SHOUTED else ""
    enclosed = rf"|[(\[](?i:{plain})[)\]]\s*[:–—-]?\s*(?=\S)" if kind in _ENCLOSED else ""
    return kind, re.compile(rf"{_OPEN}(?:{shouted}{loud}|(?i:(?:{plain}))(?:{_COLON}|$)){enclosed}")


_PATTERNS = (*map(_head, MarkKind), (MarkKind.EMBARGO, _TIMED_EMBARGO))


def split(title: str) -> tuple[str, tuple[Mark, ...]]:
    """A title without its furniture, and the furniture in order. Idempotent on the bare title.

    A title that is nothing but furniture stays, so that the bare one is only empty if the title is.
    """
    bare = title.strip()
    if len(bare) > _MAX_TITLE:
        return bare, ()
    heads: list[Mark] = []
    tails: list[Mark] = []
    while len(heads) + len(tails) < _MAX_MARKS:
        found = _at_head(bare)
        ours = heads
        if not found:
            found, ours = _at_tail(bare), tails
        if not found:
            break
        ours.append(found[0])
        if not found[1]:
            break
        bare = found[1]
    return bare, (*heads, *reversed(tails))


def _at_head(title: str) -> tuple[Mark, str] | None:
    """The first mark, and what follows it."""
    ornament = _ORNAMENT.match(title)
    if ornament:
        return Mark(kind=MarkKind.FLASH, words=ornament[1]), title[ornament.end() :].strip()
    for slug in _SLUGS:
        found = slug.match(title)
        if found:
            mark = Mark(kind=MarkKind.SLUG, words=found[0].strip())
            return mark, title[found.end() :].strip()
    for kind, pattern in _PATTERNS:
        match = pattern.match(title)
        if match:
            return _mark(kind, match), title[match.end() :].strip()
    return None


def _at_tail(title: str) -> tuple[Mark, str] | None:
    """The last mark, and what comes before it."""
    if not (title.casefold().endswith(_ENDINGS) or " Ld" in title):
        return None
    ornament = _TAIL_ORNAMENT.search(title)
    if ornament:
        mark = Mark(kind=MarkKind.FLASH, words=ornament[0].strip())
        return mark, title[: ornament.start()].strip()
    for kind, pattern in _TAILS:
        match = pattern.search(title)
        if match:
            return _mark(kind, match), title[: match.start()].strip()
    return None


def _mark(kind: MarkKind, match: re.Match[str]) -> Mark:
    number = next((value for value in match.groupdict().values() if value), None)
    return Mark(kind=kind, words=match[0].strip(), number=int(number) if number else None)


# A note to editors begins a text or a line of it. In brackets it ends with them; `Eds:` ends with
# the line, or before the dateline, or after the last sentence that opens like a note.
_VERBS = (
    r"adds?|adding|mise [àa] jour|updat\w+|recasts?|corrects?|correcting|clarif\w+|refil\w+"
    r"|repeat\w+|changes?|fixes"
    r"|incorporates?|trims|edits|new throughout|rewrites|removes?|deletes?|drops?|restores"
    r"|with (?:ap |afp |photos?|video|graphics?)|moving|will be updated|for \w+ editors|minor edits"
    r"|apnewsnow|stands|optional trim|see also|please note|this story|aggiung\w+|aggiorn\w+"
    r"|corregg?e|con (?:foto|video)|reinvi\w+|rinvia per|renvoi|reenv[íi]\w*|neusendung"
    r"|ripetizione|rpt|aktualisiert|berichtig\w+|korrig\w+"
    r"|korrektur|erg[äa]nzt|wiederholung|neu:|[àa]ctualis\w+|ajoute|repasse|r[ée]p[ée]tition"
    r"|corrige"
    r"|correction|correzione|correcci[óo]n|agrega|a[ñn]ade|actualiza|ampl[íi]a|repite|refile"
    r"|repeats|inserts?|subs|tops|leads|segue|vedi|riepilogo|riassunto|writes through|recrops"
)
_IN_BRACKETS = (
    rf"[(\[]\s*((?i:{_VERBS}|eds?[.:]|v\.|editors?:)(?!\w)[^()\[\]]{{0,400}})[)\]](?:\s?=)?\s*"
)
_BRACKETED = re.compile(rf"\s*(?:=\s?)?{_IN_BRACKETS}")
_AFTER_DATELINE = re.compile(rf"([^-–—]{{0,60}}(?:[-–—][^-–—]{{2,40}})?[-–—]\s){_IN_BRACKETS}")
_TO_EDITORS = re.compile(
    r"\s*(?:(?i:eds?\.?\s?:|editors?\s?:)"
    r"|(?i:(?:attention|achtung|note? (?:to|aux?)|nota (?:a los|per le|agli?)|(?:hinweis )?an die"
    r"|avis aux) (?:editors|redaktion(?:en)?|r[ée]dactions|editores|redazioni"
    r"|abbonati)\s?[:—–-]))\s*"
)
# AP's own call, which in an excerpt no line break precedes.
_WITHIN = re.compile(r"(?<=[.!?] )(?:Eds|EDS)\.?: ")
_DATELINE = re.compile(
    r"[A-ZÀ-Ü][A-ZÀ-Ü .,'/-]{2,40}\([A-Za-zÀ-ü ]{2,15}\)\s?[-—–]|\([A-Z]{2,5}\)\s?[-—–]"
)
_SENTENCE = re.compile(r"[^.!?]{1,400}[.!?]+(?:\s+|$)")
_NOTE_SENTENCE = re.compile(rf"\s*(?:updates?:\s*)?(?:{_VERBS})\b", re.IGNORECASE)
# Nobody sends longer ones, or more at the head of one text.
_MAX_NOTE = 2000
_MAX_NOTES = 6


def strip_notes(text: str) -> tuple[str, str]:
    """A plain text without the words to editors at its head or in lines of their own, and those
    words (rule 76). Idempotent; line breaks of what stays are kept."""
    shown: list[str] = []
    notes: list[str] = []
    for line in text.split("\n"):
        rest, found = _strip_line(line)
        notes += found
        if rest or not found:
            shown.append(rest if found else line)
    return "\n".join(shown).strip() if notes else text, " ".join(notes)


def _strip_line(line: str) -> tuple[str, list[str]]:
    notes: list[str] = []
    while len(notes) < _MAX_NOTES:
        bracketed = _BRACKETED.match(line)
        dated = None if bracketed else _AFTER_DATELINE.match(line)
        call = None if bracketed or dated else _TO_EDITORS.match(line) or _call_within(line)
        if bracketed:
            note, line = bracketed[1].strip(), line[bracketed.end() :]
        elif dated:
            note, line = dated[2].strip(), dated[1] + line[dated.end() :]
        elif call:
            end = call.end() + _end_of_note(line[call.end() :])
            note, line = line[call.start() : end].strip(), line[: call.start()] + line[end:]
        else:
            break
        notes.append(note)
    return line.strip() if notes else line, notes


def _call_within(line: str) -> re.Match[str] | None:
    return _WITHIN.search(line) if "Eds" in line or "EDS" in line else None


def _end_of_note(rest: str) -> int:
    """Where the words after `Eds:` turn into the text."""
    dateline = _DATELINE.search(rest[:600])
    if dateline:
        return dateline.start()
    end = 0
    for sentence in _SENTENCE.finditer(rest[:_MAX_NOTE]):
        if sentence.start() != end or (end and not _NOTE_SENTENCE.match(sentence[0])):
            break
        end = sentence.end()
    return end or len(rest)
