"""One form of a line for who visits and who provides the circuit."""

from django.db import migrations

from common.rows import tidy_lines

LINES = {
    "SiteVisit": ["visitor"],
    "InstallationStage": ["provider", "provider_reference"],
}


def keep_one_form(apps, schema_editor):
    for name, fields in LINES.items():
        tidy_lines(apps.get_model("sites", name), fields)


class Migration(migrations.Migration):
    dependencies = [("sites", "0004_path_check")]

    operations = [migrations.RunPython(keep_one_form, migrations.RunPython.noop)]
