from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """Let every program know each kind of work, the desk's pages included."""
        autodiscover_modules("tasks")
