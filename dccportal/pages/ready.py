"""Whether the portal can work: its database, its broker and its storage answer."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from celery import current_app
from django.core.files.storage import FileSystemStorage, storages
from django.db import OperationalError, connection

SECONDS = 1
# What hangs holds its thread for a while; it must not hold all that come after it.
POOL = ThreadPoolExecutor(max_workers=6, thread_name_prefix="ready")


def ask_database() -> None:
    try:
        connection.ensure_connection()
        if not connection.is_usable():
            raise OperationalError
    finally:
        connection.close()


def ask_broker() -> None:
    with current_app.connection_for_write() as broker:
        # Opening a channel asks the broker.
        assert broker.default_channel  # noqa: S101


def ask_storage() -> None:
    """Ask a bucket for a file that is not there, or a folder whether it takes one."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        storage.exists("ready")
        return
    folder = Path(storage.location)
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(there, os.W_OK):
        raise PermissionError


PROBES: dict[str, tuple[str, Callable[[], None]]] = {
    "database": ("The database", ask_database),
    "broker": ("The broker", ask_broker),
    "storage": ("The storage of documents", ask_storage),
}


def troubles() -> dict[str, str]:
    """Return what is away, in words; nothing when the portal can work. In a second."""
    asked = {key: (name, POOL.submit(ask)) for key, (name, ask) in PROBES.items()}
    found = {key: trouble(name, answer) for key, (name, answer) in asked.items()}
    return {key: words for key, words in found.items() if words}


def trouble(name: str, answer: "Future[None]") -> str:
    try:
        answer.result(timeout=SECONDS)
    except TimeoutError:
        return f"{name} does not answer within a second."
    except Exception as error:  # noqa: BLE001  whatever a library may raise
        return f"{name} is not there ({type(error).__name__})."
    return ""
