"""Load the demo world into an empty trial, and say how to sign in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dccportal.demo.orders import load_world
from dccportal.demo.people import PASSWORD, SIGN_INS
from parties.models import User


class Command(BaseCommand):
    help = "Loads made-up organisations, people and orders. For the trial only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing but print the sign-ins where there are people already",
        )

    def handle(self, *args: Any, if_empty: bool = False, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo world is for the trial, never for production.")
        if not User.objects.exists():
            load_world()
        elif not if_empty:
            raise CommandError("There are people already: the database is not empty.")
        if not User.objects.filter(email=SIGN_INS[0]["email"]).exists():
            return
        self.stdout.write(f"Demo sign-ins, all with the password {PASSWORD}")
        for person in SIGN_INS:
            self.stdout.write(
                f"  {person['email']:34} {person['name']}, {person['what']}"
            )
