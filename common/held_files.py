"""A file that was let in stays with its form when the form comes back.

A browser forgets which file was chosen as soon as a page is shown again: after another
answer was wrong, after a question, or to read an e-mail before it goes. Until the form
is taken its files wait for whoever sent them, at the address where they were sent, and
a ticked box below the field says that they go along.

Of each person only the files of the form that came back last are there, so that what
waits is bounded by the number of people.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

BOX = "{}-held"
GONE = "What you chose before is no longer here. Choose it again."


@dataclass(frozen=True)
class HeldFile:
    name: str
    content_type: str
    content: bytes

    def as_sent(self) -> UploadedFile:
        sent = SimpleUploadedFile(self.name, self.content, self.content_type)
        return let_in(sent)


class NoLongerHeld:
    """Stands for files that the sent form names and that wait no more."""


def let_in(file: UploadedFile) -> UploadedFile:
    """Mark a file as one that its field took: only such a one is held."""
    marked: Any = file
    marked.was_let_in = True
    return file


def are_let_in(files: list[Any]) -> bool:
    return bool(files) and all(getattr(one, "was_let_in", False) for one in files)


class HoldsFiles(forms.FileInput):
    """A choice of files that still has what was chosen when its form comes back."""

    # Whose and at which address; nothing is held before `hold_for` says so.
    person = ""
    address = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = self.chosen(data, files, name)
        mark = data.get(BOX.format(name))
        return chosen or (mark and self.person and self.held(name, mark)) or chosen

    def chosen(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name)

    def held(self, name: str, mark: str) -> Any:
        files = self.waiting().get((name, mark))
        if not files:
            return NoLongerHeld()
        return self.as_chosen([one.as_sent() for one in files])

    def as_chosen(self, files: list[UploadedFile]) -> Any:
        (file,) = files
        return file

    def waiting(self) -> dict[tuple[str, str], list[HeldFile]]:
        """Return what waits for this person at this address, by field and mark."""
        address, files = cache.get(self.place) or ("", {})
        return files if address == self.address else {}

    @property
    def place(self) -> str:
        return f"held:{self.person}"

    def hold(self, name: str, files: Iterable[UploadedFile]) -> str:
        """Hold the files of a field; return the mark by which its form names them."""
        mark = secrets.token_urlsafe(12)
        others = {key: held for key, held in self.waiting().items() if key[0] != name}
        now = {(name, mark): [held_file(one) for one in files]}
        cache.set(self.place, (self.address, others | now), settings.SESSION_COOKIE_AGE)
        return mark

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Draw the field, and below it the box for what it has already."""
        field: SafeString = super().render(name, value, attrs, renderer)
        files = value if isinstance(value, list) else [value]
        if not self.person or not are_let_in(files):
            return field
        facts = {
            "name": BOX.format(name),
            "mark": self.hold(name, files),
            "files": " and ".join(f"“{one.name}”" for one in files),
        }
        return field + render_to_string("components/forms/held_files.html", facts)


def held_file(sent: UploadedFile) -> HeldFile:
    sent.seek(0)
    return HeldFile(sent.name or "", sent.content_type or "", sent.read())


def hold_for(request: HttpRequest, address: str, *forms: Any) -> None:
    """Have forms hold their files for who is signed in, at an address in short."""
    for form in forms:
        for field in form.fields.values():
            if isinstance(field.widget, HoldsFiles):
                field.widget.person = str(request.user.pk)
                field.widget.address = address
