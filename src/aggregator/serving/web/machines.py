"""What other machines ask: is it alive, is it ready, how does it fare, what may be crawled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response

from aggregator.observe import metrics
from aggregator.ports import Shelf
from aggregator.serving.render import status
from aggregator.serving.render.site import Site
from aggregator.serving.web import answers
from aggregator.serving.web.coded import page

# Feeds are made to be fetched by programs; what only operators need is not for search engines.
ROBOTS = "User-agent: *\nDisallow: /status\nDisallow: /metrics\nAllow: /"


def routes(shelf: Shelf, site: Callable[[], Site], clock: Callable[[], datetime]) -> Blueprint:
    """The addresses for monitoring and crawlers."""
    blueprint = Blueprint("machines", __name__)

    @blueprint.get("/healthz")
    def alive() -> Response:
        return answers.text("ok")

    @blueprint.get("/readyz")
    def ready() -> Response:
        why_not = shelf.not_ready()
        return answers.text(f"not ready: {why_not}", 503) if why_not else answers.text("ready")

    @blueprint.get("/metrics")
    def samples() -> Response:
        facts = (shelf.counters(), shelf.sources(), shelf.feeds(), shelf.filed(waiting=True))
        body = metrics.render(*facts, clock())
        return answers.send(page(body, metrics.MEDIA_TYPE), answers.NEVER)

    @blueprint.get("/status.json")
    def how() -> Response:
        facts = (shelf.sources(), shelf.feeds(), shelf.counters(), shelf.filed(waiting=True))
        body = status.document(*facts, site(), clock())
        return answers.send(page(body, "application/json"), answers.NEVER)

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        return answers.text(ROBOTS, cache=answers.SHORT)

    return blueprint
