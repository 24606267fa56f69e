"""The one form field by which a file enters the portal.

What it returns was read from its content, has a harmless name, and was shown to the
virus scanner where there is one.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from common.apart import MEGABYTE
from common.errors import DomainError
from common.held_files import GONE, HeldFile, HoldsFiles, NoLongerHeld
from common.lines import one_line
from common.uploads import (
    MAX_PAGES,
    NotAScan,
    Scan,
    has_header,
    read_scan_apart,
)
from common.virus import check_for_viruses

ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "text/csv": (".csv",),
}
# How a spreadsheet's own file begins: it is an archive.
ARCHIVE = b"PK\x03\x04"
NO_TEXT = "The file is not text. In a spreadsheet, save it as CSV UTF-8."
LONGEST_NAME = 120
MAX_FILES = 6


@dataclass(frozen=True)
class Upload:
    """A file that was let in. The first four are what `store_document` asks for."""

    content: bytes
    name: str
    content_type: str
    virus_check: str
    pages: int


class HeldField(forms.FileField, ABC):
    """A field whose file stays with its form while the form is not taken."""

    widget = HoldsFiles

    def clean(self, data: Any, initial: object = None) -> Any:
        """Return what the file was read as, or None where none is needed or came."""
        if isinstance(data, NoLongerHeld):
            raise ValidationError(GONE, code="gone")
        sent = super().clean(data, initial)
        return self.taken(sent) if sent else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Let the widget see what was sent, which Django does for no file."""
        return data

    @abstractmethod
    def taken(self, sent: Any) -> Any:
        """Return what a file was read as; a ValidationError says why it is not."""


class UploadField(HeldField):
    """A PDF, JPEG or PNG; `cleaned_data` has an `Upload`.

    Args:
        max_megabytes: of this field alone; otherwise the setting's.
        max_pages: of a PDF.
    """

    accepted = tuple(ENDINGS)

    def __init__(
        self,
        *,
        max_megabytes: int | None = None,
        max_pages: int = MAX_PAGES,
        **kwargs: Any,
    ) -> None:
        self.max_megabytes, self.max_pages = max_megabytes, max_pages
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("allow_empty_file", True)
        kwargs.setdefault("help_text", accepted_words())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Name what is taken: telephones turn their own pictures into a JPEG then."""
        return {**super().widget_attrs(widget), "accept": ",".join(self.accepted)}

    def taken(self, sent: Any) -> Upload:
        most = self.max_megabytes or settings.UPLOAD_MAX_MEGABYTES
        # One byte over the cap is read, so that a huge file is refused and not held.
        content = sent.read(most * MEGABYTE + 1)
        try:
            scan = self.read(content, most)
            virus_check = check_for_viruses(content)
        except DomainError as refusal:
            raise ValidationError(str(refusal), code="not_a_scan") from refusal
        name = harmless_name(sent.name, scan.content_type)
        return Upload(content, name, scan.content_type, virus_check, scan.pages)

    def read(self, content: bytes, most: int) -> Scan:
        return read_scan_apart(content, max_megabytes=most, max_pages=self.max_pages)


@dataclass(frozen=True)
class CsvUpload:
    """A table that was let in as text. What its rows say is its reader's business."""

    content: bytes
    name: str
    virus_check: str
    text: str


class CsvField(HeldField):
    """A table as CSV in UTF-8; `cleaned_data` has a `CsvUpload`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("allow_empty_file", True)
        kwargs.setdefault("help_text", csv_words())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ".csv,text/csv"}

    def taken(self, sent: Any) -> CsvUpload:
        most = settings.UPLOAD_MAX_MEGABYTES
        content = sent.read(most * MEGABYTE + 1)
        text = text_of(content, most)
        try:
            virus_check = check_for_viruses(content)
        except DomainError as refusal:
            raise ValidationError(str(refusal), code="not_taken") from refusal
        name = harmless_name(sent.name, "text/csv")
        return CsvUpload(content, name, virus_check, text)


def text_of(content: bytes, most: int) -> str:
    """Return what a file of text says, with or without Excel's mark in front."""
    if not content.strip():
        raise ValidationError("The file is empty.", code="empty")
    if len(content) > most * MEGABYTE:
        words = f"The file is larger than {most} MB. Send it in parts."
        raise ValidationError(words, code="too_large")
    if content.startswith(ARCHIVE):
        words = "This is a spreadsheet’s own file. Save it as CSV UTF-8 and send that."
        raise ValidationError(words, code="no_text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(NO_TEXT, code="no_text") from None
    if "\0" in text:
        raise ValidationError(NO_TEXT, code="no_text")
    return text


class ManyFilesInput(HoldsFiles):
    """Lets several files be chosen at once, such as a photo of each page."""

    allow_multiple_selected = True

    def chosen(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)

    def together(self, held: Sequence[HeldFile], chosen: Any) -> Any:
        """Return all of them: a page that was forgotten is added to the others."""
        return [*(one.as_sent() for one in held), *(chosen or [])]


class UploadsField(UploadField):
    """A few files that are one paper; `cleaned_data` has a list of `Upload`s.

    The size and the number of pages are those of all together.
    """

    widget = ManyFilesInput

    def __init__(self, *, max_files: int = MAX_FILES, **kwargs: Any) -> None:
        self.max_files = max_files
        kwargs.setdefault("help_text", several_words(max_files))
        super().__init__(**kwargs)
        self.widget.attrs["multiple"] = True

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, NoLongerHeld) or not data:
            return super().clean(data or None) or []
        files = data if isinstance(data, list) else [data]
        self.require_bounds(files)
        uploads = [self.cleaned(one, is_alone=len(files) == 1) for one in files]
        if sum(one.pages for one in uploads) > self.max_pages:
            words = f"Together the files have more than {self.max_pages} pages."
            raise ValidationError(words, code="too_many_pages")
        return uploads

    def require_bounds(self, files: list[Any]) -> None:
        if len(files) > self.max_files:
            words = f"Choose at most {self.max_files} files. You chose {len(files)}."
            raise ValidationError(words, code="too_many_files")
        most = self.max_megabytes or settings.UPLOAD_MAX_MEGABYTES
        if len(files) > 1 and sum(one.size for one in files) > most * MEGABYTE:
            words = f"Together the files are larger than {most} MB. Scan them in grey."
            raise ValidationError(words, code="too_large_together")

    def cleaned(self, one: Any, *, is_alone: bool) -> Upload:
        """Return one of them, or say which it is that is refused."""
        try:
            upload: Upload = super().clean(one)
        except ValidationError as refusal:
            if is_alone:
                raise
            words = " ".join(refusal.messages)
            raise ValidationError(f"{one.name}: {words}", code="one_of_them") from None
        return upload


class PdfField(UploadField):
    """The same door, for a PDF alone."""

    accepted = ("application/pdf",)

    def read(self, content: bytes, most: int) -> Scan:
        if content and not has_header(content):
            raise NotAScan(reason="Upload it as a PDF. This file is none.")
        return super().read(content, most)


def accepted_words() -> str:
    return f"PDF, JPEG or PNG, up to {settings.UPLOAD_MAX_MEGABYTES} MB"


def csv_words() -> str:
    return f"CSV in UTF-8, up to {settings.UPLOAD_MAX_MEGABYTES} MB"


def several_words(max_files: int) -> str:
    most = settings.UPLOAD_MAX_MEGABYTES
    return (
        f"PDF, JPEG or PNG: one file, or up to {max_files} such as a photo of each "
        f"page, {most} MB in all"
    )


def harmless_name(name: str, content_type: str) -> str:
    """Return a name to show: one line, no folders, with the ending that is true.

    A name may turn the reading direction so that `exe` looks like `pdf`; characters
    that cannot be seen are left out.
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    # A break inside a name is no space: nobody typed it.
    shown = one_line("".join(last.splitlines())).strip(". ") or "scan"
    endings = ENDINGS[content_type]
    if not shown.lower().endswith(endings):
        shown = shown[:LONGEST_NAME] + endings[0]
    return shown[-LONGEST_NAME:]
