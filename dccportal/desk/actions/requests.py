"""Steps of the request: the check of its form, the desk review, its owner."""

from typing import Any

from django import forms

from dccportal.desk.actions.base import OrderPage
from dccportal.desk.file import OrderFile
from dccportal.desk.words import long_day
from orders import commands, policies
from orders.deadlines import QUOTE_WORKING_DAYS, quote_due_on
from orders.states import ConnectionType, LineKind, OrderState, Verdict
from parties.forms import TOO_LONG
from parties.models import User
from parties.policies import is_desk
from parties.states import Role

YES_NO = [("yes", "Yes"), ("no", "No")]
DCC_ROLES = (Role.OPERATIONS, Role.SERVICE_DESK, Role.BILLING)


def yes_or_no(label: str, missing: str, help_text: str = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=YES_NO,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


def words(label: str, help_text: str = "", missing: str = "", rows: int = 5) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        # As much as a contact may write; an e-mail carries it.
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": TOO_LONG},
    )


class Accept(OrderPage):
    slug = "accept"
    label = "Accept the form"
    button = "Accept the form"
    template = "desk/accept.html"
    states = (OrderState.SUBMITTED,)

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_check(subject and subject.order, user)

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        due_on = quote_due_on(subject.today, subject.calendar)
        return {
            "due_on": due_on,
            "working_days": QUOTE_WORKING_DAYS,
            "has_authoriser": bool(subject.authorisers_today),
        }

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.accept_request(subject.pk, by=user)

    def message(self, subject: Any, result: Any) -> str:
        return (
            f"{subject} is accepted. Its quotation is due by the end of "
            f"{long_day(result.quote_due_on)}."
        )


class ReturnForm(forms.Form):
    reason = words(
        "Your questions",
        "The Gateway Party reads them above its form, and in an e-mail. Number them "
        "and name the answer that each is about.",
        "Write what the Gateway Party has to answer or correct",
        rows=8,
    )


class Return(OrderPage):
    slug = "return"
    label = "Return it with questions"
    button = "Return the form"
    form_class = ReturnForm
    states = (OrderState.SUBMITTED,)

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_clarify(subject and subject.order, user)

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.return_request(subject.pk, by=user, reason=answers["reason"])

    def message(self, subject: Any, result: Any) -> str:
        return f"{subject} went back to {result.party}, with your questions."


BROADBAND = [(kind, kind.label) for kind in (LineKind.SUPERFAST, LineKind.STANDARD)]


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Can the connection be provided at the site as requested?",
        choices=Verdict,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one: nothing is quoted before the review says so"
        },
    )
    reason = words(
        "Why, if it is amber or red",
        "The Gateway Party reads it.",
        rows=3,
    )
    is_survey_needed = yes_or_no(
        "Is a physical survey needed before the price is firm?",
        "Choose yes or no: it decides whether the quotation is firm or indicative",
        "With a survey the quotation is indicative, without one it is firm "
        "(section 3.3).",
    )
    line_kind = forms.ChoiceField(
        label="Line that the site can have",
        choices=[("", "Choose a line, unless LV is not available"), *BROADBAND],
        required=False,
        help_text="Superfast where the site can have it, otherwise standard (section "
        "2.6). With standard the survey states the expected bandwidth.",
    )
    notes = words("Notes", "For the desk alone.")


class Review(OrderPage):
    slug = "site-review"
    label = "Record the site review"
    button = "Save the site review"
    form_class = ReviewForm
    states = (OrderState.ACCEPTED,)

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_check(subject and subject.order, user)

    def form(self, subject: Any, user: Any, posted: Any = None) -> forms.Form:
        form = super().form(subject, user, posted)
        if subject.order.connection_type != ConnectionType.LV:
            del form.fields["line_kind"]
        return form

    def initial(self, subject: Any) -> dict[str, Any]:
        review = subject.review
        if review is None:
            return {}
        return {
            "verdict": review.verdict,
            "reason": review.reason,
            "is_survey_needed": "yes" if review.is_survey_needed else "no",
            "line_kind": review.line_kind,
            "notes": review.notes,
        }

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.record_site_review(subject.pk, by=user, **answers)

    def message(self, subject: Any, result: Any) -> str:
        if not result.is_type_available:
            return f"The site review of {subject} is saved: it cannot be provided."
        basis = "indicative" if result.is_survey_needed else "firm"
        return f"The site review of {subject} is saved. Its quotation will be {basis}."


class CloseUnavailable(OrderPage):
    slug = "close"
    label = "Close: LV is not available"
    hint = (
        "The order ends, free of charge, and the Gateway Party is told that it can "
        "start a new request for HV from the same answers (section 2.6)."
    )
    button = "Close the order"
    states = (OrderState.ACCEPTED,)

    def is_near(self, file: OrderFile) -> bool:
        is_lv = file.order.connection_type == ConnectionType.LV
        return super().is_near(file) and is_lv

    def may(self, subject: Any, user: Any) -> bool:
        return policies.may_check(subject and subject.order, user)

    def missing(self, file: OrderFile) -> str:
        if file.review is None:
            return "Record the site review first: it says whether LV can be had."
        if file.review.is_type_available:
            return "The site review found that LV is available."
        return ""

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.close_as_unavailable(subject.pk, by=user)

    def message(self, subject: Any, result: Any) -> str:
        return f"{subject} is closed: LV is not available at the site."


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(
        label="Owner",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="The Gateway Party is not told.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = colleagues()


def colleagues() -> Any:
    """Return the people at DCC to whom an order can be given."""
    return User.objects.filter(is_active=True, role__in=DCC_ROLES).order_by("name")


class Assign(OrderPage):
    slug = "assign"
    label = "Assign it to a colleague"
    button = "Assign"
    form_class = AssignForm
    states = tuple(OrderState.values)

    def may(self, subject: Any, user: Any) -> bool:
        return is_desk(user)

    def initial(self, subject: Any) -> dict[str, Any]:
        return {"owner": subject.order.owner_id}

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        owner = answers["owner"]
        commands.assign_order(subject.pk, by=user, owner_id=owner.pk if owner else None)
        return owner

    def message(self, subject: Any, result: Any) -> str:
        return f"{subject} belongs to {result or 'nobody'} now."


PAGES = [Accept(), Return(), Review(), CloseUnavailable()]
ASSIGN = Assign()
