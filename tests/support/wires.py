"""Wire documents, written short: NewsML-G2 and ninjs as agencies send them."""

from __future__ import annotations

import json
from typing import Any

META = (
    '<itemClass qcode="ninat:text"/><provider literal="ANSA"/>'
    "<versionCreated>2026-03-12T10:05:00+01:00</versionCreated>"
    "<firstCreated>2026-03-12T10:00:00+01:00</firstCreated>"
)
BODY = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<head><title>Not shown</title></head><body><p>(ANSA) - ROMA, 12 MAR - The bridge is open."
    "</p></body></html></inlineXML>"
)


def news_item(
    *,
    guid: str = "tag:ansa.it,2026-03-12:1",
    version: str | None = "1",
    meta: str = "",
    content: str = "<headline>Bridge opens</headline>",
    body: str = BODY,
    item_class: str | None = None,
) -> str:
    """A newsItem; `meta` is added to what every item says of itself."""
    number = "" if version is None else f' version="{version}"'
    said = META if item_class is None else META.replace("ninat:text", item_class)
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}"{number}'
        f' standard="NewsML-G2" xml:lang="it"><catalogRef href="http://catalog.example/never"/>'
        f"<itemMeta>{said}{meta}</itemMeta><contentMeta>{content}</contentMeta>"
        f"<contentSet>{body}</contentSet></newsItem>"
    )


def message(*items: str) -> bytes:
    """A newsMessage that carries these items."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sender>ansa.it</sender>'
        f"</header><itemSet>{''.join(items)}</itemSet></newsMessage>"
    ).encode()


def ninjs(**given: Any) -> bytes:
    """A ninjs item."""
    facts = {"uri": "urn:ansa:1", "type": "text", "versioncreated": "2026-03-12T10:05:00+01:00"}
    return json.dumps(facts | given).encode()
