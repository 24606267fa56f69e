"""The table of breakages: tests/mutants/*.toml, one file an app, one row a breakage."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.paths import ROOT

TABLES = ROOT / "tests" / "mutants"
RACE = "race"


@dataclass(frozen=True)
class Breakage:
    """One rule broken: in `file`, `text` becomes `replacement`, and `tests` fail."""

    number: int
    file: str
    text: str
    replacement: str
    tests: str
    needs_row_locks: bool

    def __str__(self) -> str:
        before, after = (" ".join(words.split()) for words in self.change)
        return f"{self.number:3} {self.file}: {before} → {after or 'nothing'}"

    @property
    def change(self) -> tuple[str, str]:
        return self.text, self.replacement

    def broken(self, source: str) -> str:
        """Return the source of the file with the rule broken.

        Raises:
            ValueError: the text stands there never or twice.
        """
        times = source.count(self.text)
        if times != 1:
            raise ValueError(
                f"{self}: the text stands there {times} times. Write its row in "
                "tests/mutants/ as the code is now."
            )
        return source.replace(self.text, self.replacement)


def all_breakages(folder: Path = TABLES) -> list[Breakage]:
    """Return every row of the table, numbered from 1."""
    rows = [row for table in sorted(folder.glob("*.toml")) for row in rows_of(table)]
    return [Breakage(number, *row) for number, row in enumerate(rows, start=1)]


def rows_of(table: Path) -> Iterator[tuple[str, str, str, str, bool]]:
    for file, section in tomllib.loads(table.read_text()).items():
        for text, replacement, *more in section["rows"]:
            named = [word for word in more if word != RACE]
            tests = named[0] if named else section["tests"]
            yield file, text, replacement, tests, RACE in more


def chosen(rows: list[Breakage], only: str) -> list[Breakage]:
    """Return the rows that `only` asks for.

    Args:
        only: part of a file's path, such as "quotes"; numbers, such as "7" or "1-20";
            or nothing, for all.
    """
    first, _, last = only.partition("-")
    if first.isdigit():
        numbers = range(int(first), int(last or first) + 1)
        return [row for row in rows if row.number in numbers]
    return [row for row in rows if only in row.file]
