"""What has to be there before anybody may come: added and settled by staff."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day
from common.files import UploadField
from common.pages import Answers, Result
from common.staff_fields import offer, one_of, words, yes_or_no
from orders.errors import ReasonMissing
from orders.file import OrderFile
from orders.states import ON_SITE
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.errors import DueDayPassed, NotValidLongEnough, ValidityPassed
from sites.file import site_of
from sites.forms import DeskAccessItemForm
from sites.forms.access_item import DONE, called, how_settled
from sites.models import AccessDocument, AccessItem
from sites.obligations.access import ACCESS_ITEM, CHECK_ACCESS_DOCUMENT
from sites.states import AccessItemOwner, StageKind


class ItemPage(OrderPage[Result]):
    """A page about what has to be there before a visit, while one is still to come."""

    states = ON_SITE
    not_due = "Nobody comes to the site any more, so nothing has to be there before."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_arrange_access(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        site = site_of(file)
        still = site.access is not None and StageKind.EQUIPMENT not in site.done
        return super().is_listed(file) and still


class Add(ItemPage[AccessItem]):
    slug = "access-item"
    label = "Add what is needed before a visit"
    hint = "A permit, RAMS, an induction: who sees to it, and by when."
    button = "Add it"
    form_class = DeskAccessItemForm
    tells_if = {"access_item_added": "if the Gateway Party sees to it"}

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "No visit is booked before it is settled.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> AccessItem:
        return commands.add_access_item(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: AccessItem) -> str:
        return f"Needed before a visit: {result.whose_and_until}."

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "due_on" if isinstance(refusal, DueDayPassed) else None


class SettleForm(forms.Form):
    item = one_of(AccessItem, "What is needed", "Choose what is settled")
    how = how_settled()
    note = words("Note", "Say why, if it is no longer needed.", rows=3)


class OfItem(ItemPage[Result]):
    """A page about one of the open things that the reader may settle."""

    not_due = "Nothing that is needed before a visit is open."

    def items(self, file: OrderFile) -> list[AccessItem]:
        """Return what is open and the reader may settle."""
        user = file.user
        return [
            item
            for item in site_of(file).open_items
            if policies.may_settle_item(item, user)
        ]

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(self.items(file))

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        items = self.items(subject)
        offer(form, "item", items, called=called)
        if items:
            form.initial["item"] = items[0].pk
        return form


class Settle(OfItem[AccessItem]):
    slug = "settle-access-item"
    label = "Settle what is needed before a visit"
    hint = "Access is agreed once nothing of it is open."
    button = "Save"
    form_class = SettleForm
    sees_to = (
        ACCESS_ITEM[AccessItemOwner.INSTALLER],
        ACCESS_ITEM[AccessItemOwner.DCC],
    )

    def follows(self, file: OrderFile) -> list[str]:
        left = len(site_of(file).open_items) - 1
        more = f"{left} more of what is needed is open then." if left > 0 else ""
        return [more or "Nothing is open then, and access can be recorded as agreed."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> AccessItem:
        item, note = answers["item"], answers["note"]
        if answers["how"] == DONE:
            return commands.settle_access_item(item.pk, by=user, note=note)
        return commands.drop_access_item(item.pk, by=user, reason=note)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "note" if isinstance(refusal, ReasonMissing) else None

    def message(self, subject: OrderFile, result: AccessItem) -> str:
        return f"“{result}”: {result.get_state_display().lower()}."


class DocumentForm(forms.Form):
    item = one_of(AccessItem, "What it is for", "Choose what it is for")
    file = UploadField(
        label="Document", error_messages={"required": "Choose the document"}
    )
    valid_until = Day(label="Valid until", required=False)


class HandInForAccess(OfItem[AccessDocument]):
    slug = "hand-in-document"
    label = "Hand in a document for access"
    hint = "RAMS, a certificate, a permit: DCC checks it, and then it is settled."
    button = "Hand it in"
    form_class = DocumentForm
    not_due = "Nothing is open for which a document could be handed in."

    def items(self, file: OrderFile) -> list[AccessItem]:
        """Return what may be begun: its cost, if it has any, is accepted."""
        return [item for item in super().items(file) if not item.waits_for_cost]

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "DCC checks it next; approved, what it is for is settled.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> AccessDocument:
        item = answers.pop("item")
        return commands.hand_in_access_document(item.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "valid_until" if isinstance(refusal, ValidityPassed) else None

    def message(self, subject: OrderFile, result: AccessDocument) -> str:
        return f"{result} is handed in. DCC checks it."


class CheckForm(forms.Form):
    paper = one_of(AccessDocument, "Document", "Choose the document")
    is_approved = yes_or_no("Is it approved?", "Choose yes or no")
    valid_until = Day(
        label="Valid until", required=False, help_text="Empty if it has no end."
    )
    reason = words("Why not", "Whoever handed it in reads it.", rows=3)


class Check(ItemPage[AccessDocument]):
    slug = "check-document"
    label = "Check a document for access"
    button = "Save"
    form_class = CheckForm
    template = "desk/access_document.html"
    sees_to = (CHECK_ACCESS_DOCUMENT,)
    not_due = "No document for access waits to be checked."
    tells_if = {"access_document_turned_down": "if it is turned down and theirs"}

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_check_document(subject.order, user)

    def papers(self, file: OrderFile) -> list[AccessDocument]:
        items = site_of(file).items
        return [one for item in items for one in item.documents.all() if one.is_sent]

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(self.papers(file))

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"papers": self.papers(subject)}

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        papers = self.papers(subject)
        offer(form, "paper", papers)
        if papers:
            form.initial["paper"] = papers[0].pk
            form.initial["valid_until"] = papers[0].valid_until
        return form

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "Approved: what it is for is settled.",
            "Turned down: another document is needed, and what it is for stays open.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> AccessDocument:
        paper, until = answers["paper"], answers["valid_until"]
        if answers["is_approved"]:
            return commands.approve_access_document(
                paper.pk, by=user, valid_until=until
            )
        reason = answers["reason"]
        return commands.turn_down_access_document(paper.pk, by=user, reason=reason)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        if isinstance(refusal, NotValidLongEnough):
            return "valid_until"
        return "reason" if isinstance(refusal, ReasonMissing) else None

    def message(self, subject: OrderFile, result: AccessDocument) -> str:
        return f"{result}: {result.get_state_display().lower()}."


PAGES: list[OrderPage[Any]] = [Add(), HandInForAccess(), Check(), Settle()]
