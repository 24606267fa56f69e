from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("parties", "0005_each_closing_of_a_sign_in_is_kept")]

    operations = [migrations.RemoveField(model_name="user", name="closed_at")]
