"""How the log is written, and what no line of it may hold.

No key to sign in with, and nobody's e-mail address: whoever writes the line, a library
or an exception that repeats what a mail server said, both are taken out here.
"""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# The last part of these addresses is as good as a password: until it is used, or for as
# long as a calendar follows it or a visit is to come.
KEYED = re.compile(
    r"((?:/password/|/account/e-mail/)(?=[^/\s\"']*[-:])"
    r"|(?<!account)/calendar/|/gate/|/invitation/)"
    r"[^/\s\"']+"
)


ADDRESS = re.compile(r"[\w.!#%+'-]+(@|%40)([a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def without_keys(
    logger: object,
    name: str,
    line: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Return a line without keys of mailed links and without e-mail addresses."""
    for word, said in line.items():
        # An exception that is passed as a fact is written as its words are.
        words = str(said) if isinstance(said, BaseException) else said
        if isinstance(words, str):
            line[word] = ADDRESS.sub("(address)", KEYED.sub(r"\1(key)", words))
    return line


def logging_settings(*, is_production: bool, level: str) -> dict[str, Any]:
    """Set structlog up, and return Django's LOGGING: JSON lines in production."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *said_of_every_line(),
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
    lines = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": processors,
        # What Django, Celery, gunicorn and other libraries write by themselves.
        "foreign_pre_chain": [
            structlog.stdlib.PositionalArgumentsFormatter(),
            *said_of_every_line(),
        ],
    }
    # Warnings of Python are lines like any other.
    logging.captureWarnings(capture=is_production)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "lines"}
        },
        "root": {"handlers": ["console"], "level": level},
    }


def said_of_every_line() -> list[Any]:
    """Return what adds the request or task, the level, the time and the traceback."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
    ]


def renderer(*, is_production: bool) -> Any:
    if is_production:
        return structlog.processors.JSONRenderer()
    # Without the values of variables, which may be secrets.
    traceback = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=traceback)
