"""Whose rows are shown to whom is said once, and each kind says what differs."""

import ast
from pathlib import Path

from django.conf import settings

# Who say for themselves, and why no Party's rule is theirs.
THEIR_OWN = {
    # The rule itself, and pictures that two files of one Party may share.
    "OfPartyQuerySet",
    "PagePictureQuerySet",
    # A supplier has no Party, and reads of itself.
    "PeopleQuerySet",
    # Nobody's but DCC's; everybody's once it is published; whoever has the address's.
    "DeskOnlyQuerySet",
    "OfVersionQuerySet",
    "PlanQuerySet",
}


def test_no_other_rows_say_by_themselves_who_sees_them():
    said = {
        node.name
        for path in Path(settings.BASE_DIR).glob("*/querysets.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name == "visible_to"
    }

    assert said == THEIR_OWN
