"""What the person at the keyboard reads while they wait."""

import sys
from typing import NoReturn


def step(words: str) -> None:
    print(f"→ {words}", flush=True)


def detail(words: str) -> None:
    print(f"  {words}", flush=True)


def stop(words: str) -> NoReturn:
    """Leave with one line that says what to do."""
    sys.stdout.flush()
    sys.exit(f"✗ {words}")
