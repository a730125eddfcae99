"""`/feeds/<slug>.rss|.atom|.json` and `/opml`: what feed readers and other programs fetch."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, request

from aggregator.model.feed import Feed, Rendered
from aggregator.ports import Shelf
from aggregator.serving.render import atom, jsonfeed, opml, rss
from aggregator.serving.render.site import Site, feed_file
from aggregator.serving.web import answers, negotiate
from aggregator.serving.web.coded import Cache, Coded, document, page

FORMATS: Mapping[str, Callable[[Feed, Site, str], Rendered]] = {
    "rss": rss.render,
    "atom": atom.render,
    "json": jsonfeed.render,
}


def routes(shelf: Shelf, site: Callable[[], Site], cache: Cache) -> Blueprint:
    """The addresses of documents; `site` is asked when something is rendered, not before."""
    blueprint = Blueprint("feeds", __name__)

    @blueprint.get("/feeds/<slug>.<any(rss, atom, json):extension>")
    def feed(slug: str, extension: str) -> Response:
        generation = shelf.generation(slug)
        query = negotiate.canonical_query(request.args)
        if generation is None:
            return _moved(shelf, site(), slug, extension, query)
        if query != request.query_string.decode("latin-1"):
            return answers.redirect(site().path(feed_file(slug, extension, query)))

        def make() -> Coded:
            return _document(shelf, site(), slug, extension, query)

        coded = cache.get((slug, extension, query), generation, make)
        return answers.send(coded, answers.SHORT)

    @blueprint.get("/opml")
    def feed_list() -> Response:
        body = opml.render(shelf.feeds(), site())
        return answers.send(page(body, opml.MEDIA_TYPE), answers.SHORT)

    return blueprint


def _document(shelf: Shelf, site: Site, slug: str, extension: str, query: str) -> Coded:
    limit = int(query.removeprefix("limit=")) if query else None
    content = shelf.feed(slug, limit=limit)
    if content is None:
        abort(404)
    return document(FORMATS[extension](content, site, query))


def _moved(shelf: Shelf, site: Site, slug: str, extension: str, query: str) -> Response:
    present = shelf.renamed(slug)
    if present is None:
        abort(404)
    return answers.redirect(site.path(feed_file(present, extension, query)))
