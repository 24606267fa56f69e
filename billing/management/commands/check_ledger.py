"""`manage.py check_ledger`: whether charges and invoices are what they should be."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from billing.check import ledger_faults

SHOWN = 50


class Command(BaseCommand):
    help = "Lay every charge and invoice beside what calls for it, and report faults."

    def handle(self, *args: object, **options: object) -> None:
        count = 0
        for count, words in enumerate(ledger_faults(timezone.now()), start=1):
            if count <= SHOWN:
                self.stdout.write(words)
        if count:
            raise CommandError(
                f"Faults of the ledger: {count}. Billing puts a charge right on the "
                "page of its order; what a timer left out comes with its next run."
            )
        self.stdout.write("The ledger holds what the orders call for, once each.")
