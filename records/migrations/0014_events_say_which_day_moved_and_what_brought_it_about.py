import django.db.models.deletion
from django.db import migrations, models

# In plain SQL: Django would make the table anew on SQLite, and its triggers, which hold
# events to be append-only, would be gone.
ADD = "ALTER TABLE records_event ADD COLUMN"
DROP = "ALTER TABLE records_event DROP COLUMN"
LEADS = "REFERENCES records_event (id) DEFERRABLE INITIALLY DEFERRED"


def day(name):
    field = models.DateField(null=True)
    return migrations.RunSQL(
        f"{ADD} {name} date NULL",
        f"{DROP} {name}",
        state_operations=[
            migrations.AddField(model_name="event", name=name, field=field)
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0013_lists_are_read_in_order")]

    operations = [
        day("day_from"),
        day("day_to"),
        migrations.RunSQL(
            f"{ADD} cause_id bigint NULL {LEADS}",
            f"{DROP} cause_id",
            state_operations=[
                migrations.AddField(
                    model_name="event",
                    name="cause",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.event",
                    ),
                )
            ],
        ),
    ]
