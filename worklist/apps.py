from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "worklist"
    verbose_name = "Work owed"

    def ready(self) -> None:
        from worklist import receivers  # noqa: F401, PLC0415  connects them
