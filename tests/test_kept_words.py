"""What a command keeps is read by both sides, so that it speaks to neither."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = sorted(
    path.relative_to(ROOT)
    for pattern in ("*/commands.py", "*/commands/*.py")
    for path in ROOT.glob(pattern)
    if not path.name.startswith("test_")
)
KEPT = {"what", "why", "description", "reason"}
SPEAKS_TO_SOMEBODY = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)


def kept_in(tree):
    """Yield what is written under a name of something that is kept."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in KEPT:
            yield node.value
        if isinstance(node, ast.Assign):
            names = {one.id for one in node.targets if isinstance(one, ast.Name)}
            if names & KEPT:
                yield node.value


def literals(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


@pytest.mark.parametrize("path", COMMANDS, ids=str)
def test_what_is_kept_speaks_to_neither_side(path):
    tree = ast.parse((ROOT / path).read_text())

    said = [text for node in kept_in(tree) for text in literals(node)]
    assert [text for text in said if SPEAKS_TO_SOMEBODY.search(text)] == []
