"""What is known of the work at an order's site, for its pages and steps."""

from django.utils.functional import cached_property

from orders.file import FilePart, OrderFile
from sites.models import (
    InstallationStage,
    PathCheck,
    SiteAccess,
    SiteVisit,
    SurveyResult,
)
from sites.states import Stage, VisitState


class SiteOfOrder(FilePart):
    @property
    def access(self) -> SiteAccess | None:
        return getattr(self.order, "access", None)

    @cached_property
    def path_check(self) -> PathCheck | None:
        """What the check of both paths of its pair found, once there is one."""
        if self.order.group_id is None:
            return None
        return PathCheck.objects.filter(group=self.order.group_id).first()

    @cached_property
    def visits(self) -> list[SiteVisit]:
        rows = self.order.visits.select_related("result").order_by("-on", "-pk")
        return self.file.own(rows)

    @property
    def booked(self) -> list[SiteVisit]:
        return [row for row in self.visits if row.state == VisitState.BOOKED]

    @property
    def survey(self) -> SurveyResult | None:
        """The latest result."""
        results = (getattr(row, "result", None) for row in self.visits)
        return next((row for row in results if row is not None), None)

    @cached_property
    def stages(self) -> list[InstallationStage]:
        return list(self.order.stages.all())

    @property
    def next_stage(self) -> Stage | None:
        done = {row.stage for row in self.stages}
        return next((stage for stage in Stage if stage not in done), None)


def site_of(file: OrderFile) -> SiteOfOrder:
    return file.part(SiteOfOrder)
