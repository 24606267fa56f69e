"""What an uploaded scan really is, found from its content and never from its name.

It is read by `common.inspection`, in a program of its own; nothing of a stranger's file
is opened in the process that calls.
"""

import json
from dataclasses import dataclass

from common.apart import MEGABYTE, MachineTooBusy, Stopped, TookTooLong, run_apart
from common.errors import DomainError

MAX_PAGES = 40
# Readers look for the header in the first kilobyte.
HEADER, HEADER_WITHIN = b"%PDF-", 1024
# Of the processor; an ordinary scan of two pages takes a third of one.
SECONDS, MEGABYTES = 10, 1024
# By the clock, on a machine that does ten other things.
PATIENCE = 120
WAY_OUT = "Print it to PDF, or photograph each page, and upload that."
TOO_MUCH = f"This file takes too long to read. {WAY_OUT}"
BREAKS_READERS = f"This file breaks the program that reads it. {WAY_OUT}"
BUSY = "The portal is too busy to read this file now. Try again in a few minutes."


class NotAScan(DomainError):
    words = "{reason}"


@dataclass(frozen=True)
class Scan:
    content_type: str
    pages: int


def read_scan_apart(
    content: bytes, *, max_megabytes: int, max_pages: int = MAX_PAGES
) -> Scan:
    """Say what `content` is: a PDF, JPEG or PNG that is safe to keep.

    Raises:
        NotAScan: it is anything else, or took too much time or memory, in words that
            say what to upload instead.

    Source: R-2.11-3.
    """
    require_size(content, max_megabytes)
    found = json.loads(inspect(content, max_megabytes, max_pages))
    if "reason" in found:
        raise NotAScan(**found)
    return Scan(**found)


def inspect(content: bytes, max_megabytes: int, max_pages: int) -> bytes:
    try:
        return run_apart(
            "common.inspection",
            str(max_megabytes),
            str(max_pages),
            content=content,
            seconds=SECONDS,
            patience=PATIENCE,
            megabytes=MEGABYTES,
        )
    except TookTooLong as error:
        raise NotAScan(reason=TOO_MUCH) from error
    except MachineTooBusy as error:
        raise NotAScan(reason=BUSY) from error
    except Stopped as error:
        raise NotAScan(reason=BREAKS_READERS) from error


def has_header(content: bytes) -> bool:
    return HEADER in content[:HEADER_WITHIN]


def require_size(content: bytes, max_megabytes: int) -> None:
    if not content:
        raise NotAScan(reason="The file is empty. Scan the document again.")
    if len(content) > max_megabytes * MEGABYTE:
        reason = (
            f"The file is larger than {max_megabytes} MB. Scan it in grey, 150 dpi."
        )
        raise NotAScan(reason=reason)
