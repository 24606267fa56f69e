"""Nothing that somebody typed is a link in a letter of ours."""

import re

import pytest

from records.letters import as_html, without_links

OURS = {
    "site_url": "https://portal.example",
    "addresses": {"desk@dcc.example", "priya@brightmoor.example"},
}
TYPED = [
    ("evil.example/x", "evil[.]example/x"),
    ("http://evil.example/x", "http[:]//evil[.]example/x"),
    ("HTTPS://localhost/x", "HTTPS[:]//localhost/x"),
    ("www.evil.example", "www[.]evil[.]example"),
    ("mailto:a@evil.example", "mailto[:]a@evil[.]example"),
    ("tel:0123", "tel[:]0123"),
    ("http://192.0.2.1/x", "http[:]//192.0.2.1/x"),
    ("https://portal.example.evil.example/", None),
    ("https://portal.example@evil.example/", None),
    ("https://portal.example/@evil.example", None),
    ("a@evil.example", "a@evil[.]example"),
    ("(see evil.example)", "(see evil[.]example)"),
    ("evil\uff0eexample", "evil[.]example"),
]


@pytest.mark.parametrize(("typed", "written"), TYPED)
def test_what_was_typed_can_be_read_but_not_followed(typed, written):
    plain = without_links(typed, **OURS)

    assert plain == written or written is None
    assert not re.search(r"://|\w\.[a-z]{2}", plain.replace(OURS["site_url"], ""))
    assert "<a" not in as_html(plain, **OURS)


@pytest.mark.parametrize(
    "own",
    [
        "https://portal.example/orders/ORD-1042/",
        "https://portal.example",
        "desk@dcc.example.",
        "Priya@brightmoor.example,",
    ],
)
def test_our_own_addresses_are_links(own):
    assert without_links(f"See {own}", **OURS) == f"See {own}"
    assert as_html(f"See {own}", **OURS).count("<a href=") == 1


@pytest.mark.parametrize(
    "words",
    ["guidance, section 2.11", "£3,000.00 a year", "at 10.30 or 10:30", "Site: Derby."],
)
def test_ordinary_words_are_left_alone(words):
    assert without_links(words, **OURS) == words


def test_what_was_typed_is_no_html_either():
    html = as_html("Snow <b>&</b>\nnext line\n\nnext paragraph", **OURS)

    assert html == (
        "<p>Snow &lt;b&gt;&amp;&lt;/b&gt;<br>\nnext line</p>\n\n<p>next paragraph</p>"
    )
