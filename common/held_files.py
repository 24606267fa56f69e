"""A file that was let in stays with its form when the form comes back.

A browser forgets which file was chosen as soon as a page is shown again: after another
answer was wrong, after a question, or to read an e-mail before it goes. Until the form
is taken its files wait for whoever sent them, at the address where they were sent, and
a ticked box below the field says that they go along.

Of each person only the files of the form that came back last are there, so that what
waits is bounded by the number of people.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from redis.exceptions import RedisError

# In seconds: long enough to put the rest of a form right.
HELD_FOR = 60 * 60
BOX = "-held"
GONE = "What you chose before is no longer here. Choose it again."
# The mark of files that wait no more: whoever ticks it is told so.
NO_MARK = "gone"


@dataclass(frozen=True)
class HeldFile:
    name: str
    content_type: str
    content: bytes

    def as_sent(self) -> UploadedFile:
        return SimpleUploadedFile(self.name, self.content, self.content_type)


class NoLongerHeld:
    """Stands for files that the sent form names and that wait no more."""


class HoldsFiles(forms.FileInput):
    """A choice of files that still has what was chosen when its form comes back.

    It is drawn with a value only where its field found nothing wrong with the files
    (`common.door`): what was refused is not held.
    """

    # Whose and at which address; nothing is held before `hold_for` says so.
    person = ""
    address = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = self.chosen(data, files, name)
        mark = data.get(f"{name}{BOX}")
        if not (mark and self.person):
            return chosen
        held = self.waiting().get((name, mark))
        return self.together(held, chosen) if held else chosen or NoLongerHeld()

    def chosen(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name)

    def together(self, held: Sequence[HeldFile], chosen: Any) -> Any:
        """Return what is sent of what waits and what was chosen now: one file."""
        return chosen or held[0].as_sent()

    def waiting(self) -> dict[tuple[str, str], list[HeldFile]]:
        """Return what waits for this person at this address, by field and mark."""
        address, files = cache.get(place_of(self.person)) or ("", {})
        return files if address == self.address else {}

    def hold(self, name: str, files: Sequence[UploadedFile]) -> str:
        """Hold the files of a field; return the mark by which its form names them.

        Nothing where the cache has no room: the form then comes back as in any browser.
        """
        mark = secrets.token_urlsafe(12)
        try:
            others = {key: one for key, one in self.waiting().items() if key[0] != name}
            now = {(name, mark): [held_file(one) for one in files]}
            kept = (self.address, others | now)
            cache.set(place_of(self.person), kept, HELD_FOR)
        except RedisError:
            return ""
        return mark

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Draw the field, and below it the box for what it has already."""
        field: SafeString = super().render(name, value, attrs, renderer)
        if not value or not self.person:
            return field
        is_gone = isinstance(value, NoLongerHeld)
        files = [] if is_gone else value if isinstance(value, list) else [value]
        mark = NO_MARK if is_gone else self.hold(name, files)
        if not mark:
            return field
        facts = {
            "name": f"{name}{BOX}",
            "mark": mark,
            "files": named(files),
            "takes_more": self.allow_multiple_selected,
        }
        return field + render_to_string("components/forms/held_files.html", facts)


def held_file(sent: UploadedFile) -> HeldFile:
    sent.seek(0)
    return HeldFile(sent.name or "", sent.content_type or "", sent.read())


def named(files: Sequence[UploadedFile]) -> str:
    """Return the names in a row: “a”, “b” and “c”."""
    *others, last = [f"“{one.name}”" for one in files] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def address_of(request: HttpRequest) -> str:
    return hashlib.sha256(request.get_full_path().encode()).hexdigest()


def place_of(person: object) -> str:
    return f"held:{person}"


def hold_for(request: HttpRequest, *forms: Any) -> None:
    """Have forms hold their files for who is signed in, at the address of the page."""
    for form in forms:
        for field in form.fields.values():
            if isinstance(field.widget, HoldsFiles):
                field.widget.person = str(request.user.pk)
                field.widget.address = address_of(request)


def let_go(request: HttpRequest) -> None:
    """Hold the files of a form no longer that was sent and taken."""
    has_files = request.FILES or any(name.endswith(BOX) for name in request.POST)
    if has_files and request.user.is_authenticated:
        place = place_of(request.user.pk)
        address, _ = cache.get(place) or ("", {})
        if address == address_of(request):
            cache.delete(place)
