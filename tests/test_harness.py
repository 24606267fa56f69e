"""The harness keeps its promises, so that a green run means what it says."""

import socket

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from records.models import Event
from records.tasks import nudge_ready_jobs

SECONDS_ALLOWED = 1


def happen():
    now = timezone.now()
    kind = ContentType.objects.get_for_model(Event)
    facts = {"subject_type": kind, "subject_pk": 1, "at": now, "recorded_at": now}
    return Event.objects.create(thread="T-1", name="tried", what="Tried", **facts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_append_only_tables_are_empty_when_a_test_begins(turn):
    happen()

    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_migrating_laid_down_is_there_when_a_test_begins(turn):
    happen()

    models = set(apps.get_models())
    assert {kind.model_class() for kind in ContentType.objects.all()} >= models
    assert Permission.objects.count() >= len(models)


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_refuse_a_change_while_a_test_runs():
    happen()

    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.all()._raw_delete(using="default")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_append_only_tables_refuse_to_be_emptied_while_a_test_runs():
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE records_event")


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_count_of_sign_ins_is_left_from_the_test_before(turn):
    assert cache.add("sign-ins", 1)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_document_is_left_from_the_test_before(turn):
    stored = default_storage.save("scan.pdf", ContentFile(b"%PDF-"))

    assert stored == "scan.pdf"


def test_nothing_reaches_beyond_this_machine():
    with pytest.raises(Exception, match="A test tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=SECONDS_ALLOWED)


def test_a_task_that_is_sent_waits_in_memory():
    nudge_ready_jobs.delay()

    assert settings.CELERY_BROKER_URL == "memory://"
