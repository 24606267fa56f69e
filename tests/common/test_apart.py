"""Limits of a program apart: of the processor's time, however busy the machine."""

import contextlib
import os
import subprocess
import sys

import pytest

from common.apart import MachineTooBusy, Stopped, TookTooLong
from common.uploads import NotAScan, read_scan_apart
from quotes.scans import read_apart, why_not_read
from tests.common.hostile import HARMLESS, drawing, with_page
from tests.journey import tiny_pdf

PDF = "application/pdf"
STROKES = b"0 0 m 500 700 l S\n"
SPIN = [sys.executable, "-c", "while True: pass"]


@contextlib.contextmanager
def busy_machine():
    """Keep every core at work on two other things."""
    busy = [subprocess.Popen(SPIN) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()


def test_a_busy_machine_refuses_nothing_that_an_idle_one_takes(monkeypatch):
    """By the clock it takes longer than the limit, which is the processor's."""
    monkeypatch.setattr("common.uploads.SECONDS", 2)
    monkeypatch.setattr("quotes.scans.SECONDS", 4)
    content = drawing(STROKES * 2_000)

    with busy_machine():
        assert read_scan_apart(content, max_megabytes=1).pages == 1
        assert len(read_apart(content, PDF, "DCCQ1")) == 1


def test_what_uses_up_the_processors_time_is_stopped_and_told_in_words(monkeypatch):
    monkeypatch.setattr("quotes.scans.SECONDS", 1)

    with pytest.raises(TookTooLong, match="1 second of the processor") as stopped:
        read_apart(drawing(STROKES * 100_000), PDF, "DCCQ1")

    said = why_not_read(stopped.value)
    assert said.startswith("Its pages draw too much")
    assert said.endswith("or ask the Party for a photo of each page.")


def test_an_upload_that_uses_up_its_time_is_refused_and_takes_nothing_with_it(
    monkeypatch,
):
    monkeypatch.setattr("common.uploads.SECONDS", 1)
    endless = with_page(b"/X [" + b"1 " * 1_500_000 + b"]")

    with pytest.raises(NotAScan, match=r"takes too long.* photograph each page"):
        read_scan_apart(endless, max_megabytes=4)


@pytest.fixture
def no_time(monkeypatch):
    monkeypatch.setattr("common.uploads.PATIENCE", 0.01)
    monkeypatch.setattr("quotes.scans.PATIENCE", 0.01)


def test_a_machine_without_time_blames_itself_and_not_the_file(no_time):
    with pytest.raises(NotAScan, match=r"too busy.* Try again"):
        read_scan_apart(tiny_pdf(), max_megabytes=1)
    with pytest.raises(MachineTooBusy) as waited:
        read_apart(tiny_pdf(), PDF, "DCCQ1")

    assert "Have it read again" in why_not_read(waited.value)


def test_what_breaks_its_reader_is_told_in_words_with_what_to_do():
    with pytest.raises(Stopped) as stopped:
        read_apart(b"%PDF-1.7 nothing", PDF, "DCCQ1")

    assert "compare it with the quotation by eye" in why_not_read(stopped.value)


def test_a_reader_that_a_file_breaks_refuses_it_in_words(monkeypatch):
    monkeypatch.setattr("common.uploads.MEGABYTES", 40)

    with pytest.raises(NotAScan, match=r"breaks the program.* Print it to PDF"):
        read_scan_apart(HARMLESS["a PNG of fax"], max_megabytes=1)
