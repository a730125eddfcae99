"""Subscriptions out of an OPML file, through listparser."""

from __future__ import annotations

from dataclasses import dataclass

import listparser


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that an OPML file names: its title, its address, and the folders that it stands in."""

    title: str
    url: str
    folders: tuple[str, ...]


def parse(body: bytes) -> tuple[Subscription, ...]:
    """The feeds of an OPML file in its order, each address once; nothing if it is no OPML.

    Bytes, never a string: a string that looks like an address would be fetched.
    """
    try:
        found = listparser.parse(body)
    except Exception:  # listparser decodes as UTF-8 and lets what fails there out
        return ()
    subscriptions = (
        Subscription(
            title=str(feed.title or "").strip(),
            url=feed.url,
            folders=tuple(name for path in feed.get("categories", ()) for name in path if name),
        )
        for feed in found.feeds
        if str(feed.url).startswith(("http://", "https://"))
    )
    return tuple({one.url: one for one in subscriptions}.values())
