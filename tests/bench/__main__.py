"""What `make bench` runs: a world of SIZE orders, and the table of its pages.

With PAGES_ONLY set, it leaves it at the table and the file of all orders. With FLEET
set, a year of so many connections is charged and invoiced instead.
"""

import gc
import logging
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402  after Django is set up
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402

from parties.models import User  # noqa: E402
from records.commands import leave_word  # noqa: E402
from records.health import PROGRAMS  # noqa: E402
from tests.bench import (  # noqa: E402
    bulk,
    exports,
    lapses,
    load,
    pages,
    report,
    taking,
    timing,
    worlds,
    year,
)

PASSES = 3


def signed_in(email):
    client = Client()
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def measured():
    """Return the calmest figures of each page: what else the machine does only adds."""
    # As a web process does once it is loaded.
    gc.collect()
    gc.freeze()
    passes = [list(measured_once(number)) for number in range(1, PASSES + 1)]
    return [min(figures, key=timing.by_cpu) for figures in zip(*passes, strict=True)]


def measured_once(number):
    print(f"  {number} of {PASSES}: {timing.speed()}", flush=True)
    for email, page, address in pages.of_all():
        if not email:
            # Health is asked of a portal whose programs run.
            for name, *_ in PROGRAMS:
                leave_word(name)
        yield timing.measure(signed_in(email), page, address)


def main():
    size = int(os.environ.get("SIZE") or 1000)
    logging.disable(logging.ERROR)
    if fleet := os.environ.get("FLEET"):
        print("\n".join(year.measured(int(fleet))))
        return
    if lines := os.environ.get("TAKEN"):
        print("\n".join(taking.measured(int(lines))))
        return
    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "tests.bench.bare", ["*"]
    print(f"Making a world of {size:,} orders, unless it is there", flush=True)
    worlds.build(size)
    # What another world counted is not true of this one.
    cache.clear()
    report.keep(size, measured())
    print("\n".join(report.lines()))
    print("\n".join(exports.export(signed_in(pages.OPERATOR.email))))
    if os.environ.get("PAGES_ONLY"):
        return
    print("\n".join(load.measured()))
    print("\n".join(lapses.measured()))
    # Last: it gives all work an owner, and who writes under load takes what has none.
    print("\n".join(bulk.measured()))


main()
