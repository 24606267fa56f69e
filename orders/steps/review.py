"""The Electronic Site Review, and the end of an order that it finds red."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.fields import Whole
from common.pages import Answers
from common.staff_fields import amount, maybe, mbps, words, yes_or_no
from common.wording import day_words
from orders import commands, policies
from orders.file import OrderFile
from orders.models import ConnectionRequest, SiteReview
from orders.obligations import CLOSE, REVIEW
from orders.states import ConnectionType, LineKind, OrderState, Verdict
from orders.steps.base import OrderPage
from parties.models import User

BROADBAND = [
    (kind, kind.label)
    for kind in (LineKind.SUPERFAST, LineKind.STANDARD, LineKind.UNKNOWN)
]
EXPECTED = (
    "In Mbps, from the line check. Needed where the line is standard or not known yet "
    "and no survey is made (our own rule); the quotation states it as an estimate."
)
ESTIMATE = ("expected_down_mbps", "expected_up_mbps")
# What stands in the form as it was typed.
CARRIED_OVER = (
    "verdict",
    "reason",
    "line_kind",
    *ESTIMATE,
    "diversity_cost",
    "lead_time_days",
    "notes",
)
MOST_DAYS = 730
MAYBE = [
    ("", "Not known yet"),
    ("yes", "Yes, it can be had"),
    ("no", "No, it cannot be had"),
]


DIVERSITY = (
    "is_diversity_available",
    "has_separate_exchanges",
    "has_separate_roads",
)


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
    line_kind = forms.ChoiceField(
        label="Line that the site can have",
        choices=[("", "Choose a line, unless LV is not available"), *BROADBAND],
        required=False,
        help_text="Superfast where the site can have it, otherwise standard (section "
        "2.6). If it is not known yet, the survey finds out.",
    )
    expected_down_mbps = mbps("Expected download", EXPECTED)
    expected_up_mbps = mbps("Expected upload", EXPECTED)
    is_survey_needed = yes_or_no(
        "Is a physical survey needed before the price is firm?",
        "Choose yes or no: it decides whether the quotation is firm or indicative",
        "With a survey the quotation is indicative, without one it is firm "
        "(section 3.3).",
    )
    is_diversity_available = forms.TypedChoiceField(
        label="Can the routes of this pair be diverse?",
        choices=MAYBE,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        help_text="Asked for on the form. The quotation states the answer "
        "(section 2.14). While it is not known, a survey is needed, or an answer.",
    )
    has_separate_exchanges = maybe(
        "Do the two routes use different exchanges?",
        "As the carrier’s design of the routes says (section 2.14).",
    )
    has_separate_roads = maybe(
        "Do the two routes use different roads?",
        "The same for the roads that they take.",
    )
    diversity_cost = amount(
        "Indicative cost of diverse routing, excluding VAT",
        "In pounds, once. The Gateway Party reads it as indicative.",
    )
    lead_time_days = Whole(
        label="Expected lead time in calendar days",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
        help_text="From the authority to proceed to delivery. The Gateway Party reads "
        "it as expected.",
        error_messages={
            "invalid": "Enter the days as a whole number, such as 60",
            "min_value": "Enter 1 day or more",
            "max_value": f"Enter {MOST_DAYS} days or less",
        },
    )
    notes = words("Notes", "For the desk alone.")

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        if not answers.get("is_diversity_available") and answers.get("diversity_cost"):
            words = "Say that diverse routing can be had, or leave its cost empty"
            self.add_error("is_diversity_available", words)
        return answers


class Review(OrderPage[SiteReview]):
    slug = "site-review"
    label = "Record the site review"
    button = "Save the site review"
    form_class = ReviewForm
    states = (OrderState.ACCEPTED,)
    sees_to = (REVIEW,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_check(subject.order, user)

    def named(self, file: Any) -> str:
        return "Change the site review" if file.review else self.label

    def is_done(self, file: Any) -> bool:
        return file.review is not None

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        """Ask only what this order's type and its wishes leave open."""
        form = super().form(subject, user, posted)
        if subject.order.connection_type != ConnectionType.LV:
            for name in ("line_kind", *ESTIMATE):
                del form.fields[name]
        if not subject.order.wants_diverse_routing:
            for name in (*DIVERSITY, "diversity_cost"):
                del form.fields[name]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        review = subject.review
        if review is None:
            return {}
        return {
            **{name: getattr(review, name) for name in CARRIED_OVER},
            "is_survey_needed": "yes" if review.is_survey_needed else "no",
            **{name: yes_no_or_open(getattr(review, name)) for name in DIVERSITY},
        }

    def follows(self, file: OrderFile) -> list[str]:
        due = file.order.quote_due_on
        until = f" by the end of {day_words(due)}" if due else ""
        return [
            f"Green or amber: its quotation is prepared next, due{until}.",
            "Red: nothing is quoted, and the order is closed in a step of its own.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SiteReview:
        return commands.record_site_review(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: SiteReview) -> str:
        if not result.is_type_available:
            return f"The site review of {subject} is saved: it cannot be provided."
        basis = "indicative" if result.is_survey_needed else "firm"
        return f"The site review of {subject} is saved. Its quotation will be {basis}."


def yes_no_or_open(answer: bool | None) -> str:
    if answer is None:
        return ""
    return "yes" if answer else "no"


class CloseUnavailable(OrderPage[ConnectionRequest]):
    slug = "close"
    label = "Close: not available at the site"
    button = "Close the order"
    template = "desk/close.html"
    states = (OrderState.ACCEPTED,)
    sees_to = (CLOSE,)
    not_due = (
        "Nothing says that HV cannot be had at the site: only a site review that is "
        "red closes the order."
    )
    tells = ("request_unavailable",)

    def is_listed(self, file: OrderFile) -> bool:
        is_red = file.review is not None and not file.review.is_type_available
        return super().is_listed(file) and (is_red or self.is_lv(file))

    def is_lv(self, file: OrderFile) -> bool:
        return file.order.connection_type == ConnectionType.LV

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_check(subject.order, user)

    def missing(self, file: OrderFile) -> str:
        if file.review is None:
            return "Record the site review first: it says what can be had at the site."
        if file.review.is_type_available:
            return "The site review found that it can be provided."
        return ""

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"is_lv": self.is_lv(subject), "review": subject.review}

    def follows(self, file: OrderFile) -> list[str]:
        instead = "A new request for HV with the same answers is offered instead."
        over = f"{file} ends, and nothing is charged for it."
        return [over, instead] if self.is_lv(file) else [over]

    def run(
        self, subject: OrderFile, user: User, answers: Answers
    ) -> ConnectionRequest:
        return commands.close_as_unavailable(subject.pk, by=user)

    def message(self, subject: OrderFile, result: ConnectionRequest) -> str:
        kind = result.get_connection_type_display()
        return f"{subject} is closed: {kind} is not available at the site."


PAGES: list[OrderPage[Any]] = [Review(), CloseUnavailable()]
