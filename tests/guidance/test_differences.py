from hypothesis import given
from hypothesis import strategies as st

from guidance.differences import Piece, differences

TEXTS = st.text(alphabet="ab \n", max_size=40)


def test_what_went_and_what_came_stand_in_reading_order():
    assert differences("one month to cancel", "two months to cancel") == [
        Piece("gone", "one"),
        Piece("new", "two"),
        Piece("same", " "),
        Piece("gone", "month"),
        Piece("new", "months"),
        Piece("same", " to cancel"),
    ]


def test_the_same_text_has_one_piece():
    assert differences("a b", "a b") == [Piece("same", "a b")]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = differences(before, after)

    assert "".join(p.words for p in pieces if p.kind != "new") == before
    assert "".join(p.words for p in pieces if p.kind != "gone") == after
