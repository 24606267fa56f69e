from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = "Work on site"

    def ready(self) -> None:
        from sites import receivers  # noqa: F401, PLC0415  connects them
