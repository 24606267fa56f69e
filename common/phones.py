"""Phone numbers as people write them, with an extension if there is one."""

import re
from unicodedata import category

from common.lines import MINUS, one_line

NUMBER = re.compile(
    r"(?P<number>\+?[\d ()./-]*\d)"
    r"(?:[ ,;]*(?:ext(?:ension)?|extn|x|#)[ .:]*(?P<extension>\d{1,6}))?",
    re.ASCII | re.IGNORECASE,
)
DIGITS = range(7, 16)


def read_phone(text: str) -> str:
    """Return a phone number as it is kept: "020 7946 0000 ext. 12".

    The spaces and brackets between its figures stay as they were typed.

    Raises:
        ValueError: it is none that can be called from anywhere.
    """
    signs = one_line(text)
    plain = "".join("-" if s == MINUS or category(s) == "Pd" else s for s in signs)
    found = NUMBER.fullmatch(plain)
    if found is None or sum(map(str.isdigit, found["number"])) not in DIGITS:
        raise ValueError(f"{plain!r} is no phone number.")
    extension = found["extension"]
    number = found["number"].strip()
    return f"{number} ext. {extension}" if extension else number
