"""The base of all refusals. Each app names its own in its `errors.py`."""

from typing import Any


class DomainError(Exception):
    """A refusal in words that can be shown to the person who asked.

    A subclass gives `words`, with placeholders filled from the keyword arguments.
    """

    words = "This cannot be done."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.words.format(**facts))
