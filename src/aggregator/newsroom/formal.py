"""NewsML-G2 and ninjs 2.0, written by hand: items that say themselves what may be done with them.

A kill, a hold and an embargo are no words here but fields, and every state of an item is a version.
An item names its page as something to see, and not as its address.
"""

from __future__ import annotations

import json
from html import escape

from aggregator.newsroom.issue import PICTURE_SIZE, PICTURE_TYPE, Issue
from aggregator.newsroom.press import Draft, Item

_G2 = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"


def newsml(issue: Issue) -> str:
    """A newsMessage that carries every item of the feed."""
    items = "\n".join(_news_item(issue, item, draft) for item, draft in issue.drafts())
    return (
        f'<?xml version="1.0" encoding="{issue.outlet.encoding}"?>\n<newsMessage xmlns="{_G2}">'
        f"<header><sent>{issue.date(issue.changed)}</sent><sender>{issue.outlet.id}</sender>"
        f"</header><itemSet>\n{items}\n</itemSet></newsMessage>\n"
    )


def _news_item(issue: Issue, item: Item, draft: Draft) -> str:
    outlet = issue.outlet
    embargo = f"<embargoed>{issue.date(item.embargo)}</embargoed>" if item.embargo else ""
    topics = "".join(
        f'<subject type="cpnat:abstract"><name>{_text(topic)}</name></subject>'
        for topic in item.topics
    )
    return (
        f'<newsItem guid="{escape(_uri(issue, item))}" version="{_version(item, draft)}" '
        f'standard="NewsML-G2" standardversion="2.31" xml:lang="{outlet.language}">'
        f'<itemMeta><itemClass qcode="ninat:text"/><provider literal="{outlet.name}"/>'
        f"<versionCreated>{issue.date(draft.at)}</versionCreated>"
        f"<firstCreated>{issue.date(item.born)}</firstCreated>{embargo}"
        f'<pubStatus qcode="stat:{draft.status}"/>'
        f'<link rel="irel:seeAlso" href="{escape(issue.link(item))}"/></itemMeta>'
        f"<contentMeta><creditline>{outlet.name}</creditline>{topics}"
        f"<headline>{_text(draft.title)}</headline></contentMeta>"
        f'<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="{_XHTML}">'
        f"<head><title/></head><body>{_body(draft)}</body></html></inlineXML></contentSet>"
        "</newsItem>"
    )


def ninjs(issue: Issue) -> str:
    """A list of items, as wires' interfaces answer."""
    items = [_ninjs_item(issue, item, draft) for item, draft in issue.drafts()]
    return json.dumps({"items": items}, ensure_ascii=False, indent=1)


def _ninjs_item(issue: Issue, item: Item, draft: Draft) -> dict[str, object]:
    width, height = PICTURE_SIZE
    rendition = {"name": "web", "href": issue.picture(item), "contenttype": PICTURE_TYPE}
    picture = {
        "uri": f"{_uri(issue, item)}:picture",
        "type": "picture",
        "description_text": item.picture.alt,
        "renditions": [{**rendition, "width": width, "height": height}],
    }
    return {
        "uri": _uri(issue, item),
        "altids": [{"role": "web", "value": issue.link(item)}],
        "type": "text",
        "version": str(_version(item, draft)),
        "firstcreated": issue.date(item.born),
        "versioncreated": issue.date(draft.at),
        "pubstatus": draft.status,
        **({"embargoed": issue.date(item.embargo)} if item.embargo else {}),
        "language": issue.outlet.language,
        "infosources": [{"name": issue.outlet.name}],
        "headlines": [{"role": "main", "value": draft.title}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": _body(draft)}],
        "subjects": [{"name": topic} for topic in item.topics],
        "associations": [picture],
    }


def _uri(issue: Issue, item: Item) -> str:
    return f"tag:{issue.outlet.id}.example,2026:{item.guid}"


def _version(item: Item, draft: Draft) -> int:
    return item.drafts.index(draft) + 1


def _body(draft: Draft) -> str:
    """The paragraphs; a flash repeats its title."""
    return "".join(f"<p>{_text(words)}</p>" for words in draft.paragraphs or (draft.title,))


def _text(words: str) -> str:
    return escape(words, quote=False)
