"""Loads the settings once for each environment that is asked of it.

Each time in a process of its own, forked once Django is there, so that a table of a
hundred settings takes seconds. Reads and writes JSON.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile

from tools.paths import ROOT

# What the settings import, so that no process of its own does it again: a tenth of a
# second each time.
COSTLY = (
    "amqp",
    "brotli",
    "celery",
    "celery.app.amqp",
    "celery.app.control",
    "celery.app.events",
    "celery.app.log",
    "celery.schedules",
    "celery.signals",
    "click",
    "csp.constants",
    "django.http.request",
    "django_structlog.celery.steps",
    "django_stubs_ext",
    "environ",
    "kombu",
    "structlog",
    "structlog.dev",
    "tzlocal",
    "whitenoise.storage",
    "yaml",
)


def starts(environments):
    """Return, for each environment, what was said and how the program ended."""
    command = [sys.executable, "-m", "tests.many_starts"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=json.dumps(environments),
        stdout=-1,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def start_in_a_fork(environment):
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 2)
            os.environ.clear()
            os.environ.update(environment)
            importlib.import_module("dccportal.settings")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return said.read().decode(), os.waitstatus_to_exitcode(status)


def main():
    for name in COSTLY:
        importlib.import_module(name)
    answers = [start_in_a_fork(one) for one in json.load(sys.stdin)]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
