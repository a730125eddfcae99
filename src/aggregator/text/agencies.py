"""The agencies that credits name: a table of ours, and what the operator adds to it.

A table and not a pattern, since a name proves nothing by its letters alone (rule 110): whoever
looks one up has found it in the form of a credit first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from aggregator.model.agency import Agency
from aggregator.text import tokens

# key: name; spellings; words that count in brackets only; languages. Spellings as the houses' own
# datelines, their portals' bylines, and the sign-offs of their clients have them.
_ROWS = """
ansa: ANSA; ANSA.it, Agenzia ANSA, Redazione ANSA, ANSAmed, ANSA Latina, ANSA-CENTIMETRI; ; it en es
adnkronos: Adnkronos; Adn Kronos, AdnKronos.com, Redazione Adnkronos, Adnkronos/Labitalia; Adn; it
agi: AGI; Agenzia Italia, AGI.it, Redazione AGI, Agi - Agenzia Italia; ; it
lapresse: LaPresse; La Presse Italia, Agenzia LaPresse, LaPresse.it; ; it
italpress: Italpress; Agenzia Italpress; ; it
askanews: Askanews; askanews.it, TMNews, Asca; ; it
dire: Dire; Agenzia Dire, Dire.it, Dire Giovani; Dire; it
9colonne: 9Colonne; 9 Colonne, Agenzia 9Colonne, Nove Colonne; ; it
nova: Agenzia Nova; Nova News, Agenzianova, Agenzianova.com; Nova; it en
radiocor: Radiocor; Il Sole 24 Ore Radiocor, Radiocor Plus, Il Sole 24 Ore Radiocor Plus; ; it
teleborsa: Teleborsa; Teleborsa.it; ; it
mf-dj: MF-DJ; MF-Dow Jones, MF Dow Jones, MF Newswires; ; it
sir: SIR; AgenSIR, Agenzia SIR; ; it
agenparl: Agenparl; ; ; it
ap: AP; Associated Press, The Associated Press, AP News, APNews, AP.org, AP Business Writer; ; en es
reuters: Reuters; Thomson Reuters, Reuters Staff, Reuters News, Agenzia Reuters; ; en it de fr es pt
afp: AFP; Agence France-Presse, Agence France Presse, AFP News, AFP Relaxnews; ; fr en es de pt ar
upi: UPI; United Press International, UPI.com; ; en
pa: PA Media; Press Association, PA News Agency, The Press Association; PA; en
bloomberg: Bloomberg; Bloomberg News; ; en
dow-jones: Dow Jones; Dow Jones Newswires, Dow Jones News; ; en de
city-news: City News Service; ; CNS; en
tribune: Tribune News Service; Tribune Content Agency; TNS; en
dpa: dpa; Deutsche Presse-Agentur, dpa-AFX, dpa International, dpa-infocom; ; de en es
kna: KNA; Katholische Nachrichten-Agentur; ; de
epd: epd; Evangelischer Pressedienst; ; de
sid: SID; Sport-Informations-Dienst; ; de
apa: APA; Austria Presse Agentur, APA.at, APA-OTS; ; de
keystone-sda: Keystone-SDA; Keystone-ATS, SDA, sda-ats, ATS; ; de fr it
efe: EFE; Agencia EFE, EFE Verde, EFE Agro, EFE News, Agencias EFE; ; es en pt
europapress: Europa Press; EuropaPress, Agencia Europa Press, EP; ; es
colpisa: Colpisa; ; ; es
acn: ACN; Agència Catalana de Notícies; ; es
telam: Télam; Agencia Télam; ; es
prensa-latina: Prensa Latina; ; ; es
notimex: Notimex; ; ; es
lusa: Lusa; Agência Lusa, Lusa Agency; ; pt
agencia-brasil: Agência Brasil; ; ; pt
belga: Belga; Agence Belga, Belga News Agency; ; fr nl
anp: ANP; Algemeen Nederlands Persbureau; ; nl
cp: The Canadian Press; Canadian Press, La Presse Canadienne; CP; en fr
aap: AAP; Australian Associated Press; ; en
rnz: RNZ; Radio New Zealand, RNZ News; ; en
pti: PTI; Press Trust of India; ; en
ani: ANI; Asian News International; ; en
ians: IANS; Indo-Asian News Service; ; en
uni: UNI; United News of India; ; en
app: Associated Press of Pakistan; ; APP; en
xinhua: Xinhua; Xinhua News Agency, 新华社, 新華社; ; en es fr it zh
cns: China News Service; ; ; zh en
kyodo: Kyodo News; Kyodo, 共同通信; ; en ja
jiji: Jiji Press; Jiji; ; en ja
yonhap: Yonhap; Yonhap News Agency, Yonhap News, 연합뉴스; ; en ko
bernama: Bernama; ; ; en
antara: Antara; Antara News; ; en id
cna-taiwan: CNA; Central News Agency; ; en zh
tass: TASS; ITAR-TASS, Tass.ru, Tass.com, ТАСС, ИТАР-ТАСС; ; ru en
ria: RIA Novosti; RIA, Ria.ru, РИА Новости, РИА; ; ru en
interfax: Interfax; Интерфакс, Interfax-Ukraine; ; ru en
ukrinform: Ukrinform; ; ; uk en
aa: Anadolu; Anadolu Agency, Anadolu Ajansı, Agence Anadolu; AA; tr en fr
dha: DHA; Demirören Haber Ajansı; ; tr
pap: PAP; Polska Agencja Prasowa, Polish Press Agency; ; pl en
ctk: ČTK; Czech News Agency, CTK; ; cs en
tasr: TASR; ; ; sk
mti: MTI; Magyar Távirati Iroda; ; hu
agerpres: Agerpres; ; ; ro
bta: BTA; ; ; bg en
hina: HINA; ; ; hr
tanjug: Tanjug; ; ; sr
sta: STA; Slovenska tiskovna agencija; ; sl
ana-mpa: ANA-MPA; AMNA, ΑΠΕ-ΜΠΕ; ; el en
ritzau: Ritzau; Ritzaus Bureau; ; da
tt: TT; TT Nyhetsbyrån, Tidningarnas Telegrambyrå; ; sv
ntb: NTB; Norsk Telegrambyrå; ; no
stt: STT; STT-FNB, Suomen Tietotoimisto; ; fi
bns: BNS; Baltic News Service; ; lt lv et en
mena: MENA; Middle East News Agency; ; ar en
spa: SPA; Saudi Press Agency; ; ar en
wam: WAM; Emirates News Agency; ; ar en
irna: IRNA; Islamic Republic News Agency; ; fa en
"""


_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"(\w+)\W*\Z")
_LONGEST_WORD = 40


def _row(line: str) -> Agency:
    key, _, rest = line.partition(": ")
    name, spellings, bracketed, languages = (part.strip() for part in rest.split(";"))
    return Agency(
        key=key,
        name=name,
        spellings=_listed(spellings),
        bracketed=_listed(bracketed),
        languages=tuple(languages.split()),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


TABLE = tuple(_row(line) for line in _ROWS.strip().splitlines())
"""Agencies of the world, by key; every name in lower case is written so by its house (dpa, epd)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agencies:
    """All known agencies, to be looked up by key or by what a text writes. Made by `known`,
    once for the same ones.
    """

    by_key: Mapping[str, Agency]
    _free: Mapping[str, Agency]
    _bracketed: Mapping[str, Agency]
    _small: frozenset[str]
    _first: frozenset[str]
    _last: frozenset[str]

    def may_begin(self, words: str) -> bool:
        """Whether a name may stand at the beginning of words, by the first of them: a cheap no."""
        found = _WORD.search(words)
        return found is not None and _folded(found[0]) in self._first

    def may_end(self, words: str) -> bool:
        """Whether a name may stand at the end of words, by the last of them: a cheap no."""
        found = _LAST_WORD.search(words[-_LONGEST_WORD:])
        return found is not None and _folded(found[1]) in self._last

    def named(self, words: str) -> Agency | None:
        """The agency that words name in running text: whole, and not all in lower case, unless the
        house writes itself so."""
        found = self._free.get(_folded(words))
        is_small = found is not None and words.islower() and words not in self._small
        return None if is_small else found

    def alone(self, words: str) -> Agency | None:
        """The agency that words name where nothing else stands: in brackets, as a whole field."""
        folded = _folded(words)
        return self._free.get(folded) or self._bracketed.get(folded)


@cache
def known(declared: tuple[Agency, ...] = ()) -> Agencies:
    """The table with the operator's agencies: a key that it has already adds spellings to it, and
    renames it."""
    by_key = {agency.key: agency for agency in TABLE}
    for agency in declared:
        held = by_key.get(agency.key)
        by_key[agency.key] = _joined(held, agency) if held else agency
    # The operator's come last, so that a spelling of theirs is theirs.
    ordered = [*by_key.values(), *(by_key[agency.key] for agency in declared)]
    free, bracketed = _index(ordered, bracketed=False), _index(ordered, bracketed=True)
    words = [_WORD.findall(name) for name in (*free, *bracketed)]
    return Agencies(
        by_key=by_key,
        _free=free,
        _bracketed=bracketed,
        _first=frozenset(name[0] for name in words if name),
        _last=frozenset(name[-1] for name in words if name),
        _small=frozenset(s for one in ordered for s in (one.name, *one.spellings) if s.islower()),
    )


def _joined(held: Agency, said: Agency) -> Agency:
    return replace(
        held,
        name=said.name,
        spellings=(held.name, *held.spellings, *said.spellings),
        bracketed=(*held.bracketed, *said.bracketed),
        languages=said.languages or held.languages,
    )


def _index(agencies: Iterable[Agency], *, bracketed: bool) -> Mapping[str, Agency]:
    found: dict[str, Agency] = {}
    for agency in agencies:
        names = agency.bracketed if bracketed else (agency.name, *agency.spellings)
        apart = {_folded(name) for name in agency.bracketed}
        found |= {
            _folded(name): agency for name in names if bracketed or _folded(name) not in apart
        }
    return found


def _folded(words: str) -> str:
    if words.isascii():
        return " ".join(words.split()).casefold()
    return tokens.fold(words)
