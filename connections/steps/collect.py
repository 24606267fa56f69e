"""The equipment of an ended connection: the day it is collected, and what was."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import words
from connections import commands, policies
from connections.errors import NothingCollected
from connections.file import connection_of
from connections.models import Connection, EquipmentCollection
from connections.obligations import COLLECT
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from parties.models import User
from sites.models import InstalledItem


def to_collect(file: OrderFile) -> Connection | None:
    """Return the connection whose end is known and whose equipment is still there."""
    row = connection_of(file).row
    return row if row is not None and row.is_leaving and not row.is_collected else None


class CollectionPage(OrderPage[EquipmentCollection]):
    """A page about equipment that is to be collected."""

    states = INSTALLED
    not_due = "Its equipment is not to be collected: it goes on, or all of it is."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_collect(subject, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and to_collect(file) is not None

    def still_to_collect(self, file: OrderFile) -> Connection:
        return still_there(to_collect(file))


class CollectionDayForm(forms.Form):
    on = Day(
        label="Day on which it is collected",
        help_text="As agreed with the Gateway Party, after the last day of service.",
        error_messages={"required": "Enter the day on which it is collected"},
    )
    note = words("What else was agreed", "Optional. The Gateway Party reads it.", "", 3)


class AgreeCollection(CollectionPage):
    slug = "collection-day"
    label = "Say when the equipment is collected"
    hint = "The Gateway Party is told the day by e-mail."
    button = "Save the day"
    form_class = CollectionDayForm
    tells = ("collection_agreed",)

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        row = getattr(to_collect(subject), "collection", None)
        return {"on": row.planned_on, "note": row.note} if row else {}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The collection stays owed until it is recorded.",
        ]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> EquipmentCollection:
        pk = self.still_to_collect(subject).pk
        return commands.agree_collection(pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "on"

    def message(self, subject: OrderFile, result: EquipmentCollection) -> str:
        return "The day is kept, and the Gateway Party is told."


class CollectedForm(forms.Form):
    items = forms.ModelMultipleChoiceField(
        label="What was collected",
        queryset=InstalledItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what was collected"},
    )
    done_on = Day(
        label="Day on which it was collected",
        error_messages={"required": "Enter the day on which it was collected"},
    )
    note = words("Note", "Optional. The Gateway Party reads it.", "", 3)


class RecordCollection(CollectionPage):
    slug = "collected"
    label = "Record what was collected"
    hint = "Each item is out of the rack from that day. What is left stays owed."
    button = "It was collected"
    form_class = CollectedForm
    sees_to = (COLLECT,)
    tells = ("equipment_collected",)

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        return row is not None and row.is_over and super().is_listed(file)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        standing = InstalledItem.objects.filter(order=subject.order, removed_on=None)
        items: Any = form.fields["items"]
        items.queryset = standing
        if standing.exists():
            form.initial["items"] = standing
        else:
            # Where none was recorded one by one, all of it was collected.
            del form.fields["items"]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        return {"done_on": subject.today}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "What is ticked leaves the rack; what is not stays to be collected.",
        ]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> EquipmentCollection:
        pk = self.still_to_collect(subject).pk
        items = [item.pk for item in answers.pop("items", ())]
        return commands.record_collection(pk, by=user, items=items, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "items" if isinstance(refusal, NothingCollected) else "done_on"

    def message(self, subject: OrderFile, result: EquipmentCollection) -> str:
        rest = "" if result.collected_on else " What is left stays owed."
        return f"What was collected is kept, and the Gateway Party is told.{rest}"


PAGES: list[OrderPage[Any]] = [AgreeCollection(), RecordCollection()]
