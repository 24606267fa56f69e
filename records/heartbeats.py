"""Workers and the timer leave word that they run, also when nothing is due.

A worker does so only while it is connected to the broker, and the timer from the loop
that sends what is due: what has stopped working goes silent.
"""

import math
import time
from collections.abc import Iterable
from typing import Any

import structlog
from celery import bootsteps
from celery.beat import PersistentScheduler
from django.db import connection

from records.commands import leave_word

EVERY_SECONDS = 30
TIMER = "beat"
log = structlog.get_logger(__name__)


def beat(names: Iterable[str]) -> None:
    """Leave word for each name. Whatever the database answers, the program goes on."""
    try:
        for name in names:
            leave_word(name)
    except Exception as error:  # noqa: BLE001  the silence says enough
        log.warning("no heartbeat left", error=type(error).__name__)
    finally:
        # Workers fork: none of them may inherit a connection.
        connection.close()


class WorkerBeats(bootsteps.StartStopStep):
    """A step of each worker: one heartbeat a queue that it takes from."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: object, **kwargs: object) -> None:
        self.repeated: Any = None
        super().__init__(parent, **kwargs)

    def start(self, parent: Any) -> None:
        names = [queue.name for queue in parent.task_consumer.queues]
        beat(names)
        self.repeated = parent.timer.call_repeatedly(EVERY_SECONDS, beat, (names,))

    def stop(self, parent: object) -> None:
        if self.repeated is not None:
            self.repeated.cancel()


class TimerBeats(PersistentScheduler):
    """Celery's own scheduler, that leaves word from its loop."""

    silent_since = -math.inf

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        now = time.monotonic()
        if now - self.silent_since >= EVERY_SECONDS:
            self.silent_since = now
            beat([TIMER])
        return super().tick(*args, **kwargs)
