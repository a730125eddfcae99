"""The characters that a text may hold: those that every output format can carry.

XML 1.0 has no way to write most control characters, lone surrogates or non-characters, not even
escaped (https://www.w3.org/TR/xml/#charsets); what JSON or HTML smuggles in would make a feed of
ours unreadable, so they are dropped where a text enters (rule 82).
"""

from __future__ import annotations

import re

_UNSENDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sendable(text: str) -> str:
    """The text without characters that XML cannot carry. Idempotent."""
    return _UNSENDABLE.sub("", text)
