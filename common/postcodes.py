"""UK postcodes as people write them, kept in capitals with one space."""

import re

# Area and district, then sector and unit: DE21 7QX, EC1A 1BB, M1 1AE.
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
NO_POSTCODE = "Enter a full UK postcode, like DE21 7QX"


def read_postcode(text: str) -> str:
    """Return a postcode as it is kept: "DE21 7QX". The only check of its form.

    Raises:
        ValueError: it is no full UK postcode.
    """
    parts = POSTCODE.fullmatch("".join(text.upper().split()))
    if parts is None:
        raise ValueError(f"{text!r} is no UK postcode.")
    return " ".join(parts.groups())
