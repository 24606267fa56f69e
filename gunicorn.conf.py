"""The web server, in the trial and in production. The environment may change it."""

import gc
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dccportal.settings")
# Reading the settings here stops the server itself when one of them is refused.
bind = f"{settings.HOST}:{settings.PORT}"
worker_class = "gthread"
workers = settings.WEB_PROCESSES
threads = settings.WEB_THREADS
loglevel = "warning"
# Its own lines go where all others go, and look like them.
logconfig_dict = settings.LOGGING | {
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "INFO", "handlers": [], "propagate": True},
    }
}
# Nobody talks to the server but by signals, so it opens no control socket.
no_control_socket = True
# Long enough for any request, short enough for Ctrl-C.
graceful_timeout = 4
timeout = 60


if settings.METRICS_TOKEN:
    # Each process writes what it counts here; the one that is asked adds it up.
    COUNTS = Path(settings.DATA_DIR) / "counts"
    shutil.rmtree(COUNTS, ignore_errors=True)
    COUNTS.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(COUNTS)


def child_exit(server: object, worker: Any) -> None:
    if settings.METRICS_TOKEN:
        # Only now: it reads its folder from the environment when it is imported.
        from prometheus_client import multiprocess  # noqa: PLC0415

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # untyped there


def post_worker_init(worker: object) -> None:
    # What was loaded to begin with stays: looking through it for rubbish would hold up
    # every tenth request or so by a tenth of a second.
    gc.collect()
    gc.freeze()
    if settings.TRIAL:
        print(f"The portal is ready: http://{bind}/ (Ctrl-C stops it)", flush=True)  # noqa: T201
