"""What of an entry's title and text is its own: the rest is taken off before anything is compared.

A portal's copy of a wire text differs from it in what stands around the text: dateline, sign-off,
the portal's name, invitations to read on (rules 61, 65, 66, 67). Each pattern takes off furniture
that an editor would name as such; what is left is never shown, so a word too many costs little.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from aggregator.text import marks, tokens

_SENTENCE = re.compile(r"(?<=[.!?…\])])[\"”»)]*\s+(?=[^\W_]|[\[(#\"“«@])|\s*\n\s*\n\s*|\s+(?=#\w)")
# Where a sentence of furniture begins; it goes on to its end. Rule 61 and the portals of the wires.
_FURNITURE = re.compile(
    r"""(?ix)^[\s\W]*(?:
      leggi\s+(?:anche|tutto|l['’]articolo|ancora|di\s+pi[uù])|continua\s+(?:a\s+leggere|la\s+lettura)
    | (?:tutti\s+i\s+)?(?:diritti\s+riservati|riproduzione\s+riservata)|©|copyright\b
    | segui(?:ci|te)?\s.{0,60}\b(?:su|social|canale|telegram|whatsapp|google|facebook|twitter)
    | iscriviti\s.{0,60}\b(?:newsletter|canale)|resta\s+(?:aggiornato|connesso)|per\s+approfondire\b
    | (?:l['’]articolo|the\s+post|cet\s+article|l['’]article|der\s+beitrag|la\s+entrada)\s.+
      \s(?:proviene\s+da|appeared\s+first|est\s+apparu|erschien\s+zuerst|aparece\s+primero)
    | read\s+(?:more|full|the\s+full|also|next|on)\b|continue\s+reading|click\s+(?:here|to)
    | subscribe\s+(?:to|now|here)|sign\s+up\s+(?:to|for)|follow\s+(?:us|@|.{0,40}\son\s)
    | all\s+rights\s+reserved|download\s+(?:our|the)\s+app|watch\s+(?:more|live|the\s+full)
    | (?:mehr|weiter)\s*lesen|lesen\s+sie\s+(?:auch|mehr)|lire\s+(?:aussi|la\s+suite|l['’]article)
    | leer\s+m[aá]s|seguir\s+leyendo|lea\s+tambi[eé]n
    | guarda\s+(?:il|la|le|anche)\s+(?:video|foto|gallery)|foto\s+e\s+video|visita\s+il\s+sito
    | (?:view|see)\s+(?:more|all|original)|original\s+(?:article|source)
    )"""
)
# Also behind a dash or a bar inside a sentence: "Titolo - Leggi tutto".
_TAIL = re.compile(
    r"""(?ix)\s*[-–—|»>…\[(]*\s*(?:leggi\s+(?:tutto|anche\b.*|l['’]articolo.*)
    | continua(?:\s+a\s+leggere.*)?\.*|read\s+(?:more|full\s+story)\b.*|riproduzione\s+riservata.*
    | segue)\s*[\])>»…]*\s*$"""
)
_SITE = re.compile(r"\s+[-–—|·•»]\s+|\s*\|\s*")
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.(?:it|com|org|net|co\.uk|news|eu|info|tv|de|fr|es)$")
# A text that begins with its title says nothing by that; a short one may be a name.
_OWN_TITLE = 20
_BEGUN = 16  # letters by which a sentence that was cut is known
_CUT_ENDS = frozenset({".", "…", "]", ")"})
_CUT = re.compile(r"\s*(?:\.{3,}|…|\[(?:\.{3}|…)\]|\((?:\.{3}|…)\)|\[&#8230;\])\s*$")
# A town, perhaps a date, and perhaps whose text it is, before the text: of agencies and houses.
_DATELINE = re.compile(
    r"""(?x)^\s*(?:
      \(?\s*(?:ANSA|AGI|DIRE|LaPresse|9Colonne|Adnkronos|ADNKRONOS|askanews|ITALPRESS|AP|AFP|Reuters
        |REUTERS|dpa|PA|EFE|TASS)(?:/[\w\s]{2,20})?\s*\)?\s*[-–—]\s*
    | (?:\([^()]{2,30}\)\s*[-–—]?\s*)?[A-ZÀ-Þ][\w'’.À-ÿ]*(?:[\s/,-]+[A-ZÀ-Þ][\w'’.À-ÿ]*){0,4}
      (?:,?\s*\d{1,2}\.?°?\s*[A-Za-zÀ-ÿ]{3,9}\.?|,\s*[A-Z][a-z]{2,8}\.?\s*\d{1,2})?
      \s*(?:\([^()]{2,40}\)\s*[-–—:]?|[-–—](?=\s)|/PRNewswire/\s*[-–—]*)\s*
    )"""
)
_TOWN_DATE = re.compile(
    r"""(?x)^\s*(?:\([^()]{2,30}\)\s*[-–—]\s*)?[A-ZÀ-Þ][^.;:!?()]{1,40}?,\s*
    (?:\d{1,2}\.?°?\s*[A-Za-zÀ-ÿ]{3,9}\.?|[A-Z][a-z]{2,8}\.?\s*\d{1,2})(?:\s*\d{4})?
    \s*(?:\([^()]{2,40}\))?\s*[-–—:]\s+"""
)
_SIGN_OFF = re.compile(
    r"""(?ix)\s*(?:\(\s*(?:con\s+)?(?:fonte\s*:?\s*)?[A-Z0-9][\w./ -]{1,24}\s*\)\s*\.?
    | (?:fonte|source|quelle|fuente)\s*:\s*[\w./ -]{2,30}\.?
    | (?:reporting|editing|writing)\s+by\s.{3,200})\s*$"""
)
# A title without any of these has no marks of a wire.
_PERHAPS_MARKED = re.compile(r"^\W|[-–—:/+)|·•»]")
# Live pages, tickers and round-ups hold every story of the day (rule 62).
_ROUND_UP = re.compile(
    r"""(?x)\b(?:
      (?:in\s+)?diretta(?:\s+(?:live|tv|streaming))?\s*(?::|-|\||$)|^(?:la\s+)?diretta\b
    | \blive\s*(?::|-(?!\w)|\||$)
    | live[\s-]+(?:updates?|blog|ticker|coverage|news|stream)|liveblog|minuto\s+per\s+minuto
    | (?:le\s+)?(?:ultime|principali)\s+(?:notizie|news)
    | (?:le\s+)?notizie\s+(?:del|di)\s+(?:giorno|oggi)
    | (?:la\s+)?(?:giornata|rassegna)\s+(?:in\s+(?:breve|\w+\s+minuti)|stampa)|in\s+breve$|^brevi\b
    | i\s+fatti\s+(?:principali\s+)?del(?:la|le)?\s+(?:giorn\w+|\d+)|(?:le\s+)?prime\s+pagine
    | (?:news|morning|evening|daily)\s+(?:briefing|roundup|round-up|digest|bulletin)|top\s+stories
    | (?:what|things)\s+(?:you\s+need\s+)?to\s+know\b|at\s+a\s+glance\s*$|your\s+\w+\s+briefing
    | en\s+direct\b|en\s+directo\b|im\s+(?:live)?ticker\b|minuto\s+a\s+minuto|newsletter
    )"""
)
# One of these is in each of them: most titles need no more than a look.
_HINTS = (
    *("diretta", "live", "minut", "notizie", "news", "stampa", "brev", "giorn", "fatti", "pagine"),
    *(
        "briefing",
        "round",
        "digest",
        "bulletin",
        "stories",
        "to know",
        "glance",
        "direct",
        "ticker",
    ),
)
# Furniture of the end is not longer.
_TAIL_LENGTH = 240
_TAIL_HINTS = ("leggi", "continua", "read", "riproduzione", "segue")
_SIGN_OFF_HINTS = (")", "fonte", "source", "quelle", "fuente", "reporting", "editing", "writing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """What is left; `cut` says that it goes on in the original."""

    words: str
    cut: bool


def round_up(title: str) -> bool:
    """Whether a title announces a live page, a ticker or a round-up (rule 62)."""
    if title.startswith("LIVE "):
        return True
    lower = title.casefold()
    return any(hint in lower for hint in _HINTS) and bool(_ROUND_UP.search(lower))


def sentences(text: str) -> tuple[str, ...]:
    """A text in sentences, hashtags and blocks apart; in order, none of them empty."""
    return tuple(part for part in _SENTENCE.split(text) if part and part.strip())


def title(given: str, source_name: str, known: frozenset[str] = frozenset()) -> Clean:
    """A title without marks of the wire, the name of its site, or the sign that it is cut.

    `known` holds the folded parts that the source repeats, as in `text`.
    """
    bare = _unescaped(given)
    if _PERHAPS_MARKED.search(bare):
        bare, _ = marks.split(bare)
        bare = _without_site(bare, tokens.fold(source_name), known)
    return _whole(bare)


def text(given: str, title_words: str, known: frozenset[str]) -> Clean:
    """A text without dateline, sign-off, furniture, its own title, and what its source repeats.

    `known` holds the folded sentences that the source repeats.
    """
    kept = (part for part in sentences(_unescaped(given)) if not _furniture(part, known))
    bare = " ".join(kept)
    whole = _whole(_without(bare, _TAIL, _TAIL_HINTS))
    body = _without(whole.words, _SIGN_OFF, _SIGN_OFF_HINTS)
    if len(title_words) > _OWN_TITLE and body.startswith(title_words):
        body = body[len(title_words) :].lstrip(" .:-–—|")
    for heads in (_TOWN_DATE, _DATELINE):
        head = heads.match(body)
        body = body[head.end() :] if head else body
    return Clean(words=body, cut=whole.cut)


def title_parts(given: str) -> tuple[str, ...]:
    """The first and the last part of a title with bars or dashes: one may be a site's name."""
    parts = _SITE.split(given)
    return (parts[0], parts[-1]) if len(parts) > 1 else ()


def _without(words: str, pattern: re.Pattern[str], hints: tuple[str, ...]) -> str:
    """A text without what the pattern finds at its end, looked for only if there is a hint."""
    end = words[-_TAIL_LENGTH:]
    lower = end.casefold()
    if not any(hint in lower for hint in hints):
        return words
    return words[:-_TAIL_LENGTH] + pattern.sub("", end)


def _whole(words: str) -> Clean:
    if words[-1:] not in _CUT_ENDS:
        return Clean(words=words, cut=False)
    whole = _CUT.sub("", words)
    return Clean(words=whole, cut=whole != words)


def _furniture(sentence: str, known: frozenset[str]) -> bool:
    if sentence.startswith("#") or _FURNITURE.match(sentence):
        return True
    return bool(known) and _is_known(tokens.fold(sentence), known)


def _is_known(folded: str, known: frozenset[str]) -> bool:
    """Whether a sentence is a known one, or the beginning of one that was cut."""
    if folded in known:
        return True
    begun = folded.removesuffix("...").rstrip() if folded.endswith("...") else ""
    return len(begun) >= _BEGUN and any(one.startswith(begun) for one in known)


def _unescaped(given: str) -> str:
    return " ".join((html.unescape(given) if "&" in given else given).split())


def _without_site(given: str, site: str, known: frozenset[str]) -> str:
    """Rule 67: a part before the first or behind the last bar or dash that is the site's name."""
    ends = title_parts(given)
    if not ends:
        return given
    first, last = ends
    if _names(last, site) or tokens.fold(last) in known:
        return given[: given.rindex(last)].rstrip(" -–—|·•»")
    if _names(first, site) or tokens.fold(first) in known:
        return given[len(first) :].lstrip(" -–—|·•»")
    return given


def _names(part: str, site: str) -> bool:
    folded = tokens.fold(part)
    if not folded or len(folded) > 40:
        return False
    squeezed, name = folded.replace(" ", ""), site.replace(" ", "")
    return bool(_DOMAIN.match(folded)) or (
        bool(name) and (squeezed in name or name in squeezed) and len(squeezed) > 1
    )
