"""What a file comes to: which lines are new, which are known, and what is wrong."""

from takeover.check.file import FileChecked, checked_file

__all__ = ["FileChecked", "checked_file"]
