import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

EXPLAINED = Q(corrects__isnull=True) | (
    Q(entered_at__isnull=False) & Q(entered_by__isnull=False) & ~Q(why="")
)


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0015_offers_are_found_by_when_they_lapse"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="priceitem",
            name="corrects",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction",
                to="quotes.priceitem",
                verbose_name="in place of",
            ),
        ),
        migrations.AddField(
            model_name="priceitem",
            name="entered_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="priceitem",
            name="entered_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="priceitem",
            name="why",
            field=models.TextField(
                blank=True, editable=False, verbose_name="why it was put right"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceitem",
            constraint=models.CheckConstraint(
                name="price_item_is_put_right_with_who_when_and_why",
                condition=EXPLAINED,
            ),
        ),
    ]
