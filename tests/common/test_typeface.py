"""Letters on paper come from the portal's own fonts, on any machine."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import date

import pytest
from pypdf import PdfReader

from common.apart import HOME
from common.pdf import NotRendered, PrintedPaper, render_pdf, stylesheet
from common.typeface import PARTS, USUAL, letters_of

NAMES = (
    "Llŷn Ŵyl Ġorġ Łódź Győr Șerban Țară Doğan Iıİ Ħamrun Ŋ Þór Eyðun Čapek Ångström"  # noqa: RUF001  a Turkish letter
)
OTHERS = "Αθήνα Ἀθῆναι София Київ Nguyễn £ € – ’ “ ” …"  # noqa: RUF001  a dash
PROGRAM = """
import sys, hashlib, django
django.setup()
from tests.common.test_typeface import printed, NAMES
print(hashlib.sha256(printed(NAMES)).hexdigest())
"""


def printed(text):
    html = (
        f'<html lang="en-GB"><title>T</title><body><p>{text}</p>'
        f"<p><strong>{text}</strong></p></body></html>"
    )
    paper = PrintedPaper(html, stylesheet("quote"))
    return render_pdf(lambda _: paper, identifier="ab" * 16, day=date(2026, 3, 3))


def fonts_of(content):
    """Return the name of each font of a PDF, and whether it is embedded."""
    fonts = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            about = inner.get_object()["/FontDescriptor"]
            is_in = bool({"/FontFile2", "/FontFile3"} & set(about))
            fonts[about["/FontName"]] = is_in
    return fonts


@pytest.mark.parametrize("text", [NAMES, OTHERS], ids=["Latin", "others"])
def test_every_letter_of_european_names_is_printed_in_our_own_embedded_fonts(text):
    content = printed(text)

    fonts = fonts_of(content)
    assert fonts
    assert all("Source-Sans" in name and is_in for name, is_in in fonts.items())
    said = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert " ".join(said.split()).count(text) == 2


def test_a_letter_that_no_font_of_ours_has_is_refused_by_name_before_it_is_printed():
    with pytest.raises(NotRendered) as refusal:
        printed("Northgate 漢 Energy")

    said = str(refusal.value)
    assert "“漢” (cjk unified ideograph-6f22) in “Northgate 漢 Energy”" in said
    assert "Correct that text" in said


@pytest.mark.parametrize("letter", ["😀", "ش", "א", "\ue000"])
def test_pictures_and_other_scripts_are_refused(letter):
    with pytest.raises(NotRendered, match="none of the portal’s fonts"):
        printed(letter)


def test_what_was_printed_before_changes_nothing():
    plain = printed("Northgate")
    printed(NAMES + OTHERS)

    assert printed("Northgate") == plain


def on_a_machine(tmp_path, name, zone, language, folders):
    """Return the digest of a document made on a machine that is set up so."""
    settings = tmp_path / f"{name}.conf"
    settings.write_text(f"<fontconfig>{folders}</fontconfig>")
    machine = {
        **os.environ,
        "FONTCONFIG_FILE": str(settings),
        "TZ": zone,
        "LANG": language,
        "LC_ALL": language,
    }
    asked = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        asked, cwd=HOME, env=machine, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_two_machines_make_the_same_bytes(tmp_path):
    here = on_a_machine(
        tmp_path, "here", "Europe/London", "C.UTF-8", "<dir>/usr/share/fonts</dir>"
    )
    there = on_a_machine(tmp_path, "there", "Asia/Tokyo", "POSIX", "")

    assert here == there == hashlib.sha256(printed(NAMES)).hexdigest()


def test_each_part_of_the_font_is_there_in_every_weight():
    assert all(len(letters_of(part)) > 40 for part in (USUAL, *PARTS))
