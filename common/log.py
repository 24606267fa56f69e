"""What a line of the log may not hold: an address that signs its reader in."""

import re
from collections.abc import MutableMapping
from typing import Any

# The last part of these addresses is as good as a password until it is used.
KEYED = re.compile(r"(/password/|/account/e-mail/)[^/\s\"']*[-:][^/\s\"']*")


def without_keys(
    logger: Any,
    name: str,
    line: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Return a line with the keys of mailed links left out."""
    for word, said in line.items():
        if isinstance(said, str):
            line[word] = KEYED.sub(r"\1(key)", said)
    return line
