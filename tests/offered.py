"""What a page offers: its links, and where its forms go."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

LINKS = {"a": "href", "img": "src", "form": "action", "iframe": "src"}
ELSEWHERE = ("http:", "https:", "mailto:", "tel:", "data:", "#")


class Offers(HTMLParser):
    """Collects the addresses of one page, without those of other sites."""

    def __init__(self, page, address):
        super().__init__()
        self.address, self.found = address, set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        for to in (held.get(LINKS.get(tag, "")), held.get("formaction")):
            if to and not to.startswith(ELSEWHERE):
                self.found.add(urljoin(self.address, to).partition("#")[0])


def offers_of(response, address):
    """Return the addresses that an answer leads to."""
    if location := response.headers.get("Location"):
        return {urljoin(address, location).partition("#")[0]}
    if "html" not in response.headers.get("Content-Type", ""):
        return set()
    return Offers(response.content.decode(), address).found


def likeness(address):
    """Return what makes an address worth a visit of its own.

    A list that is sorted or filtered in another way is the same page: its path and the
    names of what is asked are enough.
    """
    parts = urlsplit(address)
    return parts.path, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
