"""`make assets` ends here: note what style sheet and script were built from.

A new machine tests the portal without npm, so nothing is built there. A test compares
this list instead: a source that was changed and not built, or a built file that was
changed by hand, is found.
"""

import hashlib
from pathlib import Path

from tools.paths import ROOT

LIST = ROOT / "frontend" / "built.sha256"
BUILT = ("static/css/portal.css", "static/js/portal.js")
SOURCES = ("frontend/package.json", "frontend/scss/*.scss", "frontend/js/*.js")


def files(root: Path) -> list[Path]:
    """Return the sources, then what is built from them."""
    found = [path for kind in (*SOURCES, *BUILT) for path in sorted(root.glob(kind))]
    return [path for path in found if path.is_file()]


def listed(root: Path = ROOT) -> str:
    """Return the list of the files as they are now, as sha256sum writes and reads it.

    Line ends count as one character, so that a checkout on Windows is the same.
    """
    lines = []
    for path in files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest = hashlib.sha256(content).hexdigest()
        lines.append(f"{digest}  {path.relative_to(root).as_posix()}\n")
    return "".join(lines)


def main() -> None:
    LIST.write_text(listed(), encoding="utf-8")


if __name__ == "__main__":
    main()
