"""`manage.py take_over FILE --kind connections --by EMAIL`: what the page does."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from common.files import CsvUpload, harmless_name, text_of
from common.virus import check_for_viruses
from common.wording import plural
from parties.models import User
from takeover import commands, policies
from takeover.models import TakenFile
from takeover.states import FileKind, FileState

MEGABYTES = 50


class Command(BaseCommand):
    help = "Check a file of what exists, and take it over all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=FileKind.values)
        parser.add_argument(
            "--by", required=True, help="e-mail of the person of DCC Operations"
        )
        parser.add_argument(
            "--check", action="store_true", help="only say what it comes to"
        )

    def handle(self, *args: object, **options: object) -> None:
        by = operator_called(str(options["by"]))
        upload = read_upload(Path(str(options["file"])))
        row = commands.hand_in_file(str(options["kind"]), upload, by=by)
        row = self.found(commands.check_file(row.pk))
        if options["check"] or row.state != FileState.READY:
            return
        commands.confirm_file(row.pk, by=by)
        row = self.found(commands.take_over_file(row.pk))

    def found(self, row: TakenFile) -> TakenFile:
        """Say what a file comes to, or stop with all that is wrong."""
        for number, column, why in row.faults:
            self.stderr.write(f"Line {number}, {column}: {why}")
        if row.fault_count:
            told = plural(row.fault_count, "fault")
            raise CommandError(f"{row}: {told}. Nothing was taken over.")
        done = "taken over" if row.done_at else "to take over"
        self.stdout.write(f"{plural(row.new, 'line')} {done}, {row.same} known before.")
        return row


def operator_called(email: str) -> User:
    found: User | None = User.objects.filter(email=email.lower()).first()
    if found is None or not policies.may_take_over(None, found):
        raise CommandError(f"{email} is nobody of DCC Operations who may sign in.")
    return found


def read_upload(path: Path) -> CsvUpload:
    """Return a file as the page takes it in.

    Raises:
        CommandError: it is no text, or holds a virus.
    """
    try:
        content = path.read_bytes()
        text = text_of(content, MEGABYTES)
    except OSError as error:
        raise CommandError(str(error)) from error
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    name = harmless_name(path.name, "text/csv")
    return CsvUpload(content, name, check_for_viruses(content), text)
