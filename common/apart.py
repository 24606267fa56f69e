"""Runs one of our modules as a program of its own, with limits.

What reads a stranger's file may crash, hang or swell. There it takes only itself down.
"""

import resource
import runpy
import signal
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
LONGEST_WORDS = 300
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


class Stopped(RuntimeError):
    """The program went over a limit or failed; the message says which."""


class TookTooLong(Stopped):
    """It used up the processor's time that it was given, however busy the machine."""


class MachineTooBusy(Stopped):
    """The machine had no time for it, which says nothing of what it read."""


def run_apart(
    module: str,
    *arguments: str,
    content: bytes,
    seconds: int,
    patience: float,
    megabytes: int,
) -> bytes:
    """Return what `python -m module arguments` writes when it is fed `content`.

    Args:
        seconds: of the processor's time, so that a busy machine refuses nothing that
            an idle one takes.
        patience: seconds by the clock: many times as long, and only so that it ends.
        megabytes: of address space, so more than what is really used.

    Raises:
        TookTooLong: it used up its time of the processor.
        MachineTooBusy: it did not, and yet it came to no end.
        Stopped: it asked for too much memory, or failed.
    """
    limits = [str(seconds), str(megabytes)]
    command = [sys.executable, "-m", "common.apart", *limits, module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  our own module, without a shell
            command,
            cwd=HOME,
            input=content,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise MachineTooBusy("The machine had no time for it.") from error
    if done.returncode in OUT_OF_TIME:
        raise TookTooLong(f"It took more than {in_words(seconds)} of the processor.")
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Stopped(" ".join(["The reader stopped.", *last])[:LONGEST_WORDS])
    return done.stdout


def in_words(seconds: int) -> str:
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def main() -> None:
    """Take the limits, then become the module."""
    seconds, megabytes = int(sys.argv[1]), int(sys.argv[2])
    # The first ends it with a signal that tells why; the second cannot be put off.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = sys.argv[3:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
