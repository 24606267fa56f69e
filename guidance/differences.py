"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text: "same", "gone" or "new"."""

    kind: str
    words: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other, in reading order."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, begin, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[begin:end])))
            continue
        found.append(Piece("gone", "".join(old[begin:end])))
        found.append(Piece("new", "".join(new[first:last])))
    return [piece for piece in found if piece.words]
