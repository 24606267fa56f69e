"""The demo world as it is after some days: each thing done on its own, no job left."""

from django.core.management import call_command
from django.db import connection

from dccportal.demo import enquiries, orders
from dccportal.demo.world import load_people
from orders.models import ConnectionRequest
from parties.models import User
from records.commands import run_job
from records.models import Job
from tests.bench.multiply import multiply


def build(size):
    """Fill an empty database with at least `size` orders; do nothing if it is full."""
    call_command("migrate", verbosity=0)
    if not User.objects.exists():
        live()
    there = ConnectionRequest.objects.count()
    if there < size:
        multiply(-(-size // there))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def live():
    """Let the demo world happen step by step, so that what was owed is closed again."""
    world = load_people()
    for tell in (*orders.STORIES, *enquiries.STORIES):
        tell(world)
    while found := list(Job.objects.ready().values_list("pk", flat=True)):
        for pk in found:
            run_job(pk)
