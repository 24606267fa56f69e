from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("parties", "0018_nominations_are_asked_about"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("role", ""), _negated=True),
                fields=["role", "name"],
                name="staff_by_role",
            ),
        ),
    ]
