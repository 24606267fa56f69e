from django.apps import AppConfig
from django.db.models.signals import post_migrate

from worklist.parts import Part, register


class QuotesConfig(AppConfig):
    name = "quotes"
    verbose_name = "Quotations"

    def ready(self) -> None:
        from quotes import facts, obligations, receivers, search  # noqa: F401, PLC0415  models are ready; receivers and search connect themselves

        register.add(
            Part(
                "quotes",
                facts.quote_facts,
                obligations.owed,
                obligations.ending,
                queues=obligations.QUEUES,
            )
        )

        post_migrate.connect(seed, sender=self)


def seed(sender: object, **kwargs: object) -> None:
    """Give a new database the guidance's ballparks and the VAT rate in force."""
    from quotes.commands.prices import seed_prices  # noqa: PLC0415  models are ready

    seed_prices()
