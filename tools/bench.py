"""`make bench`: how long the pages of the demo world take."""

import os
import subprocess
import sys

from tools import system, venv
from tools.paths import DEV_LOCK, PYTHON, ROOT
from tools.signals import leave_by_the_door


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    venv.provide(DEV_LOCK)
    system.provide(system.TO_RUN)
    timed = [str(PYTHON), "-m", "pytest", "-s", "tests/bench"]
    sys.exit(subprocess.run(timed, check=False).returncode)


if __name__ == "__main__":
    main()
