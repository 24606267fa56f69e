"""`make demo`: throw the trial's data away and load the demo world anew."""

import os

from tools import system, venv
from tools.data import only_one, prepare, throw_away
from tools.paths import ROOT, RUN_LOCK, data_dir
from tools.says import step, stop
from tools.signals import leave_by_the_door


def main() -> None:
    leave_by_the_door()
    os.chdir(ROOT)
    if os.environ.get("DATABASE_URL") or os.environ.get("DEPLOYMENT") == "production":
        stop("`make demo` is for the trial's own data: unset DATABASE_URL, DEPLOYMENT.")
    venv.provide(RUN_LOCK)
    system.provide(system.TO_RUN)
    data = data_dir()
    with only_one(data):
        step(f"Throwing away the trial in {data}")
        throw_away(data)
        prepare(data)


if __name__ == "__main__":
    main()
