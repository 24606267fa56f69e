"""All writes of taking over: a file is handed in, checked, confirmed and written."""

from takeover.commands.files import (
    check_file,
    confirm_file,
    hand_in_file,
    progress_of,
    take_over_file,
)

__all__ = [
    "check_file",
    "confirm_file",
    "hand_in_file",
    "progress_of",
    "take_over_file",
]
