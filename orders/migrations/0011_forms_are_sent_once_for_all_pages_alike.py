"""Requests had a token of their own against double sending; all pages share one now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0010_references_that_look_the_same_are_the_same"),
        ("records", "0008_forms_sent_once"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="connectionrequest", name="one_request_a_form_that_starts_it"
        ),
        migrations.RemoveField(model_name="connectionrequest", name="started_with"),
    ]
