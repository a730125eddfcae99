"""Events as log lines on standard error: for a person on a terminal, JSON otherwise."""

from __future__ import annotations

import logging
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog

from aggregator.observe.events import Event


def configure(*, human: bool | None = None) -> None:
    """Choose the form of all lines; by default, whether standard error is a terminal."""
    person = sys.stderr.isatty() if human is None else human
    renderer: Any = (
        structlog.dev.ConsoleRenderer(pad_event_to=14)
        if person
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def emit(event: Event) -> None:
    """One event, one line."""
    fields = {name: _told(value) for name, value in asdict(event).items() if value is not None}
    structlog.get_logger().log(getattr(logging, event.level.upper()), event.name, **fields)


def _told(value: Any) -> Any:
    """Times in the form of the line's own stamp."""
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
