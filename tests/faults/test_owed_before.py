"""What machines owed before they had a register is owed in it after the migration.

It migrates back to where each kind had columns of its own, lets rows stand as they did
then, and migrates forward again, on whichever database the suite runs.
"""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from records.models import Job, Notice
from tests.factories.records import NoticeFactory
from tests.world import WORLD

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [
    ("records", "0009_what_became_untrue_is_not_sent"),
    ("guidance", "0001_versions_sections_and_questions"),
    ("orders", "0015_drafts_can_be_thrown_away"),
    ("quotes", "0009_dcc_decides_about_the_charges_of_an_rdps_hv"),
]
FULL = "The disk is full."
WORDS = ("key", "kind", "thread", "to", "subject", "text", "html", "owed_at")


def migrate(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def old(pending_authority):
    """A way to the models of before, over tables as they were; put back at the end."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    # A column of before that may not be empty has nothing to say of rows of today.
    Notice.objects.all().delete()
    apps = migrate(BEFORE)
    try:
        yield lambda app, model: apps.get_model(app, model).objects
    finally:
        migrate(newest)
        WORLD.forget()


def email(old, state, **columns):
    row = NoticeFactory.build()
    words = {name: getattr(row, name) for name in (*WORDS, "worded_at")}
    times = {"next_attempt_at": row.owed_at, "sent_at": row.owed_at, **columns}
    return old("records", "Notice").create(state=state, **words, **times)


def second(row, **columns):
    """Keep another row like this one, which differs in some columns."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    return type(row).objects.create(**kept | {"id": None} | columns)


def a_draft_to_be_issued(old):
    draft = second(
        old("quotes", "Quote").get(),
        reference="QUO-1-2",
        version=2,
        state="draft",
        document_id=None,
        issue_requested_at=timezone.now(),
    )
    old("quotes", "Preview").create(quote=draft, asked_at=timezone.now())
    return draft


def papers(old):
    """Let documents, records of forms, a scan and a mailing wait, and one fail."""
    forms, versions = old("orders", "FormVersion"), old("guidance", "GuidanceVersion")
    form = forms.get()
    failed = second(form, number=2, rendering_error=FULL)
    scan = old("quotes", "Authority").get()
    published = versions.filter(state="published").latest("pk")
    version = second(published, number="9.9", told_at=None)
    return a_draft_to_be_issued(old), form, failed, scan, version


def jobs():
    """Return what is owed by kind, each with its error where it had failed."""
    forward = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate(forward)
    found = Job.objects.unfinished().order_by("kind", "subject")
    rows = found.values_list("kind", "subject", "last_error", "failed_at")
    return [(*row, bool(failed_at)) for *row, failed_at in rows]


def test_what_waited_or_failed_in_each_of_the_six_ways_is_owed(old):
    waiting = email(old, "queued", attempts=3)
    in_flight = email(old, "sending", lease_until=timezone.now())
    refused = email(old, "failed", last_error=FULL)
    email(old, "sent")
    draft, form, failed, scan, version = papers(old)

    assert jobs() == [
        ("deliver_notice", waiting.pk, "", False),
        ("deliver_notice", in_flight.pk, "", False),
        ("deliver_notice", refused.pk, FULL, True),
        ("read_scan", scan.pk, "", False),
        ("record_form", form.pk, "", False),
        ("record_form", failed.pk, FULL, True),
        ("render_preview", draft.pk, "", False),
        ("render_quote", draft.pk, "", False),
        ("tell_of_version", version.pk, "", False),
    ]
    assert Job.objects.get(kind="deliver_notice", subject=waiting.pk).attempts == 3
    assert Notice.objects.get(pk=in_flight.pk).state == "queued"
