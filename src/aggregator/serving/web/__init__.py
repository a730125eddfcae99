"""The addresses, in Flask."""

from aggregator.serving.web.app import create_app

__all__ = ["create_app"]
