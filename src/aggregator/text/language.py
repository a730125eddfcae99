"""Language marks, made one: `it-IT`, `it_it`, `ita` and `Italian` all become `it`.

Feeds mark languages in every convention there is; outputs and queries use the primary subtag of
BCP 47 alone, which is what feeds agree on. A mark is a hint, not a proof (rule 77).
"""

from __future__ import annotations

import re

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


def normalise(tag: str | None) -> str | None:
    """The primary language of a mark (two letters, or three where ISO 639-1 has none), or None."""
    text = (tag or "").strip().lower().translate(_ACCENTS)
    if text in _NAMES:
        return _NAMES[text]
    match = _TAG.match(text)
    if not match or match[1] in _NONE:
        return None
    return _NAMES.get(match[1], match[1])
