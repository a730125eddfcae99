"""Errors in the format that was asked for, without a word about our insides.

An error is never a feed item (rule 96): whoever asks for a document gets a small document of the
same syntax that is no feed, with the status that says what happened.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import PurePosixPath

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from aggregator.errors import StoreError
from aggregator.serving.render import html
from aggregator.serving.render.site import Site
from aggregator.serving.web import answers
from aggregator.serving.web.coded import page
from aggregator.serving.web.pages import language

RETRY_AFTER = "10"  # seconds; a busy or restarting store is back within this


def install(app: Flask, site: Site) -> None:
    """Answer every failure; `site` is a fixed one, as the store may be what failed."""

    def http_error(error: HTTPException) -> Response:
        response = _answer(error.code or 500, site)
        if allow := dict(error.get_headers()).get("Allow"):
            response.headers["Allow"] = allow
        return response

    def store_error(error: StoreError) -> Response:
        app.logger.warning("the store cannot be read: %s", error)
        return _answer(503, site)

    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(StoreError, store_error)


def _answer(code: int, site: Site) -> Response:
    phrase = HTTPStatus(code).phrase
    match PurePosixPath(request.path).suffix:
        case ".json":
            body = json.dumps({"error": {"status": code, "message": phrase}}).encode()
            response = answers.send(page(body, "application/json"), answers.SHORT, code)
        case ".rss" | ".atom":
            body = f'<?xml version="1.0"?>\n<error status="{code}">{phrase}</error>\n'.encode()
            response = answers.send(page(body, "application/xml"), answers.SHORT, code)
        case _:
            body = html.error(code, site, language())
            response = answers.send_page(page(body, answers.HTML), answers.SHORT, code)
    if code >= 500:
        response.headers["Cache-Control"] = answers.NEVER
    if code == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
