from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_who_changed_an_answer_and_forms_refused")]

    operations = [
        migrations.AddField(
            model_name="sitereview",
            name="has_separate_exchanges",
            field=models.BooleanField(
                null=True, verbose_name="the routes use different exchanges"
            ),
        ),
        migrations.AddField(
            model_name="sitereview",
            name="has_separate_roads",
            field=models.BooleanField(
                null=True, verbose_name="the routes use different roads"
            ),
        ),
    ]
