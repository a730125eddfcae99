"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

What the format has no field for (the source, the other copies) stands in `_aggregator`, an
extension as the format foresees it.
"""

from __future__ import annotations

import json
from typing import Any

from aggregator.model.entry import Media
from aggregator.model.feed import GENERATOR, Feed, Rendered
from aggregator.serving.render.card import Card, cards, channel, is_picture, rendered
from aggregator.serving.render.site import Site, feed_file, feed_page

MEDIA_TYPE = "application/feed+json"


def render(feed: Feed, site: Site, query: str = "") -> Rendered:
    """The document; `query` is the canonical query that its own address carries."""
    says = channel(feed, site)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": says.title,
        "home_page_url": site.url(feed_page(feed.spec.slug)),
        "feed_url": site.url(feed_file(feed.spec.slug, "json", query)),
        "description": says.description,
        "language": says.language,
        "authors": [{"name": says.publisher}],
        "_aggregator": {
            "generator": GENERATOR,
            "id": feed.uid,
            "updated": says.updated.isoformat(),
        },
    }
    items = {"items": [_item(card) for card in cards(feed, site)]}
    text = json.dumps(_present(document) | items, ensure_ascii=False, indent=1)
    return rendered(text.encode(), MEDIA_TYPE, feed)


def _item(card: Card) -> dict[str, Any]:
    return _present(
        {
            "id": card.uid,
            "url": card.link,
            "title": card.title,
            "summary": card.summary,
            **_content(card),
            "image": card.picture.url if card.picture else None,
            "date_published": card.published.isoformat(),
            "date_modified": card.updated.isoformat(),
            "authors": [{"name": name} for name in card.names or (card.origin.name,)],
            "tags": list(card.topics),
            "language": card.language,
            "attachments": [_attachment(m) for m in card.media if m.type and not is_picture(m)],
            "_aggregator": _origin(card),
        }
    )


def _content(card: Card) -> dict[str, str]:
    """The one content that the format requires: the text if there is one, else the best we have."""
    if card.content:
        return {"content_html": card.content}
    return {"content_text": card.summary or card.title}


def _attachment(media: Media) -> dict[str, Any]:
    return _present(
        {
            "url": media.url,
            "mime_type": media.type,
            "title": media.title,
            "size_in_bytes": media.length,
        }
    )


def _origin(card: Card) -> dict[str, Any]:
    copies = [
        _present(
            {
                "source": copy.source_id,
                "name": copy.name,
                "url": copy.url,
                "title": copy.title,
                "published": copy.published.isoformat(),
            }
        )
        for copy in card.copies
    ]
    return {
        "article": card.article,
        "source": {"id": card.origin.id, "name": card.origin.name, "url": card.origin.url},
        **({"credit": card.credit} if card.credit else {}),
        "copies": copies,
    }


def _present(members: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown: the format wants a member left out, not empty."""
    return {key: value for key, value in members.items() if value not in (None, "", [])}
