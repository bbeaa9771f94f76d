"""Structured logs: one line an event, readable on a terminal or as JSON."""

import logging
import re
from typing import Any

import structlog


def number_of_request(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Django's own lines about refusals are written after all middleware is through: they bring their request along."""
    number = getattr(getattr(event.get("_record"), "request", None), "number", "")
    if number and "request_id" not in event:
        event["request_id"] = number
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    number_of_request,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


class WithoutKeys(logging.Filter):
    """Addresses that are keys (her page, a ballot, a review, a report, an invitation, a calendar) never stand in a log, dead ones neither."""

    KEYS = re.compile(
        r"(/(?:p|v|r|s|join|news|calendar|accounts/password/reset)/(?:choices/|off/|key/)?)[^/\s?.\"'\\]{16,}"
    )

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            said = record.getMessage()
            masked = without_keys(said)
            if masked != said:
                record.msg, record.args = masked, ()
        elif isinstance(record.msg, dict):
            record.msg = {name: self._masked(said) for name, said in record.msg.items()}
        return True

    def _masked(self, said: Any) -> Any:
        return without_keys(said) if isinstance(said, str) else said


def without_keys(said: str) -> str:
    return WithoutKeys.KEYS.sub(r"\1…", said)


class LineFormatter(structlog.stdlib.ProcessorFormatter):
    """The filter knows the event; what a traceback quotes is only there once the line is written."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))


def line_formatter(*, json_lines: bool) -> logging.Formatter:
    """Writes one event as one line, whoever logged it."""
    # Plain tracebacks: the pretty ones print local variables, and those may hold secrets.
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    render: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()] if json_lines else [plain]
    )
    return LineFormatter(processors=[LineFormatter.remove_processors_meta, *render], foreign_pre_chain=SHARED)


def logging_config(*, json_lines: bool, level: str) -> dict[str, Any]:
    """A `LOGGING` dict; configures structlog to hand its events to the same handlers."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_keys": {"()": WithoutKeys}},
        "formatters": {"event": {"()": line_formatter, "json_lines": json_lines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event", "filters": ["without_keys"]}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "amqp": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "django_structlog": {"level": "WARNING"},
            "django.server": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            "mail.log": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # it writes addresses down, and some are keys
            "fpdf": {"level": "WARNING"},
            "pyhanko": {"level": "WARNING"},
        },
    }
