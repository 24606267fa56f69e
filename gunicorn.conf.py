"""The web server, in the trial and in production. The environment may change it."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "1"))
threads = int(os.environ.get("WEB_THREADS", "4"))
loglevel = "warning"
# Nobody talks to the server but by signals, so it opens no control socket.
no_control_socket = True
# Long enough for any request, short enough for Ctrl-C.
graceful_timeout = 4
timeout = 60


def post_worker_init(worker: object) -> None:
    print(f"The portal is ready: http://{bind}/ (Ctrl-C stops it)", flush=True)  # noqa: T201
