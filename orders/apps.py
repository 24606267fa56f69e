from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from orders import receivers  # noqa: F401, PLC0415  connects them

        post_migrate.connect(seed, sender=self)


def seed(sender: Any, **kwargs: Any) -> None:
    """Give a new database its bank holidays; what staff changed is left alone."""
    from orders.commands import seed_bank_holidays  # noqa: PLC0415  models are ready

    seed_bank_holidays()
