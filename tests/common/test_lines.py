"""One form of a line: what looks the same is the same, and nothing unseen is kept."""

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.lines import is_seen, look, one_line, paragraphs, same_address

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.text(
    st.characters(categories=["Lu", "Ll", "Mn", "Nd", "Pd"], max_codepoint=0x2FFF),
    max_size=20,
)
UNSEEN = st.sampled_from("\u200b\u200d\u200e\u202e\u2066\ufeff\u00ad\x00\x07\ufe0f")
SPACES = st.sampled_from([" ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u2009", "\u2028"])


@given(ANYTHING)
def test_a_line_is_kept_in_one_form(text):
    line = one_line(text)

    assert one_line(line) == line
    assert line == normalize("NFC", line)
    assert line == " ".join(line.split())
    assert not [sign for sign in line if category(sign) in {"Cc", "Cf", "Zl", "Zp"}]


@given(ANYTHING)
def test_a_longer_text_keeps_its_lines_and_nothing_unseen(text):
    kept = paragraphs(text)

    assert paragraphs(kept) == kept
    assert not [
        sign for sign in kept if category(sign) in {"Cc", "Cf"} and sign not in "\n\t"
    ]


@given(st.lists(NAMES, min_size=1, max_size=4), st.data())
def test_what_differs_only_in_spaces_and_unseen_signs_is_one_value(words, data):
    shown = " ".join(words)
    typed = data.draw(UNSEEN).join(["", *words]) if len(words) == 1 else shown
    for word in words[:-1]:
        space = data.draw(SPACES) + data.draw(UNSEEN)
        typed = typed.replace(f"{word} ", f"{word}{space}", 1)
    typed = normalize("NFD", typed)

    assert one_line(typed) == one_line(shown)


@given(ANYTHING)
def test_a_look_is_what_it_looks_like(text):
    assert look(look(text)) == look(text)
    assert look(one_line(text)) == look(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thornby Park", "thornby  PARK"),
        ("Thornby Park", "Thornby\u200b Park"),
        ("Ty\u0302", "T\u0177"),
        ("St Mary's", "St Mary’s"),
        ("PO-1", "po–1"),  # noqa: RUF001  another dash
        ("PO-1", "PO\u22121"),
        ("Leeds", "\uff2ceeds"),
        ("Cope", "С\u043e\u0440\u0435"),  # noqa: RUF001  Cyrillic letters
    ],
)
def test_two_of_one_look_are_the_same(one, other):
    assert look(one) == look(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PO-10", "PO-1O"),
        ("Ŵern", "Wern"),
        ("Hut 1", "Hut 2"),
        ("D'Arcy", "Darcy"),
    ],
)
def test_two_that_look_different_stay_two(one, other):
    assert look(one) != look(other)


@pytest.mark.parametrize(
    "name", ["Siân Ŵyn", "Ġorġ Ħal", "Łukasz", "O’Brien-Smith", "D'Arcy", "Nguyễn"]
)
def test_every_letter_of_a_name_stays(name):
    assert one_line(f" {name}\n") == name


def test_a_line_break_is_one_character_in_a_longer_text():
    assert (
        paragraphs("One\r\nTwo\rThree\u202e\u2028Four\x07 ") == "One\nTwo\nThree\nFour"
    )


def test_an_address_is_compared_in_small_letters():
    assert same_address(" Sue@North\u200bgate.Example\n") == "sue@northgate.example"


def test_a_plain_line_is_left_alone():
    assert one_line("Floor 2, cage 4") == "Floor 2, cage 4"
    assert is_seen("ŵ")
