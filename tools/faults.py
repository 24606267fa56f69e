"""`make faults`: kill workers, take servers away, and see that nothing is lost."""

import contextlib
import os
import subprocess
import sys

from tools import system, venv
from tools.paths import DEV_LOCK, PYTHON, ROOT
from tools.says import step
from tools.servers import postgresql, redis
from tools.signals import leave_by_the_door

TESTS = ("tests/records/test_faults.py", "tests/faults")


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    venv.provide(DEV_LOCK)
    system.provide(system.TO_TEST)
    step("Starting a private PostgreSQL and Redis")
    with contextlib.ExitStack() as stack:
        database, broker = (stack.enter_context(one()) for one in (postgresql, redis))
        env = os.environ | {"DATABASE_URL": database, "REDIS_URL": broker}
        done = subprocess.run(
            [PYTHON, "-m", "pytest", "-s", *TESTS], cwd=ROOT, env=env, check=False
        )
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
