"""What pages load is there, is ours, and needs no exception to the policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tools.assets import LIST, files, listed

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "static"
SHEETS = sorted(STATIC.rglob("*.css"))
PAGES = sorted((ROOT / "templates").rglob("*.html"))
# Rendered to PDF, with everything inlined; no browser opens them.
PAPERS = ROOT / "templates" / "documents"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_file_that_a_style_sheet_names_is_there(sheet):
    named = re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text())
    missing = [
        name
        for name in named
        if not name.startswith("data:") and not (sheet.parent / name).is_file()
    ]

    assert missing == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_style_sheet_carries_what_only_gov_uk_may_use(sheet):
    text = sheet.read_text()

    assert not re.search("gds transport|crest|crown", text, re.IGNORECASE)
    assert "sourceMappingURL" not in text


def test_no_page_needs_inline_style_or_script():
    wrong = r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:"
    found = [
        page.relative_to(ROOT).as_posix()
        for page in PAGES
        if PAPERS not in page.parents and re.search(wrong, page.read_text())
    ]

    assert found == []


def test_no_page_loads_anything_from_elsewhere():
    loaded = r"<(?:link|script|img|iframe)\b[^>]*(?:src|href)=[\"'](?:https?:)?//"

    assert [page for page in PAGES if re.search(loaded, page.read_text())] == []


def test_what_others_made_lies_beside_its_licence():
    licences = {path.name for path in (STATIC / "licences").iterdir()}

    assert {"govuk-frontend-MIT.txt", "source-sans-3-OFL.txt"} <= licences


def test_pages_fetch_further_letters_only_where_they_hold_one():
    """Each further part of the font has its range; both kinds of page name them all."""
    letters = (STATIC / "css" / "letters.css").read_text()
    parts = {path.name for path in (STATIC / "fonts").glob("*-wght-*.woff2")}
    named = {part for part in parts if part in letters}
    pages = [
        page
        for page in PAGES
        if re.search(r"css/(portal|admin)\.css", page.read_text())
    ]

    assert parts - named == {"source-sans-3-latin-wght-normal.woff2"}
    assert letters.count("unicode-range") == letters.count("@font-face") == len(named)
    assert pages
    assert all("css/letters.css" in page.read_text() for page in pages)


def test_style_sheet_and_script_are_what_the_sources_make():
    """Nothing is built here: the list was written by whoever built them last."""
    wrong = "Run `make assets`: sources, style sheet or script changed since the last."

    assert listed() == LIST.read_text(encoding="utf-8"), wrong


def test_a_source_that_was_changed_and_not_built_is_found(tmp_path):
    for path in files(ROOT):
        copied = tmp_path / path.relative_to(ROOT)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    kept = listed(tmp_path)
    assert kept == LIST.read_text(encoding="utf-8")

    with (tmp_path / "frontend" / "scss" / "_parts.scss").open("a") as source:
        source.write("\n")

    assert listed(tmp_path) != kept
    assert {"static/css/portal.css", "static/js/portal.js"} <= set(kept.split())
