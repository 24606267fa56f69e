"""`make rules`: requirement → code → tests, and what is still unproven.

Code cites a requirement in a docstring ("Source: R-2.11-1, T8."), a test by
`@pytest.mark.guidance("R-2.11-1")`. docs/requirements.md says what each id means.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.paths import ROOT

INDEX = ROOT / "docs" / "rules.md"
REQUIREMENTS = ROOT / "docs" / "requirements.md"
CITATION = re.compile(r"\bSource: (.+?)\.$", re.MULTILINE | re.DOTALL)
RULE = re.compile(r"\b(?:R-\d+(?:\.\d+)*-\d+|T\d+)\b")
STATED = re.compile(rf"^- \*\*({RULE.pattern})\*\* .+\.$", re.MULTILINE)
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
TITLE = """# Requirement → code → tests

Written by `make rules`; a test holds it true.
[requirements.md](requirements.md) says what each id asks for.
"""

Citations = dict[str, set[str]]


def known() -> list[str]:
    """Return all ids in the order of docs/requirements.md."""
    return STATED.findall(REQUIREMENTS.read_text())


def modules(root: Path, *, tests: bool) -> Iterator[tuple[str, ast.Module]]:
    """Yield each module of the portal, or of its tests, by its dotted name."""
    folders = [root / "tests"] if tests else apps(root)
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(root).with_suffix("")
            yield ".".join(inside.parts), ast.parse(path.read_text())


def apps(root: Path) -> list[Path]:
    packages = {path.parent for path in root.glob("*/__init__.py")}
    return sorted(packages - {root / "tests", root / "tools"})


def cited_by_code(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield each id that a docstring cites, with the name of what bears it."""
    for node in ast.walk(tree):
        if isinstance(node, (*NAMED, ast.Module)):
            text = " ".join(CITATION.findall(ast.get_docstring(node) or ""))
            for rule in RULE.findall(text):
                yield rule, getattr(node, "name", "")


def marks_of(node: ast.AST) -> Iterator[str]:
    """Yield the ids of every `guidance(...)` mark at or under `node`."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".guidance"):
            for argument in call.args:
                yield str(ast.literal_eval(argument))


def cited_by_tests(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield each id that a mark bears, with the name of the test, or "" for all."""
    for node in ast.walk(tree):
        if isinstance(node, NAMED):
            for decorator in node.decorator_list:
                yield from ((rule, node.name) for rule in marks_of(decorator))
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from ((rule, "") for rule in marks_of(statement))


def citations(root: Path, *, tests: bool) -> Citations:
    """Return where each id is cited: `app.module.function`."""
    found: Citations = defaultdict(set)
    read = cited_by_tests if tests else cited_by_code
    for module, tree in modules(root, tests=tests):
        for rule, name in read(tree):
            found[rule].add(f"{module}.{name}".rstrip("."))
    return found


def cell(places: Iterable[str]) -> str:
    return "<br>".join(f"`{place}`" for place in sorted(places))


def index(code: Citations, tests: Citations) -> str:
    """Return the index as a page of Markdown."""
    ids = known()
    rows = [
        f"| {rule} | {cell(code.get(rule, ()))} | {cell(tests.get(rule, ()))} |"
        for rule in ids
        if rule in code or rule in tests
    ]
    unproven = [rule for rule in ids if rule not in tests]
    table = ["| requirement | code | tests |", "| --- | --- | --- |", *rows]
    count = f"## Unproven: {len(unproven)} of {len(ids)}"
    return "\n".join([TITLE, *table, "", count, "", ", ".join(unproven), ""])


def current() -> str:
    """Return the index as the code and the tests now have it."""
    return index(citations(ROOT, tests=False), citations(ROOT, tests=True))


def unknown() -> set[str]:
    """Return ids that code or tests cite and docs/requirements.md does not have."""
    cited = citations(ROOT, tests=False) | citations(ROOT, tests=True)
    return set(cited) - set(known())


def main() -> None:
    INDEX.write_text(current())
    print(INDEX.read_text(), end="")
    if unknown():
        sys.exit(f"✗ docs/requirements.md has no {', '.join(sorted(unknown()))}.")


if __name__ == "__main__":
    main()
