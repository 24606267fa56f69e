"""The answers of the request form: a column each, and what follows of them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from orders.models.declared import FORM_ANSWERS
from orders.models.form_answer import FormAnswer
from orders.models.pairing import place_in_pair, role_words, split_uses
from orders.states import (
    FREE_KIND,
    REGISTRATION_USES,
    ConnectionType,
    Continuity,
    InformedBy,
    Route,
)
from parties.models import DataCentre

HV_STEP_MBPS = 10
# Above any ceiling that the settings may name, so that raising it needs no migration.
HV_CEILING_MBPS = 1000
EMPTY: tuple[Any, ...] = (None, "", [])


class Answers(models.Model):
    """What a Gateway Party states about the one connection that it asks for.

    Nothing, the empty text or the empty list is "not answered"; a question that
    another answer makes needless has none. The first words of a field are its short
    name: what versions, the desk and the record of the form call the answer.
    """

    route = models.CharField(
        "in which capacity it asks", max_length=3, choices=Route, blank=True
    )
    connection_type = models.CharField(
        "type", max_length=2, choices=ConnectionType, blank=True
    )
    hv_rating_mbps = models.PositiveSmallIntegerField("rating", null=True)
    minimum_period_years = models.PositiveSmallIntegerField(
        "minimum contract period", null=True
    )
    required_by = models.DateField("required by", null=True)

    uses = models.JSONField("used for", default=list)
    testing_kinds = models.JSONField("kinds of testing", default=list)
    is_registration_only = models.BooleanField("only for registration data", null=True)
    continuity = models.CharField(
        "purpose of another connection", max_length=12, choices=Continuity, blank=True
    )

    # Its pair. The cross-reference is the reference on the Party's other form.
    customer_reference = models.CharField(
        "Gateway Party reference", max_length=40, blank=True
    )
    related_reference = models.CharField(
        "reference of the other form", max_length=40, blank=True
    )
    wants_diverse_routing = models.BooleanField("diverse routing", null=True)
    site_separation = models.CharField(
        "how far the sites are apart", max_length=100, blank=True
    )

    is_shared = models.BooleanField("shared with others", null=True)

    data_centre = models.ForeignKey(
        DataCentre,
        null=True,
        on_delete=models.PROTECT,
        related_name="orders",
        verbose_name="data centre",
    )
    floor = models.CharField("floor", max_length=40, blank=True)
    room = models.CharField("room", max_length=60, blank=True)
    rack_position = models.CharField("rack position", max_length=60, blank=True)
    ac_sockets = models.PositiveSmallIntegerField(
        "power sockets", null=True, validators=[MaxValueValidator(99)]
    )
    has_access_control = models.BooleanField("controlled entry", null=True)
    landlord = models.CharField("landlord", max_length=200, blank=True)
    is_multi_tenanted = models.BooleanField("shared building", null=True)
    was_built_before_2000 = models.BooleanField("built before 2000", null=True)
    has_asbestos_register = models.BooleanField("asbestos register", null=True)
    needs_induction = models.BooleanField("site induction", null=True)

    technical_contact_name = models.CharField(
        "technical contact", max_length=150, blank=True
    )
    technical_contact_email = models.EmailField(
        "technical contact’s e-mail", blank=True
    )
    technical_contact_phone = models.CharField(
        "technical contact’s phone", max_length=40, blank=True
    )
    site_contact_name = models.CharField("site contact", max_length=150, blank=True)
    site_contact_phone = models.CharField(
        "site contact’s phone", max_length=40, blank=True
    )
    site_contact_email = models.EmailField("site contact’s e-mail", blank=True)
    informed_by = models.CharField(
        "how to be kept informed", max_length=10, choices=InformedBy, blank=True
    )
    purchase_order = models.CharField("purchase order", max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def missing_fields(self) -> dict[str, str]:
        """Return what DCC cannot do without, by field, whichever way answers came.

        Source: R-2.5-1, R-2.6-3, R-2.2-6, R-2.1.1-1, R-2.1.1-3, R-2.3-4, R-5.2.1-3,
            R-5.2.1-5.
        """
        return {
            column: answer.needed
            for column, answer in NEEDED.items()
            if getattr(self, column) in EMPTY and answer.is_asked(self)
        }

    @property
    def missing_answers(self) -> list[str]:
        """Name what DCC cannot do without. Source: R-2.5-1, R-2.2-6."""
        return list(self.missing_fields.values())

    def is_unlike(self, other: "Answers") -> bool:
        """Say whether one link of a pair is smaller, as far as both are known.

        Source: R-4.2-6, R-4.3-6.
        """
        sizes = [(form.connection_type, form.hv_rating_mbps) for form in (self, other)]
        return all(kind for kind, _ in sizes) and sizes[0] != sizes[1]

    @property
    def is_free_kind(self) -> bool:
        return is_free_kind(self)

    @property
    def is_split(self) -> bool:
        return split_uses(self) is not None

    @property
    def role_words(self) -> str:
        return role_words(self)

    @property
    def place_in_pair(self) -> str:
        return place_in_pair(self)

    def drop_needless(self) -> None:
        """Empty what another answer makes needless, so that nothing is kept unseen."""
        for answer in FORM_ANSWERS:
            if not answer.is_asked(self):
                setattr(self, answer.name, column_of(answer.name).get_default())
        if self.route == Route.E3:
            self.uses = [use for use in self.uses if use in REGISTRATION_USES]


def is_free_kind(form: Any) -> bool:
    """Say whether an RDP has one like it free of charge. Source: R-2.9.2-1."""
    return all(getattr(form, name) == value for name, value in FREE_KIND.items())


def column_of(name: str) -> models.Field[Any, Any]:
    """Return the column that keeps an answer; its first words are its short name."""
    found: Any = Answers._meta.get_field(name)  # noqa: SLF001  documented
    column: models.Field[Any, Any] = found
    return column


def columns_where(test: Callable[[FormAnswer], bool]) -> tuple[str, ...]:
    """Return the columns of the answers of which something is declared, in order."""
    return tuple(column_of(row.name).attname for row in FORM_ANSWERS if test(row))


ANSWERS = columns_where(lambda _: True)
NEEDED = {column_of(row.name).attname: row for row in FORM_ANSWERS if row.needed}
SHARED_ANSWERS = columns_where(lambda answer: answer.is_on_both)
SEARCHED_ANSWERS = columns_where(lambda answer: answer.is_searched)
HELD_AGAINST = columns_where(lambda answer: answer.is_held_against)
# What is chosen among rows of the Party itself.
CHOSEN_OF_PARTY = columns_where(lambda answer: answer.is_of_the_party)
REOPENS_REVIEW = frozenset(columns_where(lambda answer: answer.reopens_review))
UNTIL_BUILT = frozenset(columns_where(lambda answer: answer.may_change_until_built))


class AnswerChange(models.Model):
    """Who changed one answer of a form last, and when.

    Told to a colleague who was writing in the same section; `field` is the answer's
    own name, or the kind of an acknowledgement.
    """

    order = models.ForeignKey(
        "orders.ConnectionRequest",
        on_delete=models.PROTECT,
        related_name="answer_changes",
    )
    field = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "field"], name="one_last_change_an_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.order}"
