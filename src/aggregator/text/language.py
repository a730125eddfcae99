"""Which language a text is in: by its words, and by its mark where they leave doubt.

Feeds mark languages in every convention there is, and often wrongly: a generator's `en-US`, a
portal's own mark on a foreign wire. So a mark is a hint (rule 77): it stays unless the text is
plainly in another language, and it decides where the text is short. Outputs and queries use the
primary subtag of BCP 47 alone, which is what feeds agree on: `it-IT`, `it_it`, `ita` and `Italian`
all become `it`.

Evidence is added up in whole numbers, so that the verdict is the same on every machine. The limits
were set on half of the news texts at hand and held on the other half.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from aggregator.text.lexicon import ENDINGS, LETTERS, SCRIPTS, WORDS

_TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?$")
# No language in particular: ISO 639-2 special codes, and what generators write for "unset".
_NONE = frozenset({"und", "mul", "zxx", "mis", "xx", "x"})
# ISO 639-2 (both the terminological and the bibliographic codes) -> ISO 639-1, and the languages'
# names in English and in themselves, folded; those of the wires and portals of Europe and beyond.
_NAMES = {
    name: short
    for short, names in {
        "ar": "ara arabic",
        "bg": "bul bulgarian",
        "cs": "ces cze czech",
        "da": "dan danish",
        "de": "deu ger german deutsch",
        "el": "ell gre greek",
        "en": "eng english",
        "es": "spa spanish espanol castellano",
        "et": "est estonian",
        "fa": "fas per persian farsi",
        "fi": "fin finnish",
        "fr": "fra fre french francais",
        "ga": "gle irish",
        "he": "heb hebrew iw",
        "hi": "hin hindi",
        "hr": "hrv croatian",
        "hu": "hun hungarian",
        "id": "ind indonesian in",
        "it": "ita italian italiano italiana",
        "ja": "jpn japanese",
        "ko": "kor korean",
        "lt": "lit lithuanian",
        "lv": "lav latvian",
        "mt": "mlt maltese",
        "nl": "nld dut dutch nederlands",
        "no": "nor norwegian",
        "pl": "pol polish polski",
        "pt": "por portuguese portugues",
        "ro": "ron rum romanian mo",
        "ru": "rus russian",
        "sk": "slk slo slovak",
        "sl": "slv slovenian",
        "sq": "sqi alb albanian",
        "sr": "srp serbian",
        "sv": "swe swedish svenska",
        "th": "tha thai",
        "tr": "tur turkish",
        "uk": "ukr ukrainian",
        "vi": "vie vietnamese",
        "zh": "zho chi chinese",
    }.items()
    for name in names.split()
}
_ACCENTS = str.maketrans("çñáàâéèêíîóôúû", "cnaaaeeeiioouu")

_Shares = tuple[tuple[str, int], ...]

# A word, with the apostrophe of an elision.
_WORD = re.compile(r"[^\W\d_]+'?")
# What words of one, two, three and more letters prove, in hundredths: the shorter, the more often
# one is an initial, or stands for something else elsewhere.
_WORD_WEIGHTS = (30, 70, 100)
_ENDING_WEIGHTS = (10, 25, 40, 60)
_LETTER_WEIGHT = 40
_SCRIPT_WEIGHT = 25
_SHORTEST_STEM = 2
# What more languages have than this tells none of them from another (`a`, `de`, `in`).
_MAX_SHARES = 12
# The last letter of Latin Extended-B and the phonetic signs behind it; other scripts follow.
_LAST_LATIN = "\u036f"
# Without a mark a guess must lead by what a word of two letters proves; where marks disagree, by
# more than one whole word, or the nearest mark stands.
_LEAD = 70
_LEAD_AMONG_MARKS = 150
# Against a mark: so many letters (in UTF-8, where a Chinese sign is three), a lead of three words
# that the marked language has not, twice its evidence, and a third of a word's evidence for each
# word. The last keeps texts of languages that are unknown here; the others, names and titles that
# are cited from abroad.
_MIN_SIZE = 40
_STRONG_LEAD = 300
_STRONG_RATIO = 2
_STRONG_SHARE = 30
# Not to be told apart in a headline: none of them overrides the mark of another.
_KIN = tuple(
    frozenset(languages.split())
    for languages in ("da no nb nn", "hr sr bs sh sl", "gl pt", "gl es", "bg mk")
)
_KNOWN = frozenset(WORDS).union(*SCRIPTS.values())


def normalise(tag: str | None) -> str | None:
    """The primary language of a mark (two letters, or three where ISO 639-1 has none), or None."""
    text = (tag or "").strip().lower().translate(_ACCENTS)
    if text in _NAMES:
        return _NAMES[text]
    match = _TAG.match(text)
    if not match or match[1] in _NONE:
        return None
    return _NAMES.get(match[1], match[1])


def settle(text: str, marks: Iterable[str | None] = ()) -> str | None:
    """The language of a text that `marks` mark, the nearest first; None if nobody knows.

    Where the marks disagree, the text chooses among them. It overrides them if it is plainly in
    another language, both that and the marked one being known here.
    """
    marked = tuple(dict.fromkeys(found for tag in marks if (found := normalise(tag))))
    words = _words(text)
    scores = _scores(words)
    if not marked:
        return _leading(scores, _LEAD)
    mark = _leading({tag: scores.get(tag, 0) for tag in marked}, _LEAD_AMONG_MARKS) or marked[0]
    found = _leading(scores, _LEAD)
    return found if found and _overrides(found, mark, scores, words) else mark


def _overrides(found: str, mark: str, scores: Mapping[str, int], words: Sequence[str]) -> bool:
    """Whether a text is so plainly in the language found that its mark must be wrong."""
    if found == mark or mark not in _KNOWN or any(found in kin and mark in kin for kin in _KIN):
        return False
    score, rest = scores[found], scores.get(mark, 0)
    return (
        score - rest >= _STRONG_LEAD
        and score >= _STRONG_RATIO * rest
        and score >= _STRONG_SHARE * len(words)
        and len("".join(words).encode()) >= _MIN_SIZE
    )


def _leading(scores: Mapping[str, int], lead: int) -> str | None:
    """The language with the most evidence, if the next one is so far behind."""
    ranked = sorted(((score, language) for language, score in scores.items()), reverse=True)
    second = ranked[1][0] if len(ranked) > 1 else 0
    return ranked[0][1] if ranked and ranked[0][0] - second >= lead else None


def _words(text: str) -> list[str]:
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return _WORD.findall(plain.lower())


def _scores(words: Iterable[str]) -> Mapping[str, int]:
    """The evidence for each language, in hundredths of a word that it alone has."""
    scores: dict[str, int] = defaultdict(int)
    for word in words:
        bare = word.rstrip("'")
        for language, weight in _SHARES.get(word) or _SHARES.get(bare) or _ending(bare):
            scores[language] += weight
        if not bare.isascii():
            for language, weight in _spelling(bare):
                scores[language] += weight
    return scores


def _ending(word: str) -> _Shares:
    """What the longest ending of a word proves that any language has."""
    for length in range(min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM), 0, -1):
        if shares := _ENDING_SHARES.get(word[-length:]):
            return shares
    return ()


def _spelling(word: str) -> Iterable[tuple[str, int]]:
    """What the letters of a word prove, and its script."""
    for letter in set(word):
        yield from _LETTER_SHARES.get(letter, ())
    if max(word) > _LAST_LATIN:
        languages = next((names for script, names in _SCRIPTS if script.search(word)), ())
        yield from ((language, _SCRIPT_WEIGHT * len(word)) for language in languages)


def _weighed(table: Mapping[str, Iterable[str]], weights: Sequence[int]) -> Mapping[str, _Shares]:
    """What each string of a table proves, by its length, for each language that has it."""
    held: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for language, strings in table.items():
        for string in dict.fromkeys(strings):
            weight = weights[min(len(string.rstrip("'")), len(weights)) - 1]
            held[string].append((language, weight))
    return {text: tuple(shares) for text, shares in held.items() if len(shares) <= _MAX_SHARES}


def _with_shorter(endings: Mapping[str, _Shares]) -> Mapping[str, _Shares]:
    """Each ending with what the shorter ones in it prove, where a language has no longer one."""
    return {
        ending: tuple(
            dict(
                share for i in range(len(ending)) for share in endings.get(ending[-i - 1 :], ())
            ).items()
        )
        for ending in endings
    }


_SHARES = _weighed(WORDS, _WORD_WEIGHTS)
_ENDING_SHARES = _with_shorter(_weighed(ENDINGS, _ENDING_WEIGHTS))
_LETTER_SHARES = _weighed(LETTERS, (_LETTER_WEIGHT,))
_LONGEST_ENDING = max(map(len, _ENDING_SHARES))
_SCRIPTS = tuple((re.compile(f"[{letters}]"), names) for letters, names in SCRIPTS.items())
