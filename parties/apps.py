from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartiesConfig(AppConfig):
    name = "parties"
    verbose_name = "Parties"

    def ready(self) -> None:
        from parties import groups, receivers  # noqa: F401, PLC0415  connects them

        post_migrate.connect(groups.set_up_groups, sender=self)
