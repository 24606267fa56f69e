"""Asks a clamd whether a file has a virus, where one is set up."""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

from common.errors import DomainError

CHUNK = 64 * 1024
SECONDS = 30
PORT = 3310
LONGEST_ANSWER = 4096
NOT_SCANNED, CLEAN = "not_scanned", "clean"


class VirusFound(DomainError):
    words = (
        "The virus scanner found {name} in this file, so it was not kept. Scan the "
        "paper again on another machine."
    )


class ScannerAway(DomainError):
    words = (
        "The virus scanner does not answer, so the file was not taken. Try again in a "
        "few minutes, or e-mail the file to {desk}: it counts from when the e-mail "
        "arrives."
    )


def check_for_viruses(content: bytes) -> str:
    """Return "clean", or "not_scanned" where no scanner is set up.

    Speaks clamd's INSTREAM to CLAMD_ADDRESS, such as tcp://127.0.0.1:3310 or
    unix:/run/clamav/clamd.ctl.

    Raises:
        VirusFound: the file is not to be kept.
        ScannerAway: nothing is known of it, so it is not kept either.
    """
    if not settings.CLAMD_ADDRESS:
        return NOT_SCANNED
    try:
        answer = ask(content)
    except OSError as error:
        raise ScannerAway(desk=settings.SERVICE_DESK_EMAIL) from error
    words = answer.rstrip("\0\n ").removeprefix("stream: ")
    if words.endswith(" FOUND"):
        raise VirusFound(name=words.removesuffix(" FOUND"))
    if words != "OK":
        raise ScannerAway(desk=settings.SERVICE_DESK_EMAIL)
    return CLEAN


def ask(content: bytes) -> str:
    with connected() as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            clamd.sendall(struct.pack("!I", len(part)) + part)
        clamd.sendall(struct.pack("!I", 0))
        return answer_of(clamd).decode("ascii", "replace")


def answer_of(clamd: socket.socket) -> bytes:
    answer = b""
    while len(answer) < LONGEST_ANSWER and not answer.endswith(b"\0"):
        part = clamd.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer


def connected() -> socket.socket:
    address = urlsplit(settings.CLAMD_ADDRESS)
    if address.scheme != "unix":
        place = (address.hostname or "127.0.0.1", address.port or PORT)
        return socket.create_connection(place, SECONDS)
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    clamd.settimeout(SECONDS)
    try:
        clamd.connect(address.path)
    except OSError:
        clamd.close()
        raise
    return clamd
