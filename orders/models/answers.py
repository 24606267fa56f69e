"""The answers of the request form: a column each, and what DCC cannot do without."""

from django.core.validators import MaxValueValidator
from django.db import models

from orders.states import (
    ConnectionType,
    Continuity,
    InformedBy,
    Route,
)
from parties.models import DataCentre

PERIODS = (1, 3)
HV_STEP_MBPS = 10
# Above any ceiling that the settings may name, so that raising it needs no migration.
HV_CEILING_MBPS = 1000
REQUIRED_ANSWERS = {
    "connection_type": "type of connection",
    "data_centre_id": "data centre",
    "technical_contact_name": "technical contact",
    "technical_contact_email": "technical contact's e-mail",
    "site_contact_name": "site contact",
    "site_contact_phone": "site contact's phone",
    "uses": "intended use",
}


class Answers(models.Model):
    """What a Gateway Party states about the one connection that it asks for.

    Nothing, the empty text or the empty list is "not answered"; a question that
    another answer makes needless has none.
    """

    route = models.CharField(max_length=3, choices=Route)
    connection_type = models.CharField(max_length=2, choices=ConnectionType, blank=True)
    hv_rating_mbps = models.PositiveSmallIntegerField(null=True)
    minimum_period_years = models.PositiveSmallIntegerField(null=True)
    required_by = models.DateField(null=True)

    uses = models.JSONField(default=list)
    testing_kinds = models.JSONField(default=list)
    is_registration_only = models.BooleanField(null=True)
    continuity = models.CharField(max_length=12, choices=Continuity, blank=True)

    # Its pair. The cross-reference is the reference on the Party's other form.
    customer_reference = models.CharField(max_length=40, blank=True)
    related_reference = models.CharField(max_length=40, blank=True)
    wants_diverse_routing = models.BooleanField(null=True)
    site_separation = models.CharField(max_length=100, blank=True)
    dcc_data_service = models.CharField(max_length=100, blank=True)

    is_shared = models.BooleanField(null=True)

    data_centre = models.ForeignKey(
        DataCentre, null=True, on_delete=models.PROTECT, related_name="orders"
    )
    floor = models.CharField(max_length=40, blank=True)
    room = models.CharField(max_length=60, blank=True)
    rack_position = models.CharField(max_length=60, blank=True)
    ac_sockets = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(99)]
    )
    has_access_control = models.BooleanField(null=True)
    landlord = models.CharField(max_length=200, blank=True)
    is_multi_tenanted = models.BooleanField(null=True)
    was_built_before_2000 = models.BooleanField(null=True)
    has_asbestos_register = models.BooleanField(null=True)
    needs_induction = models.BooleanField(null=True)

    technical_contact_name = models.CharField(max_length=150, blank=True)
    technical_contact_email = models.EmailField(blank=True)
    technical_contact_phone = models.CharField(max_length=40, blank=True)
    site_contact_name = models.CharField(max_length=150, blank=True)
    site_contact_phone = models.CharField(max_length=40, blank=True)
    site_contact_email = models.EmailField(blank=True)
    informed_by = models.CharField(max_length=10, choices=InformedBy, blank=True)
    purchase_order = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def missing_answers(self) -> list[str]:
        """Name what DCC cannot do without, whichever way the answers came.

        Source: R-2.5-1, R-2.6-3, R-2.2-6, R-2.1.1-1, R-2.3-4.
        """
        needed = dict(REQUIRED_ANSWERS)
        if self.connection_type == ConnectionType.HV:
            needed["hv_rating_mbps"] = "rating"
        if self.route == Route.H15:
            needed["minimum_period_years"] = "minimum contract period"
        return [words for name, words in needed.items() if not getattr(self, name)]


NOT_ASKED = ("route",)
ANSWERS = tuple(
    field.attname
    for field in Answers._meta.local_fields  # noqa: SLF001  Django's own, documented
    if field.name not in NOT_ASKED
)
