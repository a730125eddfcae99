"""The words in which wires tell newsrooms to kill, withdraw, hold or mend what they sent.

News uses the same verbs: squads are withdrawn, laws annulled, markets corrected. So no phrase
counts that does not name a dispatch (`the story`, `la notizia`, `die Meldung`), most count only
together with another sign, and each carries a weight that says how much is left to be shown:
`ENOUGH` in sum is a notice. Phrases are looked for in folded text; their gaps are bounded, so
that the time is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aggregator.model.notice import NoticeKind
from aggregator.text import tokens

ENOUGH = 0.75
# An order says what it wants at once; a text is not searched further than this.
_REACH = 1500
_QUOTES = re.compile("[«»“”„‟]")

_K, _W, _H, _C = NoticeKind.KILL, NoticeKind.WITHDRAW, NoticeKind.HOLD, NoticeKind.CORRECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Words that speak for a kind of notice, or (None) for any that takes something down."""

    kind: NoticeKind | None
    weight: float
    words: str


_EN = r"(?:stor(?:y|ies)|items?|articles?|alerts?|bulletins?|dispatch(?:es)?|flash(?:es)?|snaps?)"
_IT = r"(?:notizi[ae]|lanci?o?|dispacci?o?|take|flash)"
_DE = r"(?:meldung(?:en)?|eilmeldung|nachricht|dpa-meldung|fassung|zusammenfassung)"
_FR = r"(?:depeches?|alertes?|papier|infos?|information)"
_ES = r"(?:noticias?|informacion(?:es)?|despachos?|teletipos?|alertas?)"
# An imperative begins its clause, or follows a word that asks.
_ASKED = r"(?:^|[.:;!|(-] ?|\bplease |\beditors,? |\bsubscribers,? )"

# Kind, weight, words of which at least one must be there, pattern.
_SIGNS: tuple[tuple[NoticeKind | None, float, str, str], ...] = (
    # English: AP's kill and withhold manual, Reuters' advisories, AFP and PA.
    (
        _K,
        0.6,
        "kill |disregard|eliminate|spike ",
        rf"{_ASKED}(?:kill|disregard|eliminate|spike) (?:the|our|this|all|any)\b.{{0,40}}\b{_EN}\b",
    ),
    (
        _K,
        0.6,
        "please|kill is mandatory",
        r"\bplease kill\b|\bkill is mandatory\b|\bplease (?:do not|don't) use (?:it|them)\b",
    ),
    (
        _K,
        0.6,
        "do not |don't ",
        rf"\b(?:do not|don't) (?:use|publish|run) .{{0,30}}\b(?:the|our|this|\w+'s)"
        rf" .{{0,40}}\b{_EN}\b",
    ),
    (
        _K,
        0.4,
        "been killed|been elimin|been cancel",
        rf"\b{_EN}\b.{{0,120}}\b(?:has|have) been (?:killed|eliminated|cancell?ed)\b",
    ),
    (_K, 0.3, "not published", rf"\bmake certain the {_EN} (?:is|are) not published\b"),
    (
        _W,
        0.7,
        "withdrawn",
        rf"\bthis (?:\w+ \w+ )?{_EN} (?:was|has been|is) (?:hereby )?withdrawn\b",
    ),
    (
        _W,
        0.4,
        "withdrawn",
        rf"\b{_EN}\b.{{0,120}}\b(?:has been|have been|is|was) (?:hereby )?withdrawn\b",
    ),
    (
        _W,
        0.4,
        "withdrawn|no substitute",
        rf"\b(?:has|have) withdrawn (?:its|the|our) {_EN}\b|\bno substitute {_EN}\b",
    ),
    (_W, 0.4, "withdrawn", rf"\b{_EN}\b[^.|]{{0,60}} withdrawn \|"),
    (
        _H,
        0.6,
        "hold the|hold our|hold this",
        rf"{_ASKED}(?:hold|withhold) (?:the|our|this)\b.{{0,40}}\b{_EN}\b",
    ),
    (
        _H,
        0.5,
        "hold it|hold this|hold the|hold for|editors will be",
        r"\bplease hold (?:it|this|the)\b|\bhold for release\b|\beditors will be (?:told"
        r"|advised)\b",
    ),
    (
        _H,
        0.4,
        "until further|we are checking|only when told",
        r"\buntil further notice\b|\bwe are checking\b|\buse it only when told\b",
    ),
    (
        _K,
        0.5,
        "retract|kills |killed|killing|cancel",
        r"\b(?:dpa|afp|ap|reuters|pa|efe|agency|we) (?:retracts?|kills|(?:has|have) (?:killed"
        r"|retracted"
        r"|cancell?ed)|(?:is|are) (?:killing|retracting|cancell?ing)|cancels)"
        rf" (?:the|its|our|this) {_EN}\b",
    ),
    (_K, 0.4, "do not |don't ", rf"\b(?:do not|don't) (?:use|publish|run) {_EN}\b"),
    (
        _K,
        0.5,
        "is cancel|is void|is killed",
        rf"\b{_EN}\b.{{0,120}}\bis (?:cancell?ed|void|killed)\b",
    ),
    (
        _K,
        0.4,
        "must be |not to be used|refrain from",
        rf"\b{_EN}\b.{{0,120}}\b(?:must be (?:deleted|killed|discarded)|(?:is|are) not to be"
        rf" used)\b"
        rf"|\brefrain from (?:using|publishing) (?:the|our|this) {_EN}\b",
    ),
    (_K, 0.6, "must not be", rf"\b{_EN} must not be (?:used|published)\b"),
    (
        _K,
        0.5,
        "please",
        r"\bplease (?:delete|remove|take down|pull|cancel|discard) (?:the|our|this|\w+'s)\b.{0,20}"
        rf"\b{_EN}\b",
    ),
    (_K, 0.3, "from your|from all", r"\bfrom (?:your|all) (?:systems|platforms|websites)\b"),
    (
        _K,
        0.5,
        "non va ",
        rf"\bnon va (?:utilizzat|pubblicat|diffus|considerat)[ao] (?:la|il) {_IT}\b",
    ),
    (
        _K,
        0.5,
        "annulla",
        rf"\b(?:agenzia|redazione|adnkronos|ansa|agi|lapresse|askanews) annulla (?:la|il) {_IT}\b",
    ),
    # Italian: ANSA, Adnkronos, AGI.
    (
        _K,
        0.6,
        "si prega|preghiamo|pregat|invitiamo",
        r"\b(?:si prega|preghiamo|pregat[ei]|invitiamo)\b.{0,50}\b(?:annullare|ignorare"
        r"|cestinare|eliminare"
        rf"|non (?:tener|utilizzar|pubblicar|usar|diffonder|considerar)\w*)\b.{{0,50}}\b{_IT}\b",
    ),
    (
        _K,
        0.4,
        "si prega|preghiamo|pregat",
        r"\b(?:si prega|preghiamo|pregat[ei])\b.{0,40}\b(?:annullare|non tene\w+ cont[oa])\b",
    ),
    (_K, 0.4, "annullare ", rf"\bannullare (?:la|il|le|i|l')\s?{_IT}\b"),
    (
        _K,
        0.6,
        "annullat",
        rf'\b{_IT}\b(?: \S+){{0,4}}? "[^"]{{3,150}}"[^|]{{0,40}}\b(?:e|deve|va)'
        r"(?: stat[ao]| da| intendersi| ritenersi| considerarsi| considerat[ao]){0,2}"
        r" annullat[ao]\b",
    ),
    (
        _K,
        0.5,
        "notizia annullata|annullare e non",
        r": notizia annullata\b|\bannullare e non pubblicare\b",
    ),
    (_W, 0.5, "ritirat", rf"\b{_IT}\b(?: [^\s|]+){{0,12}} (?:e|e stat[ao]|viene) ritirat[ao]\b"),
    (_W, 0.4, "ritirat", r"\britirat[ao] dall'agenzia\b|: notizia ritirata\b"),
    (
        _H,
        0.6,
        "sospendere|in sospeso",
        r"\bsospendere (?:la )?(?:pubblicazione|diffusione|utilizzo)\b|\btenere? in sospeso\b",
    ),
    (
        _H,
        0.6,
        "attendere",
        rf"\battendere (?:la |le )?(?:conferma|verific\w+) prima\b.{{0,40}}\b{_IT}\b",
    ),
    (
        _H,
        0.4,
        "in attesa di|verifiche|in verifica",
        r"\bin attesa di (?:verific|conferm)\w*|\bin corso verifiche\b|\bnotizia in verifica\b",
    ),
    # German: dpa, APA.
    (
        _K,
        0.6,
        "verwenden sie|nutzen sie|veroffentlichen sie",
        rf"\b(?:verwenden|nutzen|veroffentlichen) sie (?:die|unsere"
        rf"|diese)\b.{{0,30}}\b{_DE}\b.{{0,160}}\bnicht\b",
    ),
    (
        _K,
        0.4,
        "verwenden",
        r"\b(?:verwenden|nutzen) sie (?:sie|diese) (?:bitte )?nicht\b|\bbitte nicht (?:mehr"
        r" )?verwenden\b",
    ),
    (
        _K,
        0.6,
        "verwenden",
        rf"\bbitte (?:die|unsere|diese)? ?{_DE}\b.{{0,120}}\bnicht (?:mehr )?verwenden\b",
    ),
    (
        _K,
        0.6,
        "streichen|annulliert|storniert|hinfallig",
        rf"\b{_DE}\b.{{0,160}}\bist (?:zu streichen|annulliert|storniert|hinfallig)\b",
    ),
    (
        _W,
        0.5,
        "zieht",
        rf"\b(?:dpa|afp|apa|agentur) zieht (?:die|ihre) {_DE}\b.{{0,160}}\bzuruck\b",
    ),
    (_W, 0.6, "ziehen", rf"\b(?:wir ziehen|ziehen wir) (?:die|unsere) {_DE}\b.{{0,160}}\bzuruck\b"),
    (_W, 0.6, "zuruckgezogen", rf"\b{_DE}\b.{{0,160}}\b(?:wird|ist) (?:hiermit )?zuruckgezogen\b"),
    (_H, 0.6, "halten sie", rf"\bhalten sie (?:die|unsere|diese) {_DE}\b.{{0,160}}\bzuruck\b"),
    (_H, 0.6, "vorerst nicht", r"\bvorerst nicht (?:verwenden|veroffentlichen|nutzen)\b"),
    (_H, 0.3, "auf weiteres|wir prufen", r"\bbis auf weiteres\b|\bwir prufen\b"),
    # French: AFP.
    (
        _K,
        0.6,
        "priere|merci|veuillez",
        r"\b(?:priere|merci|veuillez)\b.{0,30}\b(?:annuler|ignorer|ne (?:pas|plus) (?:utiliser"
        r"|tenir compte"
        rf"|publier|diffuser|reprendre))\b.{{0,50}}\b{_FR}\b",
    ),
    (_K, 0.6, "annule", rf'\b{_FR} "[^"]{{3,150}}"[^.|]{{0,40}}\b(?:est|sont) annulee?s?\b'),
    (_W, 0.5, "retire|retirons", rf"\b(?:retire|retirons) (?:sa|son|notre|la|cette) {_FR}\b"),
    (_H, 0.6, "suspendre", r"\bsuspendre la (?:diffusion|publication)\b"),
    (_H, 0.6, "en attente", rf"\b(?:garder|mettre|tenir) en attente\b.{{0,30}}\b{_FR}\b"),
    (_H, 0.3, "jusqu'a nouvel|en cours", r"\bjusqu'a nouvel ordre\b|\bverification en cours\b"),
    # Spanish: EFE, Europa Press.
    (
        _K,
        0.6,
        "ruega|rogamos|por favor|solicita",
        r"\b(?:se ruega|rogamos|por favor|les rogamos|se solicita)\b.{0,60}\b(?:anul\w+"
        r"|ignor\w+|eliminen"
        rf"|no (?:utilic|utiliz|us|publi|difund|teng)\w*)\b.{{0,50}}\b{_ES}\b",
    ),
    (_W, 0.5, "retira", rf"\bretira(?:mos)? (?:la|su|nuestra|esta) {_ES}\b"),
    (_H, 0.6, "reten|reteng", rf"\b(?:retengan|retener) .{{0,10}}\b{_ES}\b"),
    (_H, 0.3, "nuevo aviso", r"\bhasta nuevo aviso\b"),
    # More of withdrawals and holds, of the same houses.
    (
        _W,
        0.5,
        "ritira ",
        rf"\b(?:agenzia|redazione|adnkronos|ansa|agi|lapresse|askanews) ritira (?:la|il) {_IT}\b",
    ),
    (_W, 0.5, "abbiamo ritirato", rf"\babbiamo ritirato (?:la|il|una?) {_IT}\b"),
    (_W, 0.4, "withdrawn this", rf"\b(?:has|have) withdrawn this {_EN}\b"),
    (
        _W,
        0.3,
        "withdraws",
        rf"\b(?:dpa|afp|apa|ap|reuters|pa|efe|agency) withdraws (?:the |its )?{_EN}\b",
    ),
    (_W, 0.6, "zuruckgezogen", rf"\b{_DE} wurde (?:von der \w+ )?zuruckgezogen\b"),
    (
        _K,
        0.5,
        "storniert ihre|storniert die|stornieren ",
        rf"\b(?:dpa|afp|apa|agentur|wir) stornier(?:t|en) (?:die|ihre|unsere) {_DE}\b",
    ),
    (_K, 0.4, "nicht zu verwenden", r"\bwir bitten, (?:diese|sie) nicht zu verwenden\b"),
    (_H, 0.6, "gesperrt", rf"\b{_DE}\b.{{0,160}}\bist bis auf weiteres gesperrt\b"),
    (
        _K,
        0.6,
        "annulee",
        rf'\b{_FR} (?:intitulee |titree )"[^"]{{3,150}}"[^.|]{{0,40}}\b(?:est|sont) annulee?s?\b',
    ),
    (
        _K,
        0.4,
        "en tenir compte",
        r"\b(?:priere|merci|veuillez) (?:de )?ne (?:pas|plus) en tenir compte\b",
    ),
    (
        _K,
        0.5,
        "annule ",
        rf"\b(?:afp|belga|agence|redaction) annule (?:sa|son|la|cette) {_FR}\b",
    ),
    (_W, 0.5, "retiree", rf"\b{_FR}\b.{{0,120}}\b(?:a ete|est) retiree\b"),
    (_H, 0.4, "ne pas ", r"\bne pas (?:publier|diffuser|utiliser) avant confirmation\b"),
    (_H, 0.3, "nouvel avis", r"\bjusqu'a nouvel avis\b"),
    (
        _K,
        0.5,
        "se anula|queda anulad",
        rf"\b(?:se anula|queda anulad[ao]) (?:la|el|esta|este) {_ES}\b",
    ),
    (_K, 0.4, "anulada la|anulado el", rf"\banulad[ao] (?:la|el) {_ES}\b"),
    (_W, 0.5, "retirada", rf"\b{_ES}\b.{{0,120}}\b(?:ha sido|queda|fue) retirada\b"),
    (_H, 0.6, "en espera", rf"\b(?:mantengan|mantener|dejen) en espera\b.{{0,30}}\b{_ES}\b"),
    (_H, 0.6, "suspender la", r"\bsuspender la (?:difusion|publicacion) de\b"),
    (_H, 0.4, "retenida hasta", rf"\b{_ES} retenida hasta\b"),
    (
        _H,
        0.5,
        "per ora|per il momento",
        rf"\bnon (?:utilizzare|pubblicare) per (?:ora|il momento) (?:la|il) {_IT}\b",
    ),
    (_H, 0.3, "nuovo avviso", r"\bnon pubblicare fino a nuovo avviso\b"),
    # To whom, and why: no order of their own.
    (
        None,
        0.3,
        "editor|subscribers|be advised|abbonati|redazioni|redaktion|redactions"
        "|abonnes|clientes|abonados|suscriptores|advisory",
        r"\battention editors\b|\beditors?[,:]|\bsubscribers[,:]|\bplease be advised\b|\babbonati\b"
        r"|\balle redazioni\b|\bachtung redaktion|\bredaktionen\b|\baux (?:redactions|abonnes)\b"
        r"|\bsenores clientes\b|\b(?:nuestros|a los|senores) (?:abonados|suscriptores)\b"
        r"|\badvisory\b",
    ),
    (
        None,
        0.3,
        "error|mistake|errone|irrtum|versehent|erreur|infondat|errati|could not|trovato|falsch"
        "|agency|denies|fondamento|non pubblicare|agentur|par l'agence|por la agencia|pu etre",
        r"\b(?:sent|transmitted|published|issued|filed|moved) (?:in error|by mistake|erroneously)\b"
        r"|\b(?:trasmess|diffus|inviat)[ao] per errore\b|\birrtumlich\b|\bversehentlich\b|\bpar"
        r" erreur\b"
        r"|\bpor error\b|\bpriv[ao] di fondamento\b|\bnon pubblicare\b|\binfondat[ao]\b|\bdati"
        r" errati\b|\bcould not (?:be verified|verify"
        r"|confirm)\b"
        r"|\bnon hanno trovato conferma\b|\bist falsch\b|\bby the agency\b|\bdenies it\b"
        r"|\bvon der agentur zuruckgezogen\b|\bretiree? par l'agence\b"
        r"|\bretirad[ao] por la agencia\b|\bn'a (?:pas )?pu etre confirmee?\b",
    ),
    # Corrections that bring no text of their own.
    (
        _C,
        0.5,
        "erron|incorrect|should have|misst|missp|wrongly|notizia|lanci|dispacci"
        "|si legga|come |refuso|muss es|dans |bien lire|debe decir|en la |en nuestra",
        rf"\b(?:in (?:a|an|our|the) (?:\w+ )?{_EN}\b.{{0,90}}\b(?:reported erroneously|erroneously"
        r"|incorrectly|should have|misstated|misspelled|wrongly))"
        rf"|\bnel(?:la|l'| )\s?{_IT}\b|\bsi legga\b.{{0,60}}\b(?:non|anziche|invece)\b"
        r"|\be non .{2,40} come (?:riportato|scritto|erroneamente)|\bper un refuso\b"
        rf"|\bin (?:der|unserer) {_DE}\b.{{0,120}}\bmuss es\b"
        rf"|\bdans (?:notre|la) {_FR}\b|\bbien lire\b|\bdebe decir\b|\ben (?:la|nuestra) {_ES}\b",
    ),
)
_COMPILED = tuple((kind, weight, re.compile(pattern)) for kind, weight, _, pattern in _SIGNS)
# Which patterns a word asks for. A pattern costs fifty times what it costs to see that none of its
# words is there.
_ASKED_BY: dict[str, tuple[int, ...]] = {}
for _number, _row in enumerate(_SIGNS):
    for _need in _row[2].split("|"):
        _ASKED_BY[_need] = (*_ASKED_BY.get(_need, ()), _number)


def folded(title: str, text: str) -> str:
    """Title and text as the phrases expect them, with a bar between."""
    return tokens.fold(_QUOTES.sub('"', f"{title} | {text[:_REACH]}"))


def signs(plain: str) -> tuple[Sign, ...]:
    """The signs in a folded text, in the order of the table."""
    asked = {number for word in _ASKED_BY if word in plain for number in _ASKED_BY[word]}
    return tuple(sign for number in sorted(asked) if (sign := _sign(plain, *_COMPILED[number])))


def _sign(
    plain: str, kind: NoticeKind | None, weight: float, pattern: re.Pattern[str]
) -> Sign | None:
    match = pattern.search(plain)
    return Sign(kind=kind, weight=weight, words=match[0].strip(" |.:;")) if match else None
