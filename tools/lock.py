"""`make lock`: pin the newest versions that pyproject.toml allows, with hashes.

The locks name no index, so they install from whichever one pip is set to.
"""

import os
import subprocess
import sys

from tools.paths import DEV_LOCK, ROOT, RUN_LOCK
from tools.says import step, stop

UV = ROOT / "build" / "uv"
COMPILE = (
    "pip",
    "compile",
    "pyproject.toml",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--upgrade",
    "--quiet",
)


def called(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        stop("The lines above say why the locks stay as they are.")


def main() -> None:
    os.chdir(ROOT)
    uv = str(UV / "bin" / "uv")
    if not UV.exists():
        step("Installing uv into build/uv")
        called(sys.executable, "-m", "venv", str(UV))
        called(str(UV / "bin" / "pip"), "install", "--quiet", "uv")
    step(f"Resolving {RUN_LOCK.name}")
    called(uv, *COMPILE, "-o", RUN_LOCK.name)
    step(f"Resolving {DEV_LOCK.name}")
    dev = ("--group", "dev", "-c", RUN_LOCK.name)
    called(uv, *COMPILE, *dev, "-o", DEV_LOCK.name)


if __name__ == "__main__":
    main()
