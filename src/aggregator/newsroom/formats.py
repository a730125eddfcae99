"""Feeds as bytes: RSS 2.0, RSS 1.0, Atom 1.0, JSON Feed 1.1 and the wires' own formats, by hand.

On purpose without the libraries that the service reads and writes feeds with: a mistake that both
sides shared would be invisible.
"""

from __future__ import annotations

import json
from html import escape

from aggregator.newsroom import formal
from aggregator.newsroom.issue import PICTURE_SIZE, PICTURE_TYPE, Issue
from aggregator.newsroom.outlets import Format, Guid, Outlet, Pictures
from aggregator.newsroom.press import Draft, Item

MEDIA_TYPES = {
    Format.RSS: "application/rss+xml",
    Format.RDF: "application/rdf+xml",
    Format.ATOM: "application/atom+xml",
    Format.JSON: "application/feed+json",
    Format.NEWSML: "application/vnd.iptc.g2.newsmessage+xml",
    Format.NINJS: "application/json",
}
_NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def document(issue: Issue) -> bytes:
    """The feed's bytes, in its outlet's format and encoding."""
    match issue.outlet.format:
        case Format.RSS:
            text = _rss(issue)
        case Format.RDF:
            text = _rdf(issue)
        case Format.ATOM:
            text = _atom(issue)
        case Format.JSON:
            return json.dumps(_json(issue), ensure_ascii=False, indent=1).encode()
        case Format.NEWSML:
            text = formal.newsml(issue)
        case Format.NINJS:
            return formal.ninjs(issue).encode()
    return text.encode(issue.outlet.encoding, "xmlcharrefreplace")


def _rss(issue: Issue) -> str:
    outlet = issue.outlet
    return "\n".join(
        [
            _prolog(outlet),
            f'<rss version="2.0" {_NAMESPACES}><channel>',
            _tag("title", outlet.name),
            _tag("link", f"{issue.base}/{outlet.id}/"),
            _tag("description", outlet.name),
            _tag("language", outlet.language),
            _tag("lastBuildDate", issue.date(issue.changed)),
            *(_rss_item(issue, item, draft) for item, draft in issue.drafts()),
            "</channel></rss>\n",
        ]
    )


def _rss_item(issue: Issue, item: Item, draft: Draft) -> str:
    return "\n".join(
        [
            "<item>",
            _tag("title", draft.title),
            _tag("link", issue.link(item)),
            *_guid(issue, item),
            _tag("pubDate", issue.date(item.born)),
            _tag("dc:creator", item.author),
            *(_tag("category", topic) for topic in item.topics),
            _tag("description", _summary(draft)),
            *([_cdata("content:encoded", _html(issue, item, draft))] if issue.outlet.full else []),
            *_picture(issue, item),
            "</item>",
        ]
    )


def _guid(issue: Issue, item: Item) -> list[str]:
    match issue.outlet.guid:
        case Guid.OWN:
            return [_tag("guid", item.guid or "", isPermaLink="false")]
        case Guid.LINK:
            return [_tag("guid", issue.link(item))]
        case Guid.NONE:
            return []


def _rdf(issue: Issue) -> str:
    outlet = issue.outlet
    home = f"{issue.base}/{outlet.id}/"
    listed = "".join(f'<rdf:li rdf:resource="{escape(issue.link(item))}"/>' for item in issue.items)
    return "\n".join(
        [
            _prolog(outlet),
            '<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
            f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {_NAMESPACES}>',
            f'<channel rdf:about="{escape(home)}">',
            _tag("title", outlet.name),
            _tag("link", home),
            _tag("description", outlet.name),
            _tag("dc:language", outlet.language),
            f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>",
            *(_rdf_item(issue, item, draft) for item, draft in issue.drafts()),
            "</rdf:RDF>\n",
        ]
    )


def _rdf_item(issue: Issue, item: Item, draft: Draft) -> str:
    link = issue.link(item)
    return "\n".join(
        [
            f'<item rdf:about="{escape(link)}">',
            _tag("title", draft.title),
            _tag("link", link),
            _tag("description", _summary(draft)),
            _tag("dc:date", issue.date(item.born)),
            _tag("dc:creator", item.author),
            *(_tag("dc:subject", topic) for topic in item.topics),
            _cdata("content:encoded", _html(issue, item, draft)),
            "</item>",
        ]
    )


def _atom(issue: Issue) -> str:
    outlet = issue.outlet
    base = f' xml:base="{escape(issue.base)}/"' if outlet.relative else ""
    return "\n".join(
        [
            _prolog(outlet),
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            f'{_NAMESPACES} xml:lang="{outlet.language}"{base}>',
            _tag("id", f"tag:{outlet.id}.example,2026:feed"),
            _tag("title", outlet.name),
            _tag("updated", issue.date(issue.changed)),
            _link(rel="self", href=f"{issue.base}{outlet.feed_path}"),
            _link(rel="alternate", href=f"{issue.base}/{outlet.id}/"),
            *(_atom_entry(issue, item, draft) for item, draft in issue.drafts()),
            "</feed>\n",
        ]
    )


def _atom_entry(issue: Issue, item: Item, draft: Draft) -> str:
    html = escape(_html(issue, item, draft), quote=False)
    return "\n".join(
        [
            "<entry>",
            _tag("id", f"tag:{issue.outlet.id}.example,2026:{item.guid}"),
            _tag("title", draft.title),
            _link(rel="alternate", href=issue.link(item)),
            _tag("published", issue.date(item.born)),
            _tag("updated", issue.date(draft.at)),
            f"<author>{_tag('name', item.author)}</author>",
            *(f'<category term="{escape(topic)}"/>' for topic in item.topics),
            _tag("summary", _summary(draft)),
            *([f'<content type="html">{html}</content>'] if issue.outlet.full else []),
            *_picture(issue, item),
            "</entry>",
        ]
    )


def _json(issue: Issue) -> dict[str, object]:
    outlet = issue.outlet
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{issue.base}/{outlet.id}/",
        "feed_url": f"{issue.base}{outlet.feed_path}",
        "language": outlet.language,
        "items": [_json_item(issue, item, draft) for item, draft in issue.drafts()],
    }


def _json_item(issue: Issue, item: Item, draft: Draft) -> dict[str, object]:
    url = issue.link(item)
    return {
        "id": item.guid or url,
        "url": url,
        "title": draft.title,
        "summary": _summary(draft),
        "content_html": _html(issue, item, draft),
        "image": issue.picture(item),
        "date_published": issue.date(item.born),
        "date_modified": issue.date(draft.at),
        "authors": [{"name": item.author}],
        "tags": list(item.topics),
    }


def _prolog(outlet: Outlet) -> str:
    return f'<?xml version="1.0" encoding="{outlet.encoding}"?>'


def _summary(draft: Draft) -> str:
    """The first paragraph; a flash has nothing but its title."""
    return draft.paragraphs[0] if draft.paragraphs else draft.title


def _html(issue: Issue, item: Item, draft: Draft) -> str:
    paragraphs = "".join(f"<p>{escape(text, quote=False)}</p>" for text in draft.paragraphs)
    if issue.outlet.pictures is not Pictures.INLINE:
        return paragraphs or f"<p>{escape(draft.title, quote=False)}</p>"
    source, alt = escape(issue.picture(item)), escape(item.picture.alt)
    return f'<p><img src="{source}" alt="{alt}"/></p>{paragraphs}'


def _picture(issue: Issue, item: Item) -> list[str]:
    """The picture as elements of RSS 2.0 and Atom."""
    url = issue.picture(item)
    match issue.outlet.pictures, issue.outlet.format:
        case Pictures.MEDIA, _:
            width, height = map(str, PICTURE_SIZE)
            start = _start(
                "media:content",
                url=url,
                type=PICTURE_TYPE,
                medium="image",
                width=width,
                height=height,
            )
            return [f"{start}{_tag('media:description', item.picture.alt)}</media:content>"]
        case Pictures.ENCLOSURE, Format.ATOM:
            return [_link(rel="enclosure", href=url, type=PICTURE_TYPE, title=item.picture.alt)]
        case Pictures.ENCLOSURE, _:
            # RSS wants a length; 0 is what its documentation advises for an unknown one.
            return [f'<enclosure url="{escape(url)}" type="{PICTURE_TYPE}" length="0"/>']
        case _:
            return []


def _start(name: str, **attributes: str) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def _tag(name: str, text: str, **attributes: str) -> str:
    return f"{_start(name, **attributes)}{escape(text, quote=False)}</{name}>"


def _link(**attributes: str) -> str:
    return f"{_start('link', **attributes)[:-1]}/>"


def _cdata(name: str, html: str) -> str:
    return f"<{name}><![CDATA[{html}]]></{name}>"
