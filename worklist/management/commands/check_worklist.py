"""`manage.py check_worklist`: whether the register of work says what the rows say."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from worklist import commands

SHOWN = 50


class Command(BaseCommand):
    help = "Recompute all work that is owed, and report where the register differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="bring the register in line as well"
        )

    def handle(self, *args: object, **options: object) -> None:
        if options["mend"]:
            self.stdout.write(f"Threads brought in line: {commands.mend()}.")
            return
        found = list(commands.differences())
        if not found:
            self.stdout.write("The register of work says what the orders say.")
            return
        more = f"\n… and {len(found) - SHOWN} more." if len(found) > SHOWN else ""
        words = "\n".join(found[:SHOWN])
        raise CommandError(
            f"{words}{more}\nRun it with --mend to bring the register in line."
        )
