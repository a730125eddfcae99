"""The pages: front, a feed, an article, the status; and their stylesheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, abort, request

from aggregator.model.feed import Feed
from aggregator.ports import FeedSummary, Shelf
from aggregator.selection.live import live
from aggregator.serving.render import html
from aggregator.serving.render.site import Site, article_page, feed_page
from aggregator.serving.web import answers, negotiate
from aggregator.serving.web.coded import Cache, Coded, page

# Items read for the front page: a hero, two seconds and a column of heads; then one and four.
FIRST_BOX, OTHER_BOXES = 9, 5


def routes(
    shelf: Shelf, site: Callable[[], Site], cache: Cache, clock: Callable[[], datetime]
) -> Blueprint:
    """The addresses for people."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def front() -> Response:
        where, summaries, spoken = site(), shelf.feeds(), language()

        def make() -> Coded:
            return _html(html.front(_boxes(shelf, summaries), where, spoken))

        coded = cache.get(("front", spoken), (where, summaries), make)
        return answers.send_page(coded, answers.SHORT)

    @blueprint.get("/feeds/<slug>")
    def feed(slug: str) -> Response:
        where, generation, spoken = site(), shelf.generation(slug), language()
        if generation is None:
            return _moved(shelf, where, slug)

        def make() -> Coded:
            content = shelf.feed(slug)
            return _html(html.feed(content, where, spoken)) if content else abort(404)

        coded = cache.get(("page", slug, spoken), (where, generation), make)
        return answers.send_page(coded, answers.SHORT)

    @blueprint.get("/articles/<uuid:name>")
    def article(name: object) -> Response:
        return _article(shelf, site(), str(name))

    @blueprint.get("/status")
    def status() -> Response:
        facts = (shelf.sources(), shelf.feeds(), shelf.counters(), shelf.filed(waiting=True))
        body = html.status(*facts, site(), language(), clock())
        return answers.send_page(_html(body), answers.NEVER)

    @blueprint.get(f"/static/{html.STYLESHEET_NAME}")
    def stylesheet() -> Response:
        return answers.send(page(html.STYLESHEET, "text/css; charset=utf-8"), answers.FOREVER)

    return blueprint


def language() -> str:
    """The language of the page that this request asks for."""
    return negotiate.language(request.args.get("lang"), request.accept_languages)


def _html(body: bytes) -> Coded:
    return page(body, answers.HTML)


def _boxes(shelf: Shelf, summaries: tuple[FeedSummary, ...]) -> list[Feed]:
    limits = (FIRST_BOX, *(OTHER_BOXES for _ in summaries[1:]))
    read = (
        shelf.feed(f.spec.slug, limit=limit) for f, limit in zip(summaries, limits, strict=False)
    )
    return [feed for feed in read if feed is not None]


def _article(shelf: Shelf, site: Site, name: str) -> Response:
    """The page; 301 from an alias to the article that took it in, 410 once nobody stands by it."""
    dossier = shelf.dossier(name)
    if dossier is None:
        abort(404)
    if article_page(dossier.article.uid) != article_page(name):
        return answers.redirect(site.path(article_page(dossier.article.uid)))
    present = replace(dossier, sources=shelf.configured())
    body = html.article(present, site, language(), shelf.service().prefer)
    if body is None:
        abort(404)
    stands = not dossier.article.withdrawn and live(dossier.article.entries, present.sources)
    return answers.send_page(_html(body), answers.SHORT, 200 if stands else 410)


def _moved(shelf: Shelf, site: Site, slug: str) -> Response:
    present = shelf.renamed(slug)
    if present is None:
        abort(404)
    return answers.redirect(site.path(feed_page(present)))
