from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models import F, Q

UK = ZoneInfo("Europe/London")
OPEN = ("issued", "authority_received")
CHUNK = 500


def lapses_at(received_at, days):
    """The UK midnight that ends the last day, counted from the day of receipt."""
    last_day = received_at.astimezone(UK).date() + timedelta(days=days)
    midnight = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=UK)
    return midnight.astimezone(UTC)


def receipts(quote, notices):
    """When its e-mails went and when it was opened, each with what shows it."""
    sent = notices.filter(
        kind="quote_issued", key__startswith=f"quote_issued:{quote.pk}:"
    )
    times = sent.filter(sent_at__isnull=False).values_list("sent_at", flat=True)
    found = [(at, "email") for at in times]
    found += [(row.at, "portal") for row in quote.readings.all()]
    return [(max(at, quote.issued_at), how) for at, how in found]


def note_receipt(apps, schema_editor):
    """Each offer that went out says when it was received, as far as that is known.

    What has lapsed lapsed as its days were counted then, so those stand. An open offer
    that nothing shows to be received waits, as it does from now on.
    """
    quotes = apps.get_model("quotes", "Quote").objects
    notices = apps.get_model("records", "Notice").objects
    issued = quotes.filter(issued_at__isnull=False)
    for quote in issued.iterator(chunk_size=CHUNK):
        known = receipts(quote, notices)
        if quote.state == "lapsed" or (not known and quote.state not in OPEN):
            at, how = quote.issued_at, "email"
        elif known:
            at, how = min(known)
        else:
            issued.filter(pk=quote.pk).update(lapses_at=None)
            continue
        until = quote.lapses_at
        if quote.state != "lapsed":
            until = lapses_at(at, quote.open_days)
        issued.filter(pk=quote.pk).update(
            received_at=at, received_by=how, lapses_at=until
        )


def forget_receipt(apps, schema_editor):
    """Going back, each offer has a deadline again: from issue, as it was."""
    quotes = apps.get_model("quotes", "Quote").objects
    issued = quotes.filter(issued_at__isnull=False, lapses_at=None)
    for quote in issued.iterator(chunk_size=CHUNK):
        until = lapses_at(quote.issued_at, quote.open_days)
        issued.filter(pk=quote.pk).update(lapses_at=until)


class Migration(migrations.Migration):
    # Rows change and constraints follow: PostgreSQL wants them apart.
    atomic = False

    dependencies = [
        ("quotes", "0005_ranges_and_rates_that_are_such"),
        ("records", "0004_documents_say_whether_they_were_scanned"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="quote", name="quote_issued_has_a_deadline_and_a_document"
        ),
        migrations.AddField(
            model_name="quote",
            name="received_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="quote",
            name="received_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("email", "The mail server accepted our e-mail"),
                    ("portal", "Opened in the portal"),
                ],
                default="",
                max_length=10,
                verbose_name="what shows receipt",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(note_receipt, forget_receipt),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn"))
                | Q(document__isnull=False, issued_at__isnull=False),
                name="quote_issued_has_its_time_and_a_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=Q(
                    lapses_at__isnull=True, received_at__isnull=True, received_by=""
                )
                | Q(
                    issued_at__isnull=False,
                    lapses_at__gt=F("received_at"),
                    lapses_at__isnull=False,
                    received_at__gte=F("issued_at"),
                    received_at__isnull=False,
                    received_by__in=["email", "portal"],
                ),
                name="quote_deadline_follows_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="quote",
            constraint=models.CheckConstraint(
                condition=~Q(state="lapsed") | Q(received_at__isnull=False),
                name="quote_lapsed_was_received",
            ),
        ),
    ]
