"""CommonMark that people write, as HTML that is safe to show on our pages.

Raw HTML is shown as text, pictures are left out, and addresses that run code are no
links. What comes out wears the classes of our style sheet.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "blockquote": "govuk-inset-text",
}
HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}
SIZES = {"h2": "govuk-heading-m", "h3": "govuk-heading-s", "h4": "govuk-heading-s"}
READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def to_html(text: str, *, terms: Mapping[str, str] | None = None) -> SafeString:
    """Return `text` as HTML, with the first of each term linked.

    Args:
        text: CommonMark, with tables.
        terms: an address for each whole word to link, such as HV.
    """
    tokens = READER.parse(text)
    left = dict(terms or {})
    for token in tokens:
        dress(token)
        if token.children:
            token.children = list(with_terms(token.children, left))
            for child in token.children:
                dress(child)
    html = READER.renderer.render(tokens, READER.options, {})
    return mark_safe(in_scrolling_regions(html))


def dress(token: Token) -> None:
    """Give a tag the class that our style sheet knows it by."""
    token.tag = HEADINGS.get(token.tag, token.tag)
    name = CLASSES.get(token.tag) or SIZES.get(token.tag)
    if name and token.nesting >= 0 and not token.attrGet("class"):
        token.attrSet("class", name)
    if token.tag == "th" and token.nesting > 0:
        token.attrSet("scope", "col")
    # A cell says its side by a style, which our pages forbid.
    token.attrs.pop("style", None)


def with_terms(children: list[Token], left: dict[str, str]) -> Any:
    """Yield the inline tokens, the first of each term in `left` within a link."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type.startswith("link") else 0
        if child.type == "text" and depth == 0 and left:
            yield from linked(child.content, left)
        else:
            yield child


def linked(words: str, left: dict[str, str]) -> Any:
    """Yield text and links; each term that was linked is taken out of `left`."""
    while left:
        names = "|".join(re.escape(name) for name in sorted(left, key=len)[::-1])
        found = re.search(rf"(?<![\w.])({names})(?![\w])", words)
        if not found:
            break
        yield text_of(words[: found.start()])
        href = left.pop(found[1])
        yield Token("link_open", "a", 1, {"href": href, "class": "dcc-term"})
        yield text_of(found[1])
        yield Token("link_close", "a", -1)
        words = words[found.end() :]
    yield text_of(words)


def text_of(words: str) -> Token:
    return Token("text", "", 0, content=words)


def in_scrolling_regions(html: str) -> str:
    """Let a wide table scroll by itself, also by keyboard."""
    before = '<div class="dcc-scroll" tabindex="0" role="region" aria-label="Table">'
    opened = html.replace("<table", f"{before}<table")
    return opened.replace("</table>", "</table></div>")
