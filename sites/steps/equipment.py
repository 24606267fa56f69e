"""What was put into the rack, item by item."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from common.clock import uk_date
from common.fields import Day
from common.pages import Answers
from common.staff_fields import offer, one_of, words
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.file import site_of
from sites.models import EquipmentType, InstalledItem
from sites.states import StageKind


class ItemForm(forms.Form):
    kind = one_of(EquipmentType, "What it is", "Choose what it is")
    model_name = forms.CharField(
        label="Model",
        max_length=100,
        required=False,
        help_text="Leave it empty if it is the model named above.",
    )
    version = forms.CharField(
        label="Version",
        max_length=60,
        required=False,
        help_text="Of its software, if it has one.",
    )
    serial_number = forms.CharField(
        label="Serial number",
        max_length=60,
        error_messages={"required": "Enter the serial number"},
    )
    position = forms.CharField(
        label="Position in the rack",
        max_length=100,
        help_text="Such as rack D4, unit 30.",
        error_messages={"required": "Enter where in the rack it is"},
    )
    installed_on = Day(
        label="Day on which it was installed",
        error_messages={"required": "Enter the day on which it was installed"},
    )
    replaces = forms.ModelChoiceField(
        label="It takes the place of",
        queryset=InstalledItem.objects.none(),
        required=False,
        empty_label="Nothing",
        help_text="An item that was exchanged, or that was recorded wrongly.",
    )
    why = words("Why it was replaced", "Only for an item that takes another’s place.")


class RecordItem(OrderPage[InstalledItem]):
    slug = "equipment"
    label = "Record an item of equipment"
    hint = "Each item in the rack, with its serial number (section 5)."
    button = "Keep it"
    form_class = ItemForm
    states = (OrderState.INSTALL, OrderState.CONFIGURING, OrderState.CONFIGURED)
    not_due = "The network equipment is not recorded as installed yet."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and StageKind.EQUIPMENT in site_of(file).done

    def is_done(self, file: OrderFile) -> bool:
        return bool(site_of(file).items_in_rack)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        kinds = EquipmentType.objects.for_order(subject.order)
        offer(form, "kind", list(kinds), lambda row: row.words)
        standing = site_of(subject).items_in_rack
        if standing:
            offer(form, "replaces", standing)
        else:
            del form.fields["replaces"], form.fields["why"]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        stage = site_of(subject).done.get(StageKind.EQUIPMENT)
        return {"installed_on": stage.done_on if stage else uk_date(timezone.now())}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It stands in the rack of this site from its day on. The Party reads it.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> InstalledItem:
        replaced = answers.pop("replaces", None)
        return commands.install_item(
            subject.pk,
            by=user,
            **{**answers, "kind": answers["kind"].pk},
            replaces=replaced.pk if replaced else None,
        )

    def message(self, subject: OrderFile, result: InstalledItem) -> str:
        return f"{result} is kept with {subject}."


class RemovalForm(forms.Form):
    item = one_of(InstalledItem, "What was taken out", "Choose what was taken out")
    removed_on = Day(
        label="Day on which it was taken out",
        error_messages={"required": "Enter the day on which it was taken out"},
    )
    why = words("Why", missing="Say why it was taken out")


class RemoveItem(OrderPage[InstalledItem]):
    slug = "remove-equipment"
    label = "Record that equipment was taken out"
    hint = "Only what nothing replaces: an exchange is recorded with the new item."
    button = "It was taken out"
    form_class = RemovalForm
    # What is in the rack is taken out as well when an order or a connection ends.
    states = (*RecordItem.states, OrderState.CANCELLED)
    not_due = "No equipment is recorded in the rack."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(site_of(file).items_in_rack)

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        offer(form, "item", site_of(subject).items_in_rack)
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It leaves the rack from that day on, and stays in the history.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> InstalledItem:
        item = answers.pop("item")
        return commands.remove_item(item.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: InstalledItem) -> str:
        return f"{result} is kept as taken out."


PAGES: list[OrderPage[Any]] = [RecordItem(), RemoveItem()]
