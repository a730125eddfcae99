"""Small healthy feeds, into which an attack puts what is wrong."""

from __future__ import annotations

# What no output may ever show: a script that says who let it through, and the file it asks for.
SCRIPT = "<script>alert('hostile')</script>"
SECRET = "file:///etc/passwd"

_ITEMS = 3


def item(number: int, inside: str = "") -> str:
    """An item of RSS under a name of its own; `inside` is put at its end."""
    return (
        f"<item><guid isPermaLink='false'>item-{number}</guid><title>Notizia numero {number}"
        f"</title><link>https://hostile.example/{number}</link>{inside}</item>\n"
    )


def items(count: int = _ITEMS) -> str:
    return "".join(map(item, range(count)))


def feed(inside: str | None = None, *, prolog: str = "", channel: str = "") -> bytes:
    """An RSS document of some items, or of what is given instead, in UTF-8."""
    within = items() if inside is None else inside
    return (
        f'{prolog}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Hostile</title>{channel}{within}</channel></rss>"
    ).encode()


FEED = feed()
