from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        post_migrate.connect(seed, sender=self)


def seed(sender: object, **kwargs: object) -> None:
    """Give a database the guidance in this release's words; staff's own stay."""
    from guidance.commands import seed_guidance  # noqa: PLC0415  models are ready

    seed_guidance()
