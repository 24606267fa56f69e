"""What the environment says: read, trimmed, and refused when nobody could work with it.

A refusal is one line on standard error that names the variable, what it is now (never
a secret) and what it should be. Every program reads its settings through here, so web,
worker, timer and commands all stop in the same way and at the same moment.
"""

import os
import re
import sys
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

from django.core.management.utils import get_random_secret_key
from environ import Env

TRUE = {"true", "yes", "on", "1"}
FALSE = {"false", "no", "off", "0"}
LONGEST_SHOWN = 100
# Django asks for as much of a secret that signs sessions and links.
SHORTEST_SECRET, FEWEST_LETTERS = 50, 10
PLACEHOLDERS = ("django-insecure-", "only-for-tests", "changeme", "change-me")
A_HOST = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Nothing that could end a link, or the line that it stands on.
A_PATH = re.compile(r"[a-z0-9:/.?=&%_~+-]+", re.IGNORECASE)
AN_ADDRESS = re.compile(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
A_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,200}")
A_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
A_NUMBER = re.compile(r"[A-Z0-9 ]{1,20}")
A_PERCENTAGE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
A_PHONE = re.compile(r"\+?[0-9 ()-]{3,30}( ?(x|ext\.?) ?[0-9]{1,6})?")
AN_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE
)
SENDER = re.compile(r"[^<>@\r\n]+<(?P<address>[^<>\s]+)>")
POSTGRESQL = ("postgres", "postgresql")
MAIL_SERVERS = ("smtp", "smtp+tls", "smtp+ssl", "smtps")
MAIL_OF_A_TRIAL = ("dummymail", "consolemail", "filemail", "memorymail")
# gunicorn tries for ever to replace a worker that dies, but for one that ends so.
CANNOT_START = 3


def refuse(words: str) -> NoReturn:
    """Stop the program with one line, without a traceback."""
    sys.stderr.write(f"{' '.join(words.split())}\n")
    raise SystemExit(CANNOT_START)


def wrong(name: str, value: str, wanted: str) -> NoReturn:
    """Stop, showing `value`. Of addresses with passwords, show `without_password`."""
    short = " ".join(value.split())[:LONGEST_SHOWN]
    shown = short if re.fullmatch(r"-?\d+", short) else f"'{short}'"
    refuse(f"{name} is {shown}. {wanted}")


def text(name: str, *, default: str = "") -> str:
    """Return what is set as `name`, trimmed; an empty variable is one not set."""
    return os.environ.get(name, "").strip() or default


def choice(name: str, *, default: str, among: Collection[str]) -> str:
    value = text(name, default=default)
    if value not in among:
        *most, last = (f"'{one}'" for one in among)
        wrong(name, value, f"Say {', '.join(most)} or {last}.")
    return value


DEPLOYMENT = choice("DEPLOYMENT", default="trial", among=("trial", "production"))
PRODUCTION = DEPLOYMENT == "production"


def required(name: str) -> str:
    """Return the setting `name`, which production cannot do without."""
    value = text(name)
    if not value and PRODUCTION:
        refuse(f"Set {name} in the environment: production does not start without it.")
    return value


def matching(name: str, pattern: re.Pattern[str], wanted: str, *, default: str) -> str:
    """Return what is set as `name`, once the whole of it fits `pattern`."""
    value = text(name, default=default)
    if value and not pattern.fullmatch(value):
        wrong(name, value, wanted)
    return value


def title(name: str, *, default: str) -> str:
    """Return a name that fits on one line of a page."""
    wanted = "Give a name of one line and at most 60 letters."
    return matching(name, re.compile(r"[^\x00-\x1f<>]{1,60}"), wanted, default=default)


def address(name: str) -> str:
    """Return an address whose parts have commas between; nothing where none is set."""
    wanted = "Give an address on one line, such as 1 High Street, London EC97 1AA."
    return matching(name, re.compile(r"[^\x00-\x1f<>]{1,200}"), wanted, default="")


def listed(name: str) -> list[str]:
    """Return the items set as `name`, parted by commas, trimmed, without empty ones."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def yes_or_no(name: str, *, default: bool) -> bool:
    value = text(name, default=str(default)).lower()
    if value not in TRUE | FALSE:
        wrong(name, value, "Say 'true' or 'false'.")
    return value in TRUE


def whole(name: str, *, default: int, least: int = 1, most: int, step: int = 1) -> int:
    """Return the whole number set as `name`, once it is one that can be worked with."""
    value = text(name, default=str(default))
    number = number_in(value)
    if number is None or not least <= number <= most or number % step:
        steps = f", in steps of {step}" if step > 1 else ""
        wrong(name, value, f"Set a whole number from {least} to {most}{steps}.")
    return number


def wholes(name: str, *, default: list[int], least: int = 1, most: int) -> list[int]:
    """Return the whole numbers set as `name`, parted by commas, in order and once."""
    numbers = [number_in(item) for item in listed(name)]
    if any(number is None or not least <= number <= most for number in numbers):
        wanted = f"Set whole numbers from {least} to {most}, with commas between."
        wrong(name, text(name), wanted)
    return sorted({number for number in numbers if number is not None}) or default


def percent(name: str, *, default: str) -> Decimal:
    """Return the percentage set as `name`, from 0 to 100 with two decimals at most."""
    wanted = "Set a percentage from 0 to 100, such as 8 or 11.75."
    value = matching(name, A_PERCENTAGE, wanted, default=default)
    if Decimal(value) > 100:  # noqa: PLR2004  a hundred percent
        wrong(name, value, wanted)
    return Decimal(value)


def number_in(value: str) -> int | None:
    return int(value) if re.fullmatch(r"[+-]?[0-9]{1,9}", value) else None


def days(name: str, *, among: Collection[str]) -> dict[str, date]:
    """Return the days set as `name`: pairs of one `among` and a day."""
    pairs = [[part.strip() for part in item.split("=")] for item in listed(name)]
    try:
        found = {key: date.fromisoformat(day) for key, day in pairs}
    except ValueError:
        found = {"": date.min}
    if not found.keys() <= set(among):
        kinds = ", ".join(among)
        wanted = f"Write pairs such as {min(among)}=2015-03-02, of {kinds}."
        wrong(name, text(name), wanted)
    return found


def email(name: str, *, default: str) -> str:
    value = text(name, default=default)
    if not AN_EMAIL.fullmatch(value):
        wrong(name, value, "Set an e-mail address, such as desk@portal.example.")
    return value


def sender(name: str, *, default: str) -> str:
    """Return who e-mails come from: an address, or a name and an address."""
    value = text(name, default=default)
    named = SENDER.fullmatch(value)
    if not AN_EMAIL.fullmatch(named["address"] if named else value):
        wanted = "Set an e-mail address, or: DCC Connections <desk@portal.example>."
        wrong(name, value, wanted)
    return value


def log_level() -> str:
    """Return how much is logged. Libraries log keys and addresses below INFO."""
    levels = ["INFO", "WARNING", "ERROR", "CRITICAL"]
    level = text("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING").upper()
    among = levels if PRODUCTION else ["DEBUG", *levels]
    if level not in among:
        wrong("LOG_LEVEL", level, f"Set one of {', '.join(among)}.")
    return level


def hosts(name: str) -> list[str]:
    """Return the names that production answers to. A trial answers to this machine."""
    if not PRODUCTION:
        return ["127.0.0.1", "localhost", "[::1]"]
    required(name)
    found = [host.lower() for host in listed(name)]
    if not found or not all(A_HOST.fullmatch(host) for host in found):
        wanted = "Name the portal's own hosts, with commas between, such as"
        wrong(name, text(name), f"{wanted} connections.example; '*' is none.")
    return found


def site_url(name: str, *, among: list[str], default: str) -> str:
    """Return the address that e-mails and documents name, without a last slash."""
    value = (required(name) or default).rstrip("/")
    parts = parted(value)
    schemes = ("https",) if PRODUCTION else ("https", "http")
    shown = without_password(value)
    if not is_plain_address(parts, schemes):
        wrong(
            name, shown, f"Set an address such as {schemes[0]}://connections.example."
        )
    if PRODUCTION and not is_among(str(parts and parts.hostname), among):
        wrong(name, shown, f"Its host must be among ALLOWED_HOSTS: {', '.join(among)}.")
    return value


def web_address(name: str, *, default: str) -> str:
    """Return an address of somebody else's site that pages link to."""
    value = text(name, default=default)
    parts = parted(value)
    is_one = parts is not None and is_plain_address(
        parts._replace(path="", query=""), ("https", "http")
    )
    if not is_one or not A_PATH.fullmatch(value) or len(value) > LONGEST_SHOWN:
        wanted = "Set an address such as https://www.smartdcc.co.uk/."
        wrong(name, without_password(value), wanted)
    return value


def is_among(host: str, hosts: Collection[str]) -> bool:
    """Say whether Django will answer to `host`: `.example` stands for all within."""
    return any(
        host == name or (name.startswith(".") and f".{host}".endswith(name))
        for name in hosts
    )


def is_plain_address(parts: SplitResult | None, schemes: Collection[str]) -> bool:
    """Say whether this is scheme, host and perhaps a port, and nothing more."""
    if parts is None or parts.scheme not in schemes or not parts.hostname:
        return False
    more = (parts.path, parts.query, parts.fragment, parts.username)
    return A_HOST.fullmatch(parts.hostname) is not None and not any(more)


def parted(address: str) -> SplitResult | None:
    """Return the parts of an address, or nothing where it is none."""
    try:
        parts = urlsplit(address)
        # Asking for a port that is none says so.
        is_one = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if is_one else None


def without_password(address: str) -> str:
    """Return as much of an address as a log may hold."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        return "…"
    return f"{scheme}://{re.sub(r'.*@', '…@', rest.partition('?')[0])}"


def database(name: str, *, default: dict[str, Any]) -> dict[str, Any]:
    """Return Django's settings of the database that an address names."""
    address = required(name)
    if not address:
        return default
    parts = parted(address)
    schemes = POSTGRESQL if PRODUCTION else (*POSTGRESQL, "sqlite")
    if parts is None or parts.scheme not in schemes or not parts.path.strip("/"):
        wanted = "Set an address such as postgres://user:password@host:5432/portal"
        wrong(name, without_password(address), f"{wanted}.{advice(address)}")
    found: dict[str, Any] = Env.db_url_config(address)
    # Opening a connection costs more than most pages ask of it: one serves for a
    # minute, and is tried before each request, since a server may have gone meanwhile.
    kept = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return found | kept if parts.scheme in POSTGRESQL else found


def advice(address: str) -> str:
    """Say what a password may have done to an address that has one."""
    if "@" not in address:
        return ""
    return " Letters such as / ? # in a password are written %2F %3F %23."


def mail(name: str) -> dict[str, Any]:
    """Return Django's settings of the mail server that an address names.

    E-mails hold links that sign people in, so in production no log, file or memory is
    a place for them.
    """
    address = required(name) or "dummymail://"
    parts = parted(address)
    is_server = parts is not None and parts.scheme in MAIL_SERVERS and parts.hostname
    is_held_back = (
        not PRODUCTION and parts is not None and parts.scheme in MAIL_OF_A_TRIAL
    )
    if not is_server and not is_held_back:
        wanted = "Set a mail server, such as smtp+tls://user:password@host:587"
        wrong(name, without_password(address), f"{wanted}.{advice(address)}")
    found: dict[str, Any] = Env.email_url_config(address)
    return found


def redis(name: str) -> str:
    address = required(name)
    parts = parted(address)
    is_redis = parts is not None and parts.scheme in {"redis", "rediss"}
    number = parts.path.strip("/") if parts else ""
    if address and (not is_redis or not re.fullmatch(r"[0-9]*", number)):
        wanted = "Set an address such as redis://host:6379/0"
        wrong(name, without_password(address), f"{wanted}.{advice(address)}")
    return address


def clamd(name: str) -> str:
    address = text(name)
    parts = parted(address)
    is_tcp = parts is not None and parts.scheme == "tcp" and parts.hostname
    is_socket = parts is not None and parts.scheme == "unix" and parts.path[:1] == "/"
    if address and not is_tcp and not is_socket:
        wanted = "Set tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl."
        wrong(name, without_password(address) if "@" in address else address, wanted)
    return address


def endpoint(name: str) -> str:
    address = text(name)
    if address and not is_plain_address(parted(address.rstrip("/")), {"https", "http"}):
        wanted = "Set the store's own address, such as https://store.example."
        wrong(name, without_password(address), wanted)
    return address


def folder(name: str, *, default: Path) -> Path:
    """Return a folder, which need not be there yet."""
    path = Path(text(name, default=str(default)))
    there = next(one for one in (path, *path.absolute().parents) if one.exists())
    if not there.is_dir():
        wrong(name, str(path), f"Name a folder: {there} is a file.")
    return path


def token(name: str) -> str:
    """Return what a machine shows to be let in; empty lets none in."""
    value = text(name)
    if value and not A_TOKEN.fullmatch(value):
        refuse(
            f"{name} can be guessed. Set 32 random letters and digits or more: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(32))" prints some.'
        )
    return value


def secret(name: str, *, stored_in: Path) -> str:
    """Return what signs sessions and links. A trial makes its own."""
    value = required(name)
    if not PRODUCTION:
        return value or trial_secret(stored_in / "secret")
    is_short = len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_LETTERS
    if is_short or any(word in value.lower() for word in PLACEHOLDERS):
        refuse(
            f"{name} can be guessed. Set {SHORTEST_SECRET} random characters or more: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))" prints some.'
        )
    return value


def trial_secret(path: Path) -> str:
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(get_random_secret_key())
            path.chmod(0o600)
        return path.read_text()
    except OSError as error:
        wanted = "Name a folder that the portal may write to"
        wrong("DATA_DIR", str(path.parent), f"{wanted} ({error.strerror}).")
