"""Where this service is reached, and the addresses that it hands out.

Addresses come from configuration alone, never from a request: a Host header is written by whoever
asks, and what one reader asks for is cached for all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The service as the world sees it; `base_url` is absolute http(s), without a closing slash.

    `base_url` may hold a path (`https://example.org/news`), which stands before every address.
    """

    title: str
    base_url: str

    def path(self, address: str) -> str:
        """An address of ours as a path from the host's root: for links inside our own pages."""
        return urlsplit(self.base_url).path.rstrip("/") + address

    def url(self, address: str) -> str:
        """An address of ours made absolute: for everything that leaves in a document."""
        return self.base_url.rstrip("/") + address

    def local(self, url: str) -> str:
        """An absolute address for a link inside our pages: ours as a path, others as they are."""
        base = self.base_url.rstrip("/") + "/"
        return self.path("/" + url.removeprefix(base)) if url.startswith(base) else url


def feed_page(slug: str) -> str:
    """The page of a feed."""
    return f"/feeds/{quote(slug)}"


def feed_file(slug: str, extension: str, query: str = "") -> str:
    """A feed as a document: `extension` is rss, atom or json, `query` canonical and without `?`."""
    return f"/feeds/{quote(slug)}.{extension}{'?' if query else ''}{query}"


def article_page(uid: str) -> str:
    """The page of an article; its address holds the bare UUID."""
    return f"/articles/{quote(uid.removeprefix('urn:uuid:'))}"
