"""Logs: one JSON object a line on standard error, never a mark, a query string or a body."""

from typing import Any


def logging_config(level: str = "INFO") -> dict[str, Any]:
    """The ``logging.config`` dictionary of every process."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"no_marks": {"()": "openanpr.web.logs.NoMarks"}},
        "formatters": {
            "json": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "processors": _processors(),
            }
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["no_marks"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Each request it makes would be a line; those that fail are reported by who made them.
        "loggers": {"httpx": {"level": "WARNING"}, "httpcore": {"level": "WARNING"}},
    }


def _processors() -> list[Any]:
    import structlog

    from openanpr.web.logs import mask_traces

    return [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_traces,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.JSONRenderer(),
    ]
