"""What stands in one cell of a list, drawn alike in all of them.

Written here and not in templates: a list has two hundred cells, and to set out for a
template takes longer than to write what it says.
"""

from django.utils.html import format_html


def two_lines(first: object, second: object) -> str:
    if not second:
        return format_html("{}", first)
    return format_html("{}<small>{}</small>", first, second)


def tag(words: str, kind: str = "") -> str:
    kinds = f"desk-tag desk-tag--{kind}" if kind else "desk-tag"
    return format_html('<span class="{}">{}</span>', kinds, words)


def time_cell(kind: str, words: str, day: str = "") -> str:
    """Return how long is left, over the day that it is about."""
    kinds = f"desk-left desk-left--{kind}" if kind else "desk-left"
    return format_html('<span class="{}">{}</span>', kinds, two_lines(words, day))


def link(address: str, words: str) -> str:
    return format_html('<a class="desk-ref" href="{}">{}</a>', address, words)
