"""Ports of this machine: the one asked for, and free ones."""

import os
import socket

from tools.says import stop

LATEST_PORT = 65535


def port() -> int:
    """Return the port asked for, or stop with words when it cannot be had."""
    asked = os.environ.get("PORT", "8000")
    if not asked.isascii() or not asked.isdigit() or not 0 < int(asked) <= LATEST_PORT:
        stop(f"PORT is '{asked}'. Give a number from 1 to 65535, such as PORT=8000.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(asked)))
        except PermissionError:
            stop(f"You may not use port {asked}. Try: make run PORT=8001")
        except OSError:
            stop(
                f"Port {asked} is busy: another program uses it. "
                "Stop that program, or choose another port: make run PORT=8001"
            )
    return int(asked)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
