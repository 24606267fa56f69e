"""`make run`: from a fresh clone to the portal in the browser."""

import os

from tools import system, venv
from tools.paths import PYTHON, ROOT, RUN_LOCK
from tools.ports import port
from tools.signals import leave_by_the_door


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    # Said before the slow steps; the next program looks again.
    port()
    venv.provide(RUN_LOCK)
    system.provide(system.TO_RUN)
    # Becoming the supervisor leaves nothing between it and Ctrl-C.
    os.execv(PYTHON, [str(PYTHON), "-m", "tools.start"])


if __name__ == "__main__":
    main()
