from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "dccportal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Look at the database here, where web, worker, timer and commands all pass."""
        # The people are models, which cannot be imported before this moment.
        import_module("dccportal.demo.refusal").refuse_demo_world()
