"""The whole web application over a shelf: routes, errors, headers that all answers share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response

from aggregator.ports import Shelf
from aggregator.serving.render.site import Site
from aggregator.serving.web import errors, feeds, machines, pages
from aggregator.serving.web.coded import Cache

CACHE_BYTES = 32 * 2**20  # a feed of 50 items in three codings is about 0.2 MB

# Pages load our stylesheet and the outlets' pictures, and nothing else; no script at all.
_PAGE_POLICY = (
    "default-src 'none'; img-src https: http: data:; style-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def create_app(shelf: Shelf, *, base_url: str, clock: Callable[[], datetime]) -> Flask:
    """A WSGI application that reads from `shelf`, safe for as many threads as the shelf is.

    `base_url` is the address that we are bound to; a `base_url` in the service's settings wins.
    `clock` is asked for the health of sources alone; no feed and no article knows the time.
    """
    app = Flask(__name__, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # GET and HEAD only

    def site() -> Site:
        service = shelf.service()
        return Site(title=service.title, base_url=service.base_url or base_url)

    cache = Cache(CACHE_BYTES)
    app.register_blueprint(feeds.routes(shelf, site, cache))
    app.register_blueprint(pages.routes(shelf, site, cache, clock))
    app.register_blueprint(machines.routes(shelf, site, clock))
    errors.install(app, Site(title="Aggregator", base_url=base_url))
    app.after_request(_shared_headers)
    return app


def _shared_headers(response: Response) -> Response:
    """On every answer alike, or a shared cache would keep one that lacks them (rule 95)."""
    response.vary.add("Accept-Encoding")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response
