"""What stands in one cell of a list, drawn alike in all of them."""

from typing import Any

from django.template.loader import render_to_string


def two_lines(first: Any, second: Any) -> str:
    lines = {"first": first, "second": second}
    return render_to_string("desk/two_lines.html", lines)


def tag(words: str, kind: str = "") -> str:
    return render_to_string("desk/tag.html", {"words": words, "kind": kind})
