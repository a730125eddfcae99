"""A reader of feeds for tests of the newsroom: the standard library's parsers, nothing of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

BASE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
G2 = "{http://iptc.org/std/nar/2006-10-01/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a feed says of an item; `guid` "" where it names none."""

    guid: str
    link: str
    title: str
    date: str


def shown(body: bytes) -> list[Shown]:
    """The items of a document in any of its formats; raises if it is not well-formed."""
    if body.startswith(b"{"):
        told = json.loads(body)
        return [_json(item) if "version" in told else _ninjs(item) for item in told["items"]]
    root = ElementTree.fromstring(body)
    readers = {f"{ATOM}feed": _atom, "rss": _rss, f"{G2}newsMessage": _newsml}
    return readers.get(root.tag, _rdf)(root)


def _json(item: dict[str, Any]) -> Shown:
    return Shown(
        guid=item["id"], link=item["url"], title=item["title"], date=item["date_published"]
    )


def _ninjs(item: dict[str, Any]) -> Shown:
    return Shown(
        guid=item["uri"],
        link=item["altids"][0]["value"],
        title=item["headlines"][0]["value"],
        date=item["firstcreated"],
    )


def _newsml(root: Element) -> list[Shown]:
    return [
        Shown(
            guid=item.get("guid", ""),
            link=item.find(f".//{G2}link").get("href", ""),  # type: ignore[union-attr]
            title=item.findtext(f".//{G2}headline", ""),
            date=item.findtext(f".//{G2}firstCreated", ""),
        )
        for item in root.iter(f"{G2}newsItem")
    ]


def _rss(root: Element) -> list[Shown]:
    return [
        Shown(
            guid=item.findtext("guid", ""),
            link=item.findtext("link", ""),
            title=item.findtext("title", ""),
            date=item.findtext("pubDate", ""),
        )
        for item in root.iter("item")
    ]


def _rdf(root: Element) -> list[Shown]:
    return [
        Shown(
            guid="",
            link=item.findtext(f"{RSS1}link", ""),
            title=item.findtext(f"{RSS1}title", ""),
            date=item.findtext(f"{DC}date", ""),
        )
        for item in root.iter(f"{RSS1}item")
    ]


def _atom(root: Element) -> list[Shown]:
    base = root.get(XML_BASE, "")
    return [
        Shown(
            guid=entry.findtext(f"{ATOM}id", ""),
            link=urljoin(base, _alternate(entry)),
            title=entry.findtext(f"{ATOM}title", ""),
            date=entry.findtext(f"{ATOM}published", ""),
        )
        for entry in root.iter(f"{ATOM}entry")
    ]


def _alternate(entry: Element) -> str:
    links = [link for link in entry.iter(f"{ATOM}link") if link.get("rel") == "alternate"]
    return links[0].get("href", "")
