"""What the Service Desk does with an enquiry: a small page each."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from common.asking_back import AsksBack, know, unusual_day, unusual_time
from common.clock import uk_date
from common.door import never_printed
from common.fields import Moment
from common.pages import Answers, CommandPage, Result
from common.staff_fields import offer, words
from orders import commands
from orders.models import Enquiry
from orders.states import EnquiryKind
from orders.steps.requests import colleagues
from parties.models import User
from parties.policies import is_desk


class EnquiryPage(CommandPage[Enquiry, User, Result]):
    """A step of an enquiry: the Service Desk's. Source: R-1.3-1."""

    is_for_open = True

    def may(self, subject: Enquiry, user: User) -> bool:
        return is_desk(user)

    def obstacle(self, subject: Enquiry, user: User) -> str:
        if subject.is_open or not self.is_for_open:
            return ""
        return f"{subject} has already been answered, so this cannot be done now."


class CallForm(AsksBack):
    call_at = Moment(
        label="When does DCC call?",
        help_text="UK time. The person who asked is told by e-mail.",
        error_messages={
            "required": "Enter the day and the time of the call",
        },
    )

    def unusual(self, answers: Answers) -> Iterable[str]:
        if answers.get("call_at"):
            yield unusual_day(uk_date(answers["call_at"]), self.calendar)
            yield unusual_time(answers["call_at"])


class ArrangeCall(EnquiryPage[Enquiry]):
    slug = "arrange"
    label = "Arrange a call"
    button = "Arrange the call"
    form_class = CallForm

    def form(
        self, subject: Enquiry, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        know(form, commands.working_calendar())
        return form

    def run(self, subject: Enquiry, user: User, answers: Answers) -> Enquiry:
        return commands.arrange_call(subject.pk, by=user, **answers)

    def initial(self, subject: Enquiry) -> dict[str, Any]:
        return {"call_at": subject.call_at}

    def message(self, subject: Enquiry, result: Enquiry) -> str:
        return f"The call about {subject} is arranged, and {result.asked_by} is told."


class AnswerForm(forms.Form):
    outcome = never_printed(
        words(
            "The answer, or what the call came to",
            "The Gateway Party reads it, on its page and in an e-mail.",
            "Write the answer, or what the call came to",
            rows=8,
        )
    )
    agreed_design = words(
        "Failover and disaster recovery design that was agreed",
        "Leave it empty if none was. It orders nothing: each connection needs a "
        "request of its own (section 4.3).",
    )


class AnswerEnquiry(EnquiryPage[Enquiry]):
    slug = "answer"
    label = "Answer it"
    button = "Send the answer"
    form_class = AnswerForm

    def form(
        self, subject: Enquiry, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        if subject.kind != EnquiryKind.CALL:
            del form.fields["agreed_design"]
        return form

    def run(self, subject: Enquiry, user: User, answers: Answers) -> Enquiry:
        return commands.answer_enquiry(subject.pk, by=user, **answers)

    def message(self, subject: Enquiry, result: Enquiry) -> str:
        return f"{subject} is answered, and {result.asked_by} is told."


class OwnerForm(forms.Form):
    owner: Any = forms.ModelChoiceField(
        label="Owner",
        queryset=None,
        required=False,
        empty_label="Nobody",
        help_text="The Gateway Party is not told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", colleagues())


class AssignEnquiry(EnquiryPage[User | None]):
    slug = "assign"
    label = "Assign it to a colleague"
    button = "Assign"
    form_class = OwnerForm
    is_for_open = False

    def initial(self, subject: Enquiry) -> dict[str, Any]:
        return {"owner": subject.owner_id}

    def run(self, subject: Enquiry, user: User, answers: Answers) -> User | None:
        owner: User | None = answers["owner"]
        owner_id = owner.pk if owner else None
        commands.assign_enquiry(subject.pk, by=user, owner_id=owner_id)
        return owner

    def message(self, subject: Enquiry, result: User | None) -> str:
        return f"{subject} belongs to {result or 'nobody'} now."
