"""How the log is written, and what no line of it may hold: a key to sign in with."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# The last part of these addresses is as good as a password until it is used.
KEYED = re.compile(r"(/password/|/account/e-mail/)[^/\s\"']*[-:][^/\s\"']*")


def without_keys(
    logger: Any,
    name: str,
    line: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Return a line with the keys of mailed links left out."""
    for word, said in line.items():
        if isinstance(said, str):
            line[word] = KEYED.sub(r"\1(key)", said)
    return line


def logging_settings(*, is_production: bool, level: str) -> dict[str, Any]:
    """Set structlog up, and return Django's LOGGING: JSON lines in production."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    processors = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        without_keys,
        renderer(is_production=is_production),
    ]
    lines = {"()": structlog.stdlib.ProcessorFormatter, "processors": processors}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "lines"}
        },
        "root": {"handlers": ["console"], "level": level},
    }


def renderer(*, is_production: bool) -> Any:
    if is_production:
        return structlog.processors.JSONRenderer()
    # Without the values of variables, which may be secrets.
    traceback = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=traceback)
