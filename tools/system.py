"""What the distribution must give, and its installation with apt."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.says import step, stop


@dataclass(frozen=True)
class SystemPackage:
    """Something outside the virtual environment, and the packages that bring it."""

    what: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def has_library(*names: str) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
    )
    return any(next(folder.rglob("*.[to]tf"), None) for folder in folders)


def postgres_folder() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs, if there is one."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest_first = sorted(found, key=lambda path: -int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if newest_first:
        return newest_first[0].parent
    return Path(on_path).resolve().parent if on_path else None


def chromium() -> str | None:
    """Return the path of Chromium, which `CHROMIUM` may name.

    Without the parts that draw windows it takes half the time of the processor.
    """
    named = os.environ.get("CHROMIUM", "")
    names = (named, "chromium-headless-shell", "chromium", "chromium-browser")
    return next((path for name in names if (path := shutil.which(name))), None)


def is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "\nID=ubuntu" in f"\n{release.read_text()}"


PANGO = SystemPackage(
    "Pango",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    lambda: has_library(
        "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"
    ),
)
FONTS = SystemPackage("fonts", ("fonts-dejavu-core",), has_fonts)
POSTGRESQL = SystemPackage(
    "PostgreSQL", ("postgresql",), lambda: postgres_folder() is not None
)
REDIS = SystemPackage(
    "Redis", ("redis-server",), lambda: shutil.which("redis-server") is not None
)
CHROMIUM = SystemPackage(
    "Chromium",
    # Ubuntu has no package of the plain name; its own installs the snap.
    ("chromium-browser" if is_ubuntu() else "chromium-headless-shell",),
    lambda: chromium() is not None,
)

# Documents are set in the portal's own fonts; a browser wants one of the machine's.
TO_RUN = (PANGO,)
TO_TEST = (*TO_RUN, FONTS, POSTGRESQL, REDIS, CHROMIUM)


def as_root() -> list[str] | None:
    """Return what to put before a command to run it as root, or None if we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None


def apt(prefix: Sequence[str], *arguments: str) -> None:
    quiet = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run(
        [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *quiet, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def install(what: str, packages: Iterable[str]) -> None:
    """Install packages with apt; where we may not, say in one line what to install."""
    packages = tuple(packages)
    prefix = as_root()
    if prefix is None or shutil.which("apt-get") is None:
        stop(f"Install {what} first: sudo apt-get install {' '.join(packages)}")
    step(f"Installing {what} with apt: {' '.join(packages)}")
    apt(prefix, "update")
    apt(prefix, "install", "--no-install-recommends", *packages)


def provide(needs: Sequence[SystemPackage]) -> None:
    """Install whatever of `needs` is missing, or stop with words."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return
    names = ", ".join(need.what for need in missing)
    install(names, [package for need in missing for package in need.packages])
    absent = ", ".join(need.what for need in missing if not need.is_there())
    if absent:
        stop(f"apt did not bring {absent}. Install it by hand, then start again.")
