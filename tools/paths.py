"""Where things are, for all that `make` calls."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RESULTS = ROOT / "test-results"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


def data_dir() -> Path:
    """Return the folder of the trial's data, which `DATA_DIR` may move."""
    return (ROOT / os.environ.get("DATA_DIR", "var")).resolve()


def in_venv(program: str) -> str:
    return str(VENV / "bin" / program)
