"""The virtual environment: made once, filled again only when a lock changes."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from tools.paths import DEV_LOCK, PYTHON, ROOT, RUN_LOCK, VENV
from tools.says import detail, step, stop
from tools.signals import ended_with_us
from tools.system import install

STAMP = VENV / "installed"


def key() -> str:
    """Return what the environment is made of: this Python and both locks."""
    made_of = sys.version.encode() + RUN_LOCK.read_bytes() + DEV_LOCK.read_bytes()
    return hashlib.sha256(made_of).hexdigest()


def holds(lock: Path) -> bool:
    """Say whether `lock` is installed; the lock of developers includes the other."""
    enough = {f"{name} {key()}" for name in (lock.name, DEV_LOCK.name)}
    return STAMP.exists() and STAMP.read_text() in enough


def is_usable() -> bool:
    if not PYTHON.exists():
        return False
    asked = subprocess.run(
        [PYTHON, "-c", "import pip, sys; print(sys.version)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() == sys.version


def create() -> None:
    step(f"Creating .venv with Python {sys.version.split()[0]}")
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install("Python's venv", [f"python{version}-venv"])
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if made.returncode:
        stop("Python could not make .venv; the lines above say why.")


def fill(lock: Path) -> None:
    step(f"Installing {lock.name}")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    # Compiled below, on all processors at once; pip does it on one.
    quick = ["--progress-bar=off", "--no-compile"]
    running = subprocess.Popen(
        [*pip, "install", *quick, "--require-hashes", "-r", lock],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with running, ended_with_us(running):
        for line in running.stdout or ():
            if line.startswith(("Collecting", "Building", "Installing")):
                detail(line.split(" (from")[0].strip()[:78])
    if running.returncode:
        stop(f"pip could not install {lock.name}; the lines above say why.")
    # Some files are written for another Python: they are not compiled, as with pip.
    compiling = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV / "lib")]
    subprocess.run(compiling, stdout=subprocess.DEVNULL, check=False)
    STAMP.write_text(f"{lock.name} {key()}")


def provide(lock: Path) -> None:
    """Make `.venv` hold all that `lock` names, or stop with words."""
    if not is_usable():
        create()
    if not holds(lock):
        fill(lock)
