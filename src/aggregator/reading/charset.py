"""Bytes into text, whatever the labels say.

Labels lie more often than bytes do: text that is valid UTF-8 is UTF-8, and only where it is not are
the labels asked, the transport's before the document's own (rules 80 and 81, RFC 3023).
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# `<` or `{` and a second ASCII character, two bytes each.
_WIDE = (
    (re.compile(rb"[<{]\x00[\x00-\x7f]\x00"), "utf-16-le"),
    (re.compile(rb"\x00[<{]\x00[\x00-\x7f]"), "utf-16-be"),
)
_PROLOG = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""")
_HEAD = 1024
# Only charsets: Python's registry also knows `idna`, `unicode_escape` and others that are none.
_CHARSET = re.compile(
    r"(?i)(?:utf-?8|us-?ascii|iso-?8859|latin|windows-|cp\d|koi8|mac|shift|s-?jis|x-s-?jis|euc-|gb|"
    r"big5|iso-2022-|tis-|hz|ks_c|ms\d)[\w.:-]*"
)
# Charsets whose bytes are all ASCII, so that they pass for UTF-8.
_SEVEN_BIT = re.compile(r"(?i)iso-2022-|hz")
# What the label says, and what is meant (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin1": "windows-1252",
    "utf8": "utf-8",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
# Each byte that is no UTF-8 comes out of `surrogateescape` as U+DC80..U+DCFF.
_AS_1252 = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)
}


def decode(body: bytes, charset: str | None) -> str:
    """The text of a body; `charset` is what the transport said. Never raises.

    A byte that fits neither UTF-8 nor the labels is read as windows-1252 on its own, so that one
    broken character does not spoil a document.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, errors="replace")
    wide = next((encoding for form, encoding in _WIDE if form.match(body)), None)
    if wide:
        return body.decode(wide, errors="replace")
    labels = _labels(body, charset)
    for encoding in (*filter(_SEVEN_BIT.match, labels), "utf-8", *labels):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _least_broken(body, labels)


def _least_broken(body: bytes, labels: list[str]) -> str:
    """The reading with the fewest broken characters of a body that nothing reads whole."""
    mixed = body.decode("utf-8", errors="surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in mixed)
    for encoding in labels:
        labelled = body.decode(encoding, errors="replace")
        if labelled.count("\ufffd") < broken:
            return labelled
    return mixed.translate(_AS_1252)


def _labels(body: bytes, charset: str | None) -> list[str]:
    prolog = _PROLOG.search(body[:_HEAD])
    said = (charset or "", prolog[1].decode("ascii") if prolog else "")
    names = (label.strip(" \"'").lower() for label in said)
    known = (_MEANT.get(name, name) for name in names if _CHARSET.fullmatch(name))
    # windows-1252 takes nearly everything: it is the last resort anyway.
    return [name for name in known if _exists(name) and name not in ("utf-8", "windows-1252")]


def _exists(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True
