from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "parties"
    verbose_name = "Parties"

    def ready(self) -> None:
        from parties import receivers  # noqa: F401, PLC0415  connects them
