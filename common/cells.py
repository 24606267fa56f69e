"""What stands in one cell of a list, drawn alike in all of them.

Written here and not in templates: a list has two hundred cells, and to set out for a
template takes longer than to write what it says.
"""

from django.utils.safestring import SafeString

from common.escaping import escaped


def two_lines(first: object, second: object) -> SafeString:
    below = f"<small>{escaped(second)}</small>" if second else ""
    return SafeString(f"{escaped(first)}{below}")


def tag(words: str, kind: str = "") -> SafeString:
    kinds = f"desk-tag desk-tag--{escaped(kind)}" if kind else "desk-tag"
    return SafeString(f'<span class="{kinds}">{escaped(words)}</span>')


def time_cell(kind: str, words: str, day: str = "") -> SafeString:
    """Return how long is left, over the day that it is about."""
    kinds = f"desk-left desk-left--{escaped(kind)}" if kind else "desk-left"
    return SafeString(f'<span class="{kinds}">{two_lines(words, day)}</span>')


def link(address: str, words: str) -> SafeString:
    return SafeString(
        f'<a class="desk-ref" href="{escaped(address)}">{escaped(words)}</a>'
    )
