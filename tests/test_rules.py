"""The index of requirements says what code and tests say."""

import ast

from tools import rules

CODE = '''
def lapses_at(issued_on):
    """Return an instant.

    Source: R-2.11-1,
    T8.
    """
'''
TESTS = """
pytestmark = pytest.mark.guidance("R-1-1")

@pytest.mark.guidance("R-2.11-1", "T8")
def test_it_lapses(): ...
"""


def test_the_index_and_the_code_agree():
    assert rules.INDEX.read_text() == rules.current(), "run `make rules`"


def test_every_cited_requirement_is_stated_in_words():
    assert rules.unknown() == set()


def test_each_requirement_is_stated_once_in_a_sentence_and_indexed_or_unproven():
    stated, page = rules.known(), rules.INDEX.read_text()
    lines = [
        line
        for line in rules.REQUIREMENTS.read_text().splitlines()
        if line.startswith("- **")
    ]
    table, _, unproven = page.partition("## Unproven")
    indexed = {row.split("|")[1].strip() for row in table.splitlines() if "| `" in row}

    assert len(lines) == len(stated) == len(set(stated))
    assert set(stated) == indexed | set(rules.RULE.findall(unproven))


def test_code_cites_in_its_docstring():
    cited = set(rules.cited_by_code(ast.parse(CODE)))

    assert cited == {("R-2.11-1", "lapses_at"), ("T8", "lapses_at")}


def test_a_docstring_of_one_line_cites_too():
    code = 'def up(figure):\n    """Round it up. Source: R-2.8-5, T14."""'

    assert {rule for rule, _ in rules.cited_by_code(ast.parse(code))} == {
        "R-2.8-5",
        "T14",
    }


def test_a_mark_counts_for_its_test_and_a_module_mark_for_all():
    cited = set(rules.cited_by_tests(ast.parse(TESTS)))

    assert cited == {
        ("R-1-1", ""),
        ("R-2.11-1", "test_it_lapses"),
        ("T8", "test_it_lapses"),
    }


def test_a_requirement_without_a_test_is_listed_as_unproven():
    page = rules.index({"R-1-1": {"orders.states.State"}}, {})

    assert "| R-1-1 | `orders.states.State` |  |" in page
    assert f"Unproven: {len(rules.known())} of" in page
