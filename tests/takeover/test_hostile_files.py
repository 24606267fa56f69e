"""Files as people really save them: what is wrong is named, and nothing is guessed."""

import pytest

from tests.takeover.files import PERSON, handed_in, table

HEADS = "Reference,Name,Standing,Standing from,Address\n"
GOOD = "SEC-1,Moor Light,SEC Party,2015-01-26,2 Dyke Road\n"


def faults(text, operator, kind="parties"):
    return [tuple(fault) for fault in handed_in(kind, text, operator).faults]


WHOLE = {
    HEADS.replace(",", ";") + GOOD.replace(",", ";"): "has semicolons between",
    HEADS.replace(",", "\t") + GOOD.replace(",", "\t"): "has tabs between",
    HEADS + 'SEC-1,"Moor Light,SEC Party,2015-01-26,\n': "From line 2 on",
    HEADS.replace("Standing from", "Standing form") + GOOD: "“Standing from” may be",
    HEADS.replace("Address", "NAME") + GOOD: "The column “Name” is there twice.",
    "\n" + HEADS + GOOD: "Missing: Reference, Name.",
    HEADS + "\n\n , ,\n": "has no Party below its first line",
    HEADS + GOOD * 20_001: "has 20,001 lines below its first",
}


@pytest.mark.parametrize("text", WHOLE, ids=WHOLE.values())
def test_a_file_that_is_no_such_table_says_what_it_is(operator, text):
    ((number, _, why),) = faults(text, operator)

    assert number == 1
    assert WHOLE[text] in why


LINES = {
    "SEC-1,Moor,SEC Party,2015-01-26,2 Dyke Road, Ely\n": (
        "After the last column",
        "“Ely” stands where the first line names no column",
    ),
    "SEC-1,Moor,SEC Party,31/02/2027,\n": ("Standing from", "“31/02/2027” is no day"),
    ",Moor,SEC Party,2015-01-26,\n": ("Reference", "it is empty"),
}


@pytest.mark.parametrize("line", LINES)
def test_what_is_wrong_with_a_line_is_named_by_line_and_column(operator, line):
    ((number, column, why),) = faults(HEADS + "\n" + line, operator)

    # An empty line counts, as it does in a spreadsheet.
    assert (number, column) == (3, LINES[line][0])
    assert LINES[line][1] in why


def test_the_second_of_two_alike_is_named_though_the_first_is_faulty(operator):
    first = "SEC-1,Moor Light,SEC Party,soon,\n"
    same = "sec-1,Fen Light,SEC Party,2015-01-26,\n"

    assert faults(HEADS + first + same + same, operator) == [
        (2, "Standing from", "“soon” is no day, such as 2026-03-05."),
        (3, "Reference", "line 2 is this Party already."),
        (4, "Reference", "line 2 is this Party already."),
    ]


def test_a_mark_in_front_other_line_ends_and_a_formula_do_no_harm(operator):
    text = "\ufeff" + HEADS + "SEC-1,=1+1,SEC Party,2015-01-26,'+44 1632\n"
    row = handed_in("parties", text.replace("\n", "\r"), operator)

    assert (row.new, row.faults) == (1, [])


@pytest.mark.usefixtures("register_taken_over")
def test_a_line_that_is_too_wide_is_not_known_as_it_was_taken_over(operator):
    text = table("people", PERSON).rstrip("\r\n") + ",spare\r\n"

    ((number, column, _),) = faults(text, operator, "people")
    assert (number, column) == (2, "After the last column")
