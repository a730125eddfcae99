"""The world's pages for people: an index, a front page an outlet, a page an article."""

from __future__ import annotations

from datetime import datetime
from html import escape

from aggregator.newsroom.issue import PICTURE_SIZE
from aggregator.newsroom.outlets import Outlet
from aggregator.newsroom.press import Item
from aggregator.newsroom.world import World

_STYLE = (
    "body{font:1rem/1.55 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c2733;background:#fbfaf7}a{color:#164a5b}img{width:100%;height:auto}"
    "small,footer{color:#5d6975}li{margin:.35rem 0}"
)
_FOOTER = "Invented news: every name, place and figure is made up by a simulation."
# Titles on a front page and under each outlet of the index.
_FRONT, _NEWEST = 40, 3


def index(world: World, at: datetime) -> str:
    """All outlets, each with its feed and its newest titles."""
    outlets = "".join(
        f'<h2><a href="/{outlet.id}">{escape(outlet.name)}</a></h2>'
        f'<p><small>{outlet.kind}, {outlet.language}, <a href="{outlet.feed_path}">'
        f"{outlet.format}</a></small></p>"
        f"{_titles(world.listed(outlet.id, at)[:_NEWEST], at)}"
        for outlet in world.roster
    )
    return _page("en", "A simulated newsroom", f"<h1>A simulated newsroom</h1>{outlets}")


def front(outlet: Outlet, items: tuple[Item, ...], at: datetime) -> str:
    """An outlet's newest titles."""
    name = escape(outlet.name)
    feed = f'<p><a href="{outlet.feed_path}">{outlet.format}</a></p>'
    return _page(
        outlet.language, outlet.name, f"<h1>{name}</h1>{feed}{_titles(items[:_FRONT], at)}"
    )


def article(item: Item, at: datetime) -> str:
    """The page of an item, as it stands at this moment."""
    draft = item.draft(at)
    width, height = PICTURE_SIZE
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in draft.paragraphs)
    return _page(
        "",
        draft.title,
        f"<article><h1>{escape(draft.title)}</h1><p><small>{escape(item.author)}, "
        f'<time datetime="{item.born.isoformat()}">{item.born:%d.%m.%Y %H:%M}</time></small></p>'
        f'<img src="{item.picture.path}" width="{width}" height="{height}" '
        f'alt="{escape(item.picture.alt)}">{paragraphs}</article>',
    )


def _titles(items: tuple[Item, ...], at: datetime) -> str:
    lines = "".join(
        f'<li><a href="{escape(item.link)}">{escape(item.draft(at).title)}</a></li>'
        for item in items
    )
    return f"<ul>{lines}</ul>"


def _page(language: str, title: str, body: str) -> str:
    lang = f' lang="{language}"' if language else ""
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body>{body}<footer><p>{_FOOTER}</p></footer></body></html>"
    )
