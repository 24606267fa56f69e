"""What is ours is marked as ours, wherever people read it."""

import ast
import re
from pathlib import Path

import pytest
from django.template import Context, Template

from common.ours import OWN
from guidance.models import GuidanceVersion

ROOT = Path(__file__).resolve().parent.parent
# How each decision sounds where it is stated to people.
STATED = {
    "T2": r"[Nn]othing is charged before (an|one of your|that) authoriser",
    "T3": r"months at a time|renews for (\{|12|one)|\bMONTHS\" \"month\" %\} at a time",
    "T4": r"(new|a) notice before each",
    "T5": r"runs? from the (day on which the )?notice|[Ff]rom the day that notice",
    "T6": r"(cancel|yours)\w* until the end of (its|the) period",
    "T7": r"[Ww]ithdraw(ing)?( it| the request| an order)?(</a>)? (is )?free of charge",
    "T8": r"not yet (commit|the full cost)|authoris\w+ the survey alone|"
    r"no cancellation charge",
    "T9": r"updated_quote_(days|open)|UPDATED_QUOTE_OPEN_DAYS",
    "T10": r"moves? free of charge|until the end of \{\} that is free of charge",
    "T11": r"visit that replaces|moving it now costs a new visit",
    "T12": r"(period|contract) (begins|starts) on (the|that) day",
    "T13": r"nothing is paid back",
    "T15": r"never changes (LV|the type)",
    "T17": r"one primary connection and at most one secondary",
    "T20": r"counted from the day after acceptance",
    "T25": r"DCC Operations (decides|to decide)",
    "T27": r"not when (DCC has|it was) checked|however long the check takes",
    "T29": r"(received the quotation when|reached the mail server)",
    "T30": r"[Nn]o minimum period",
    "T31": r"estimate from a check of the line",
    "T33": r"survey shows that LV cannot",
    "T34": r"common point is found",
    "T35": r"DCC closes the request|is closed (\{\{ close_after \}\}|after \{)",
}
MARK = re.compile(r"our (own )?(rule|reading)s?\b|is ours", re.IGNORECASE)
# How far below what it marks a rule may stand, in characters.
REACH = 5000
# What is signed decides: there they stand as terms of the quotation itself.
TERMS = "documents/quotation"
APPS = [
    "billing",
    "connections",
    "dccportal",
    "orders",
    "planner",
    "quotes",
    "sites",
    "parties",
]


def found_in(text):
    """Return each decision that a text states, and where it does."""
    return [
        (each, match.start())
        for each, words in STATED.items()
        for match in re.finditer(words, text)
    ]


def unmarked_page(source):
    """Return what a page states without its mark: the next `rule`, or words before."""
    missing = []
    for each, at in found_in(source):
        rules = re.findall(r"\{% rule ([^%]*)%\}", source[at : at + REACH])
        own = any(f'"{each}"' in rule for rule in rules)
        near = source[max(0, at - 400) : at + 400]
        if not own and not MARK.search(near):
            missing.append(each)
    return missing


def unmarked_blocks(text):
    """Return what a text or letter states in a paragraph, or list, without its mark."""
    blocks = text.split("\n\n")
    missing = []
    for before, block in zip(["", *blocks], blocks, strict=False):
        lead = before if block.lstrip().startswith(("- ", "1. ")) else ""
        marked = MARK.search(f"{lead} {block}")
        missing += [] if marked else [each for each, _ in found_in(block)]
    return missing


def test_every_decision_that_pages_mark_is_known_by_its_words():
    assert STATED.keys() == OWN.keys()


def test_a_page_names_what_is_ours_beside_what_is_the_guidances():
    source = '{% load parts %}{% rule "3.6" "T9" "T8" %}'

    words = re.sub("<[^>]+>", "", Template(source).render(Context({})))

    assert words == (
        "From the guidance, section 3.6. "
        "Our rule: the time for accepting an updated quotation. "
        "Our reading: an indicative quotation commits to the survey alone"
    )


def test_no_page_states_a_decision_of_ours_as_if_it_were_the_guidances():
    pages = [p for p in (ROOT / "templates").rglob("*.html") if TERMS not in str(p)]
    found = {p.relative_to(ROOT): unmarked_page(p.read_text()) for p in pages}

    assert {str(page): missing for page, missing in found.items() if missing} == {}


def test_no_letter_states_a_decision_of_ours_as_if_it_were_the_guidances():
    letters = (ROOT / "templates/emails").rglob("body.txt")
    found = {p.parent.name: unmarked_blocks(p.read_text()) for p in letters}

    assert {letter: missing for letter, missing in found.items() if missing} == {}


@pytest.mark.django_db
def test_the_guidance_in_our_words_marks_what_is_ours():
    version = GuidanceVersion.objects.get(number="1.0")
    found = {page.section: unmarked_blocks(page.body) for page in version.pages.all()}
    found |= {q.question: unmarked_blocks(q.answer) for q in version.questions.all()}

    assert {section: missing for section, missing in found.items() if missing} == {}


@pytest.mark.django_db
def test_the_guidance_says_that_the_quotation_decides(client):
    for address in ("/guidance/", "/guidance/2.10/", "/guidance/questions/"):
        assert "your quotation decides" in client.get(address).content.decode()


def is_saying(node):
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text and " " in node.value


def sayings(path):
    """Return the words in a module that people read: no docstrings, no lone names."""
    tree = ast.parse(path.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "{}"
                for part in node.values
            )
        elif is_saying(node) and id(node) not in docs:
            yield node.value


def test_no_band_finding_or_refusal_states_a_decision_of_ours_unmarked():
    missing = set()
    for path in (p for app in APPS for p in (ROOT / app).rglob("*.py")):
        if "migrations" in path.parts or "demo" in path.parts:
            continue
        source = path.read_text()
        for words in sayings(path):
            for each, _ in found_in(words):
                if not MARK.search(words) and f'{each}"' not in source:
                    missing.add((str(path.relative_to(ROOT)), each, words[:90]))

    assert sorted(missing) == []
