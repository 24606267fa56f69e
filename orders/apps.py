from django.apps import AppConfig
from django.db.models.signals import post_migrate

from worklist.parts import Companion, Part, register
from worklist.threads import ThreadKind, declare_threads


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from orders import receivers  # noqa: F401, PLC0415  connects them

        tell_of_threads()
        tell_what_is_owed()
        post_migrate.connect(seed, sender=self)


def seed(sender: object, **kwargs: object) -> None:
    """Give a new database its bank holidays; what staff changed is left alone."""
    from orders.commands import seed_bank_holidays  # noqa: PLC0415  models are ready

    seed_bank_holidays()


def tell_what_is_owed() -> None:
    """Declare which rows of ours say what is owed, and which days are working days."""
    from orders import facts, obligations, search  # noqa: PLC0415  models are ready
    from orders.commands import working_calendar  # noqa: PLC0415  models are ready

    register.calendar = working_calendar
    register.companions.append(
        Companion(search.all_orders, search.write_texts, search.differences)
    )
    register.add(
        Part(
            "orders",
            facts.order_facts,
            obligations.owed,
            obligations.ending,
            threads=facts.live_orders,
            queues=obligations.QUEUES,
        ),
        "ORD",
    )
    register.add(
        Part(
            "enquiries",
            facts.enquiries_in,
            obligations.enquiries_owed,
            threads=facts.waiting_enquiries,
            party=lambda known: known[0].party_id,
        ),
        "ENQ",
    )
    register.add(
        Part(
            "nominations",
            facts.nominations_asked,
            obligations.nominations_owed,
            threads=facts.parties_asked,
            party=lambda asked: asked.party_id,
        ),
        "PTY",
    )


def tell_of_threads() -> None:
    """Declare what rows of work say of each kind of thread, and who is given them."""
    from orders import threads  # noqa: PLC0415  models are ready
    from orders.commands import (  # noqa: PLC0415  models are ready
        give_away_enquiries,
        give_away_nothing,
        give_away_orders,
    )

    declare_threads(
        ThreadKind(
            "ORD", threads.describe_orders, threads.orders_found, give_away_orders
        )
    )
    declare_threads(
        ThreadKind(
            "ENQ",
            threads.describe_enquiries,
            threads.enquiries_found,
            give_away_enquiries,
        )
    )
    declare_threads(
        ThreadKind(
            "PTY",
            threads.describe_parties,
            threads.asked_parties_found,
            give_away_nothing,
        )
    )
