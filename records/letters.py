"""Letters in which nothing that somebody typed becomes a link.

Mail programs make links of whatever looks like an address, also in plain text. So each
address that is not ours is written as people who report fraud write it: evil[.]example.
It can still be read, and typed by somebody who wants it.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

WORD = re.compile(r"\S+")
# A dot, also one of those that browsers take for one, before the next part of a name.
DOT = re.compile(r"(?<=[\w\]-])[.\uff0e\u3002\uff61](?=[^\W\d_]{2}|xn--)")
SCHEME = re.compile(
    r"\b(mailto|tel|sms|[a-z][a-z0-9+.-]*(?=://)):(?=\S)", re.IGNORECASE
)
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[a-z0-9.-]+[a-z0-9]", re.IGNORECASE)
AROUND = "()<>,;:.!?\"'“”’"


def is_ours(word: str, site_url: str, addresses: Collection[str]) -> bool:
    """Say whether a word is an address of this site, or one of `addresses`."""
    bare = word.strip(AROUND)
    return bare.lower() in addresses or bare == site_url or is_within(bare, site_url)


def is_within(bare: str, site_url: str) -> bool:
    return bare.startswith(f"{site_url}/") and not re.search(r"[\\@]", bare)


def addresses_in(text: str) -> set[str]:
    """Return the e-mail addresses in a text, in small letters."""
    return {found.lower() for found in ADDRESS.findall(text)}


def without_links(text: str, *, site_url: str, addresses: Collection[str]) -> str:
    """Return a plain text in which only our own addresses are left whole.

    Args:
        addresses: e-mail addresses, in small letters, that may be links.
    """

    def mended(found: re.Match[str]) -> str:
        word = found[0]
        if is_ours(word, site_url, addresses):
            return word
        return SCHEME.sub(r"\1[:]", DOT.sub("[.]", word))

    return WORD.sub(mended, text)


def as_html(text: str, *, site_url: str, addresses: Collection[str]) -> SafeString:
    """Return paragraphs in which our own addresses are links and nothing else is."""

    def linked(found: re.Match[str]) -> str:
        word = found[0]
        if not is_ours(word, site_url, addresses):
            return str(escape(word))
        bare = word.strip(AROUND)
        before, after = word.split(bare, 1)
        href = bare if urlsplit(bare).scheme else f"mailto:{bare}"
        return format_html('{}<a href="{}">{}</a>{}', before, href, bare, after)

    paragraphs = re.split(r"\n{2,}", WORD.sub(linked, text.strip()))
    lines = ("<p>{}</p>".format(one.replace("\n", "<br>\n")) for one in paragraphs)
    return mark_safe("\n\n".join(lines))
