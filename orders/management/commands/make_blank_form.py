"""The blank request form of a release, made while it is deployed."""

from typing import Any

from django.core.management.base import BaseCommand

from orders.tasks import render_blank_form
from records.commands import owe, run_job


class Command(BaseCommand):
    help = "Make the blank request form of this release. Safe to repeat."

    def handle(self, *args: object, **options: Any) -> None:
        """Make it at once; where that does not go, a worker goes on."""
        row = owe(render_blank_form)
        if run_job(row.pk):
            self.say("The blank request form is there.", options["verbosity"])
            return
        row.refresh_from_db()
        words = f"The blank request form is not there yet: {row.last_error}"
        self.stderr.write(words)

    def say(self, words: str, verbosity: int) -> None:
        if verbosity:
            self.stdout.write(words)
