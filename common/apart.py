"""Runs one of our modules as a program of its own, with limits.

What reads a stranger's file may crash, hang or swell. There it takes only itself down.
"""

import resource
import runpy
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024


class Stopped(RuntimeError):
    """The program went over a limit or failed; the message says which."""


def run_apart(
    module: str, *arguments: str, content: bytes, seconds: float, megabytes: int
) -> bytes:
    """Return what `python -m module arguments` writes when it is fed `content`.

    Args:
        seconds: by the clock, and again of the processor's time.
        megabytes: of address space, so more than what is really used.

    Raises:
        Stopped: it took too long, asked for too much memory, or failed.
    """
    limits = [str(int(seconds) + 1), str(megabytes)]
    command = [sys.executable, "-m", "common.apart", *limits, module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  our own module, without a shell
            command,
            cwd=HOME,
            input=content,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Stopped(f"It took longer than {seconds} seconds.") from error
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Stopped(" ".join(["The reader stopped.", *last])[:300])
    return done.stdout


def main() -> None:
    """Take the limits, then become the module."""
    seconds, megabytes = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = sys.argv[3:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
