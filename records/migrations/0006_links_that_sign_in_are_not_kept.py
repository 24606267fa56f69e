import re

from django.db import migrations

LINK = re.compile(r"(https?://[^\s\"<>/]+)/(?:password|account/e-mail)/[^\s\"<>]+")
PLACE = r"\1/link-made-while-sending/"


def take_links_out(apps, schema_editor):
    """What is still queued is sent with a link that is made then."""
    for notice in apps.get_model("records", "Notice").objects.filter(
        kind__startswith="account_"
    ):
        notice.text = LINK.sub(PLACE, notice.text)
        notice.html = LINK.sub(PLACE, notice.html)
        notice.save(update_fields=["text", "html"])


class Migration(migrations.Migration):
    dependencies = [("records", "0005_documents_name_their_template")]

    operations = [migrations.RunPython(take_links_out, migrations.RunPython.noop)]
