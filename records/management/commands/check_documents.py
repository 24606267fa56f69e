"""Compare stored files with the rows that name them. Nothing is changed."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.core.management.base import BaseCommand
from django.db.models import FileField, Model

from records.models import Document


class Command(BaseCommand):
    help = "List rows without a file, files without a row and files of another size."

    def handle(self, *args: object, **options: object) -> None:
        """Print what differs, a line each; exit with 1 if anything does."""
        found = list(differences())
        for line in found:
            self.stdout.write(line)
        if found:
            raise SystemExit(1)
        self.stdout.write("Every row has its file, and every file its row.")


def differences() -> Iterator[str]:
    named: set[str] = set()
    there = dict(stored())
    for model, field in file_fields():
        for pk, name in rows_of(model).values_list("pk", field):
            if name:
                named.add(name)
                yield from difference(f"{words_for(model)} {pk}", name, there)
    yield from sizes_that_differ(there)
    yield from (f"No row names the file {name}." for name in there.keys() - named)


def difference(row: str, name: str, there: dict[str, int]) -> Iterator[str]:
    if name not in there:
        yield f"The file of {row} is not there: {name}."


def sizes_that_differ(there: dict[str, int]) -> Iterator[str]:
    for name, size in Document.objects.values_list("file", "size"):
        if there.get(name, size) != size:
            yield f"{name} has {there[name]} bytes, and its row says {size}."


def rows_of(model: Any) -> Any:
    return model.objects.all()


def words_for(model: type[Model]) -> str:
    return str(model._meta.verbose_name)  # noqa: SLF001  documented


def file_fields() -> Iterator[tuple[type[Model], str]]:
    """Yield each model that keeps files, with the name of the field."""
    for model in apps.get_models():
        for field in model._meta.get_fields():  # noqa: SLF001  documented
            if isinstance(field, FileField):
                yield model, field.name


def stored(storage: Storage = default_storage, folder: str = "") -> Any:
    """Yield the name and size of every file that the storage has, in bytes."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        # Nothing was ever stored.
        return
    for name in files:
        path = f"{folder}/{name}" if folder else name
        yield path, storage.size(path)
    for name in folders:
        yield from stored(storage, f"{folder}/{name}" if folder else name)
