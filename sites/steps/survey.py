"""What a survey found, and the end of an order whose survey found no LV."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from common.errors import DomainError
from common.fields import Day
from common.files import UploadField
from common.pages import Answers
from common.staff_fields import amount, maybe, mbps, words, yes_or_no
from orders.file import OrderFile
from orders.states import ConnectionType, LineKind, OrderState
from orders.steps.base import OrderPage
from parties.models import User
from sites import commands, policies
from sites.errors import CivilWorksDenied, CivilWorksNotDescribed
from sites.file import site_of
from sites.models import SiteVisit, SurveyResult
from sites.obligations import ATTEND
from sites.obligations.survey import SURVEY_REPORT
from sites.states import VisitPurpose
from sites.steps.visits import OfVisit, VisitForm

EXPECTED = "In Mbps. Needed for LV on standard broadband (section 2.6)."
OPEN = ("is_diversity_available", "diversity_cost")


class SurveyForm(VisitForm):
    is_lv_available = yes_or_no(
        "Can LV be had at the site?",
        "Choose yes or no",
        "No ends the order free of charge and offers HV in its place. Say why in the "
        "notes: the Gateway Party reads them. That is our own rule.",
    )
    is_circuit_possible = yes_or_no(
        "Can the circuit be installed as requested?", "Choose yes or no"
    )
    is_equipment_possible = yes_or_no(
        "Does the standard equipment fit?", "Choose yes or no"
    )
    line_kind = forms.ChoiceField(
        label="Which kind of broadband is it?",
        choices=[
            ("", "Choose, if LV can be had"),
            *((kind, kind.label) for kind in (LineKind.SUPERFAST, LineKind.STANDARD)),
        ],
        required=False,
        help_text="The site review left it to the survey.",
    )
    expected_down_mbps = mbps("Expected download", EXPECTED)
    expected_up_mbps = mbps("Expected upload", EXPECTED)
    is_diversity_available = maybe(
        "Can the routes of this pair be diverse?",
        "The site review left it to the survey; the quotation that follows states the "
        "answer (section 2.14).",
    )
    diversity_cost = amount(
        "Cost of diverse routing, excluding VAT", "In pounds, once. Empty if it is 0."
    )
    has_civil_works = yes_or_no(
        "Are civil works needed?",
        "Choose yes or no",
        "Duct, digging, a wall to be opened. The updated quotation says what they cost "
        "and how much later the connection comes (section 2.9.3).",
    )
    civil_works = words(
        "Which civil works",
        "Needed if there are any. The Gateway Party reads it.",
        rows=3,
    )
    report = UploadField(
        label="Survey report",
        required=False,
        help_text="PDF, JPEG or PNG. It can be handed in later too.",
    )
    surveyed_on = Day(
        label="Day on which the survey was made",
        error_messages={"required": "Enter the day on which it was made"},
    )
    notes = words("Notes", "The Gateway Party reads them in its history.")


class Survey(OfVisit[SurveyResult]):
    slug = "survey"
    label = "Record the survey"
    button = "Save the survey"
    form_class = SurveyForm
    template = "desk/visit.html"
    states = (OrderState.SURVEY,)
    sees_to = (ATTEND[VisitPurpose.SURVEY],)
    purposes = (VisitPurpose.SURVEY,)
    not_due = "No survey is booked for today or before, so none can be recorded yet."
    tells = ("survey_recorded",)

    def visits(self, file: OrderFile) -> list[SiteVisit]:
        """What a survey found is known from its day on. Source: R-3.6-1."""
        return [visit for visit in super().visits(file) if visit.on <= file.today]

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        """Ask only what the type and the site review leave open."""
        form = super().form(subject, user, posted)
        order, review = subject.order, subject.review
        if order.connection_type != ConnectionType.LV:
            del form.fields["is_lv_available"]
        if review is None or not review.is_line_open:
            del form.fields["line_kind"]
        is_open = review is not None and review.is_diversity_available is None
        if not (order.wants_diverse_routing and is_open):
            for name in OPEN:
                del form.fields[name]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        visits = self.visits(subject)
        return {"surveyed_on": visits[0].on} if visits else {}

    def follows(self, file: OrderFile) -> list[str]:
        next_one = "The updated quotation is prepared next; it is firm."
        if file.order.connection_type != ConnectionType.LV:
            return [next_one]
        return [next_one, "Without LV at the site the order ends, free of charge."]

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        if file.order.connection_type != ConnectionType.LV:
            return super().letters(file)
        said = "which says what was found"
        return dict.fromkeys(("survey_recorded", "request_unavailable"), said)

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SurveyResult:
        visit = answers.pop("visit")
        return commands.record_survey(visit.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        is_about_it = isinstance(refusal, CivilWorksNotDescribed | CivilWorksDenied)
        return "civil_works" if is_about_it else None

    def message(self, subject: OrderFile, result: SurveyResult) -> str:
        if not result.is_lv_available:
            return f"{subject} is closed: the survey found no LV at the site."
        return f"The survey of {subject} is saved. Its updated quotation comes next."


class SurveyReportForm(forms.Form):
    file = UploadField(
        label="Survey report", error_messages={"required": "Choose the survey report"}
    )


class Report(OrderPage[SurveyResult]):
    slug = "survey-report"
    label = "Hand in the survey report"
    button = "Hand it in"
    form_class = SurveyReportForm
    sees_to = (SURVEY_REPORT,)
    states = (OrderState.SURVEY, OrderState.INSTALL)
    not_due = "No survey is recorded, so there is no report of one."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_work_on_site(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and site_of(file).survey is not None

    def named(self, file: OrderFile) -> str:
        survey = site_of(file).survey
        is_there = survey is not None and survey.report_id is not None
        return "Hand in another survey report" if is_there else self.label

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party can read it. One handed in before stays in the history.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> SurveyResult:
        survey = site_of(subject).survey
        if survey is None:
            raise PermissionDenied
        return commands.hand_in_survey_report(survey.pk, by=user, file=answers["file"])

    def message(self, subject: OrderFile, result: SurveyResult) -> str:
        return f"{result.report} is stored, and the Gateway Party can read it."


PAGES: list[OrderPage[Any]] = [Survey(), Report()]
