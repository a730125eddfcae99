"""Words to editors, taken out of a text before anything is made of it (rule 76).

They stand at the head of a block or fill a line, so they are looked for while the text still has
its blocks and lines. What stands behind an emphasised word in the middle of a sentence is no head.
"""

from __future__ import annotations

import re
from html import escape, unescape

from aggregator.model.reading import RawText
from aggregator.text import html, marks

# From where a line begins, past the tags that open in it, to the next tag. So few tags, as they are
# looked at again from each block that begins among them.
_HEAD = re.compile(
    r"((?:\A|<(?:br|/?(?:p|div|h[1-6]|li|ul|ol|blockquote|section|article|td|tr))\b[^<>]*>)"
    r"\s*+(?:<[a-zA-Z][^<>]*>\s*+){0,8}+)([^<]+)",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"<p\b[^<>]*>\s*(?:<(\w+)\b[^<>]*>\s*</\1>\s*)?</p>", re.IGNORECASE)


def strip(text: RawText) -> tuple[RawText, tuple[str, ...]]:
    """A text as its readers may see it, and its words to editors, plain, in their order."""
    if len(text.value) > html.MAX_LENGTH:
        return text, ()
    if not text.html:
        shown, note = marks.strip_notes(text.value)
        return (RawText(value=shown, html=False), (html.fold_space(note),)) if note else (text, ())
    notes: list[str] = []

    def without(match: re.Match[str]) -> str:
        shown, note = marks.strip_notes(unescape(match[2]))
        if not note:
            return match[0]
        notes.append(html.fold_space(note))
        return match[1] + escape(shown, quote=False)

    value = _HEAD.sub(without, text.value)
    return (RawText(value=_EMPTY.sub("", value), html=True), tuple(notes)) if notes else (text, ())
