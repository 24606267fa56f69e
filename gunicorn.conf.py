"""The web server, in the trial and in production. The environment may change it."""

import os

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


def post_worker_init(worker: object) -> None:
    if settings.TRIAL:
        print(f"The portal is ready: http://{bind}/ (Ctrl-C stops it)", flush=True)  # noqa: T201
