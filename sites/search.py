"""Orders are found by the references of visits, and of the carrier’s circuit."""

from collections.abc import Collection

from orders.search import Rows, found_by, lines_of
from sites.models import InstallationStage, SiteVisit


@found_by
def visits_of(threads: Collection[str]) -> Rows:
    rows = SiteVisit.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "reference")


@found_by
def circuits_of(threads: Collection[str]) -> Rows:
    rows = InstallationStage.objects.filter(order__reference__in=threads)
    return lines_of(rows, "order", "provider_reference")
