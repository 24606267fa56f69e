from django.apps import AppConfig

from worklist.parts import Part, register


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = "Work on site"

    def ready(self) -> None:
        from sites import facts, obligations, receivers, search  # noqa: F401, PLC0415  models are ready; receivers and search connect themselves

        register.add(
            Part(
                "sites",
                facts.site_facts,
                obligations.owed,
                obligations.ending,
                queues=obligations.QUEUES,
            )
        )
