"""Log lines: structured, with the request's id, without personal data.

Code logs with :mod:`structlog`; what Django and libraries log passes through the same processors. Numbers
that could be a personal id, a phone or a card, and e-mail addresses, are blotted out of every line.
"""

import logging.config
import re
import sys
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor

_PERSONAL: Final = re.compile(r"(?<![\w-])\+?\d{9,19}(?![\w-])|[\w.+-]+@[\w-]+\.[\w.]+")


def blot(text: str) -> str:
    """Return ``text`` with long numbers and e-mail addresses replaced by a blot."""
    return _PERSONAL.sub("█", text)


def configure(*, level: str, as_json: bool) -> None:
    """Set up logging of the process. May be repeated."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _blot_line,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # one line per request is written by our middleware; these would repeat it with addresses
                "django.request": {"level": "ERROR"},
                "django.server": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
                "pikepdf": {"level": "WARNING"},
                "psycopg.pool": {"level": "WARNING"},
            },
        }
    )


def _blot_line(_logger: Any, _method: str, line: EventDict) -> EventDict:  # noqa: ANN401 -- structlog's type
    return {
        name: blot(value) if isinstance(value, str) and name != "request_id" else value
        for name, value in line.items()
    }
