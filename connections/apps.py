from django.apps import AppConfig

from worklist.parts import Part, register


class ConnectionsConfig(AppConfig):
    name = "connections"
    verbose_name = "Connections"

    def ready(self) -> None:
        from connections import facts, obligations, receivers, search  # noqa: F401, PLC0415  models are ready; receivers and search connect themselves

        register.add(
            Part(
                "connections",
                facts.connection_facts,
                obligations.owed,
                queues=obligations.QUEUES,
            )
        )
