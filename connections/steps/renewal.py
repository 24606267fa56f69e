"""The renewal: its charge, and what a contact told the desk about it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from common.asking_back import AsksBack, unusual_amount
from common.clock import uk_date
from common.money import ZERO, pounds
from common.pages import Answers, still_there
from common.staff_fields import amount
from common.wording import long_day_words
from connections import commands, policies
from connections.deadlines import ends_on
from connections.emails import RENEWAL_NOTICE, whom_to_remind
from connections.file import connection_of
from connections.models import ContractPeriod
from connections.obligations import RENEW, SET_CHARGE, TELL_OF_NOTICE
from connections.states import RenewalChoice
from orders.commands import Said
from orders.file import OrderFile
from orders.states import INSTALLED
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_AUTHORISERS, SaidPage, WhoSaidForm
from parties.models import User
from parties.policies import is_desk
from worklist.people import names


class RenewalForm(AsksBack):
    """Asks back about a charge that is far from this period's."""

    before = ZERO
    net = amount(
        "Annual charge on renewal, excluding VAT",
        "The renewal notice states it; the Gateway Party decides by it (section 2.5).",
        "Enter the annual charge; 0 if it is free",
    )

    def unusual(self, answers: Answers) -> Iterable[str]:
        if answers.get("net") is not None:
            yield unusual_amount(answers["net"], self.before)


class Renewal(OrderPage[ContractPeriod]):
    slug = "renewal-charge"
    label = "Set the renewal charge"
    button = "Save the charge"
    form_class = RenewalForm
    states = INSTALLED
    sees_to = (SET_CHARGE,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_set_renewal_charge(None, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and connection_of(file).open_period is not None

    def why_not(self, file: OrderFile) -> str:
        sent = next(
            (row.notice_at for row in connection_of(file).periods if row.notice_at),
            None,
        )
        if sent is None:
            return "This connection has no contract period, so it is not renewed."
        return (
            f"The renewal notice went on {long_day_words(uk_date(sent))} and stated "
            "the charge, so it stands."
        )

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        period = connection_of(subject).open_period
        if isinstance(form, RenewalForm) and period is not None:
            form.before = period.net_after_changes
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        period = connection_of(subject).open_period
        return {"net": period.renewal_net} if period else {}

    def follows(self, file: OrderFile) -> list[str]:
        due = still_there(connection_of(file).open_period).renewal_due_on
        when = "at once" if due <= file.today else f"on {long_day_words(due)}"
        return [f"The renewal notice states it and goes {when}. It then stands."]

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        due = still_there(connection_of(file).open_period).renewal_due_on
        return {RENEWAL_NOTICE: "" if due <= file.today else "on that day"}

    def run(self, subject: OrderFile, user: User, answers: Answers) -> ContractPeriod:
        period = still_there(connection_of(subject).open_period)
        commands.set_renewal_charge(period.pk, by=user, net=answers["net"])
        return period

    def message(self, subject: OrderFile, result: ContractPeriod) -> str:
        due_on = result.renewal_due_on
        if due_on <= uk_date(timezone.now()):
            was_due = long_day_words(due_on)
            return f"The charge is set. The notice, due on {was_due}, goes now."
        return f"The charge is set. The notice goes on {long_day_words(due_on)}."


class RenewalSaidForm(WhoSaidForm):
    field_order = ("choice",)
    nominated_to = FOR_AUTHORISERS
    choice = forms.ChoiceField(
        label="What did they say?",
        choices=[
            (RenewalChoice.KEEP, "They keep the connection"),
            (RenewalChoice.CANCEL, "They cancel it, to end with its period"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )


class RecordAnswer(SaidPage):
    slug = "renewal-answer"
    label = "Record what a contact said to the renewal notice"
    hint = (
        "For an answer that came by e-mail, phone or letter (our rule). The contact is "
        "told by e-mail and can object."
    )
    form_class = RenewalSaidForm
    states = INSTALLED
    tells = ("recorded_for_you", "renewal_answered")

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and answerable(file) is not None

    def why_not(self, file: OrderFile) -> str:
        connection = connection_of(file).row
        if connection is not None and connection.is_over:
            return f"{connection} has ended."
        return "No renewal notice of this connection is due or has gone yet."

    def follows(self, file: OrderFile) -> list[str]:
        period = still_there(answerable(file))
        begins = long_day_words(period.next_begins_on)
        last = long_day_words(ends_on(period, file.today))
        price = pounds(period.net_on_renewal)
        return [
            f"Kept: from {begins} it goes on, at {price} a year excluding VAT.",
            f"Cancelled: it ends on {last}, free of charge.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        return commands.record_renewal_answer(
            still_there(answerable(file)).pk,
            by=user,
            said=said,
            choice=answers["choice"],
            reason=answers["reason"],
        )


class RemindNow(OrderPage[ContractPeriod]):
    slug = "renewal-remind"
    label = "Send a reminder of the renewal now"
    hint = (
        "Those who may decide get the charge and the last day again, beside the "
        "reminders that go by themselves. While nobody has opened the notice, it goes "
        "to everybody whom the Gateway Party has nominated."
    )
    button = "Send the reminder"
    states = INSTALLED
    not_due = (
        "No renewal notice of this connection waits for an answer in its month, so "
        "there is nothing to remind anybody of."
    )

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.owes(RENEW)

    def follows(self, file: OrderFile) -> list[str]:
        period = still_there(answerable(file))
        last = long_day_words(period.window_last_day)
        return [f"It states the last day to cancel, {last}."]

    def told(self, file: OrderFile) -> list[str]:
        """Those who decide or, while nobody has read the notice, everybody."""
        to = whom_to_remind(still_there(answerable(file)), file.now)
        return [f"An e-mail goes at once to {names(to)}."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> ContractPeriod:
        period = still_there(answerable(subject))
        return commands.remind_by_hand(period.pk, by=user)

    def message(self, subject: OrderFile, result: ContractPeriod) -> str:
        return "The reminder goes now. The history keeps to whom."


class RecordTold(SaidPage):
    slug = "renewal-told"
    label = "Record that a contact knows of the renewal notice"
    hint = (
        "Nobody of the Gateway Party has opened it in the portal. Call one of them: it "
        "then counts as read. They are told by e-mail and can object."
    )
    states = INSTALLED
    sees_to = (TELL_OF_NOTICE,)
    not_due = "Somebody of the Gateway Party knows of it, or no notice has gone yet."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.owes(TELL_OF_NOTICE)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It counts as read: nobody has to be called. It still waits for an answer.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        period = still_there(answerable(file))
        return commands.record_renewal_told(period.pk, by=user, said=said)


def answerable(file: OrderFile) -> ContractPeriod | None:
    """Return the period whose notice can have an answer; one in time may come late."""
    connection = connection_of(file).row
    if connection is None or connection.is_over:
        return None
    today = uk_date(timezone.now())
    begun = [
        row
        for row in connection_of(file).periods
        if row.notice_at is not None or row.is_free_to_leave(today)
    ]
    return begun[-1] if begun else None


PAGES: list[OrderPage[Any]] = [Renewal(), RecordTold(), RemindNow(), RecordAnswer()]
