"""Tables, collected files and the demo world, in one process to start soon.

Runs inside the virtual environment.
"""

import os

import django
from django.core.management import call_command

from tools.says import step


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dccportal.settings")
    django.setup()
    step("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    step("Bringing the register of work in line with the orders")
    call_command("check_worklist", mend=True, verbosity=0)
    step("Collecting style sheets, fonts and scripts")
    call_command("collectstatic", interactive=False, verbosity=0)
    step("Loading the demo world if the database is empty")
    call_command("load_demo", if_empty=True)
    step("Making the blank request form if its questions are new")
    call_command("make_blank_form", verbosity=0)


if __name__ == "__main__":
    main()
