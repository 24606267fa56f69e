"""The commands of the Makefile, and what they promise a newcomer."""

import re
import subprocess

import pytest

from tools.paths import ROOT, RUN_LOCK, data_dir
from tools.system import SystemPackage, provide

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)


def make(*arguments):
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_help_lists_every_target():
    assert re.findall(r"make ([a-z]+)\s", make("help").stdout) == TARGETS


def test_every_target_is_one_line():
    recipes = re.split(r"^[a-z]+:.*$", MAKEFILE, flags=re.MULTILINE)[1:]

    assert [recipe for recipe in recipes if recipe.strip().count("\n")] == []


def test_the_locks_carry_hashes_and_no_address():
    for lock in ROOT.glob("requirements*.lock"):
        pinned = re.findall(r"^[a-z0-9].*==.*$", lock.read_text(), re.MULTILINE)
        assert all(line.endswith("\\") for line in pinned)
        assert "://" not in lock.read_text()


def test_developers_get_the_very_packages_that_run():
    pin = re.compile(r"^([a-z0-9][^=\s]*==\S+)", re.MULTILINE)
    run = set(pin.findall(RUN_LOCK.read_text()))
    dev = set(pin.findall((ROOT / "requirements-dev.lock").read_text()))

    assert run <= dev


def test_an_old_python_is_told_so_in_one_line():
    told = subprocess.run(
        ["python3", "-c", "import sys; sys.version_info = (3, 9); import tools"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer and this is 3.9." in told.stderr


def test_without_root_what_to_install_is_said_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr("tools.system.as_root", lambda: None)

    with pytest.raises(SystemExit) as stopped:
        provide([SystemPackage("Pango", ("libpango-1.0-0",), lambda: False)])

    assert "Install Pango first: sudo apt-get install libpango" in str(stopped.value)


def test_what_is_there_is_not_installed_again(monkeypatch):
    monkeypatch.setattr("tools.system.as_root", lambda: pytest.fail("asked for root"))

    provide([SystemPackage("Pango", ("libpango-1.0-0",), lambda: True)])


def test_the_data_folder_moves_by_a_variable(monkeypatch):
    monkeypatch.setenv("DATA_DIR", "elsewhere")

    assert data_dir() == ROOT / "elsewhere"
