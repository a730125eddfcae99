"""A reader of feeds for tests of the newsroom: the standard library's parsers, nothing of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

BASE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
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
    """The items of a document in any of the four formats; raises if it is not well-formed."""
    if body.startswith(b"{"):
        return [
            Shown(
                guid=item["id"], link=item["url"], title=item["title"], date=item["date_published"]
            )
            for item in json.loads(body)["items"]
        ]
    root = ElementTree.fromstring(body)
    readers = {f"{ATOM}feed": _atom, "rss": _rss}
    return readers.get(root.tag, _rdf)(root)


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
