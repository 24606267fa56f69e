"""What is owed about access, visits and installation, as the Party reads it. Pure."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from common.wording import long_day_words
from orders.words import place_words
from worklist.words import Words

if TYPE_CHECKING:
    from orders.models import ConnectionRequest
    from sites.models import (
        AccessItem,
        DamageReport,
        ItemCost,
        SiteVisit,
        StageIssue,
        SurveyResult,
        VisitClaim,
    )
    from worklist.models import WorkItem


def confirm_access(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    """Ask the Party how people get into its site. Source: R-2.13-1, R-3.5-2."""
    return Words(
        what=f"Say how people get into {order.data_centre}",
        why=[
            "Engineers come to your site. If one is turned away, the next is charged.",
            "Say when people are let in, what the site wants, and whom to call.",
        ],
        subject=place_words(order),
        if_nothing="no visit is booked, and the order waits.",
        url=reverse("access", args=[order.reference]),
        button="Say how people get in",
        look="See what is known of the site",
        sections=("2.9.1", "2.13", "3.5"),
    )


def see_to_item(one: "AccessItem", item: "WorkItem", today: date) -> Words:
    """Tell what has to be there before a visit, and who sees to it. R-2.13-3."""
    order = one.order
    return Words(
        what=one.what,
        why=[one.note or "It has to be there before anybody may come."],
        subject=place_words(order),
        if_nothing="no visit is booked, and the order waits.",
        url=reverse("access-item", args=[order.reference, one.number]),
        button="See to it",
        look="See what it is",
        sections=("2.13", "3.5"),
    )


def price_item(one: "AccessItem", item: "WorkItem", today: date) -> Words:
    """Tell that DCC says what something costs before anything is done. R-2.13-5."""
    return Words(
        what=f"DCC says what “{one.what}” costs",
        why=["Nothing is made or charged before an authoriser of yours accepts it."],
        url=reverse("access-item", args=[one.order.reference, one.number]),
        button="See what it is",
        look="See what it is",
        sections=("2.13", "3.5"),
    )


def accept_cost(cost: "ItemCost", item: "WorkItem", today: date) -> Words:
    """Tell what is asked, what for, and what waits for the answer. R-2.13-5."""
    one = cost.item
    return Words(
        what=f"Accept or decline what “{one.what}” costs",
        why=[f"{cost.amount_words}.", cost.reason],
        subject=place_words(one.order),
        if_nothing="it is not begun, and no visit is booked. Nothing is charged.",
        url=reverse("access-item-cost", args=[one.order.reference, one.number]),
        button="See the amount and answer",
        look="See the amount",
        sections=("2.13", "3.5"),
    )


def check_document(one: "AccessItem", item: "WorkItem", today: date) -> Words:
    return Words(
        what=f"DCC checks the document for “{one.what}”",
        why=["You hear by e-mail if it is turned down, and why."],
        url=reverse("access-item", args=[one.order.reference, one.number]),
        button="See the document",
        look="See the document",
        sections=("2.13",),
    )


def agree_access(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what="access to your site is being arranged",
        why=["DCC agrees with your site contact how engineers get in."],
        sections=("3.5",),
    )


def book(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what=f"{settings.INSTALLER_NAME} books the next visit",
        why=["You hear by e-mail on which day somebody comes, and what to have ready."],
        sections=("3.5",),
    )


def choose_day(visit: "SiteVisit", item: "WorkItem", today: date) -> Words:
    """Ask the Party to choose one of the days that are offered."""
    return Words(
        what=f"Choose a day for the {purpose_words(visit)}",
        why=[f"{visit.visitor} comes. Choose one of the times, or propose others."],
        subject=f"{visit.reference}, {place_words(visit.order)}",
        if_nothing="no visit is booked, and the order waits. Nothing is charged.",
        url=reverse("visit-days", args=[visit.reference]),
        button="Choose a day",
        look="See the days that are offered",
        sections=("3.5",),
    )


def answer_days(visit: "SiteVisit", item: "WorkItem", today: date) -> Words:
    return Words(
        what=f"{settings.INSTALLER_NAME} looks at the days that you proposed",
        why=["You hear by e-mail which day it is, or which others are offered."],
        url=reverse("visit", args=[visit.reference]),
        button="See the visit",
        look="See the visit",
        sections=("3.5",),
    )


def purpose_words(visit: "SiteVisit") -> str:
    return str(visit.get_purpose_display()).lower()


def attend(visit: "SiteVisit", item: "WorkItem", today: date) -> Words:
    """Tell who comes when, and until when another day costs nothing.

    Source: R-3.5-7, T10, T11.
    """
    last = visit.last_free_day
    is_free = visit.is_free_to_move_on(today)
    free = f"until the end of {long_day_words(last)} that is free of charge"
    move = free if is_free else "moving it now costs a new visit"
    # On its last day the right to move it is told by itself.
    is_told = today == last
    other_day = f"If the day does not suit you, it can be moved: {move}."
    return Words(
        what=f"Be ready for the {purpose_words(visit)} on {visit.when}",
        why=[
            f"Who comes: {visit.visitor}. Let them in and have the rack ready.",
            *([] if is_told else [other_day]),
        ],
        if_nothing="the visit goes ahead.",
        url=reverse("visit", args=[visit.reference]),
        button="See the visit",
        look="See the visit",
        how=how_worked_out(visit),
        rule="3.5 T10",
        sections=() if is_free else ("3.5", "T11"),
        until=last if is_free and not is_told else None,
    )


def how_worked_out(visit: "SiteVisit") -> str:
    return (
        f"The visit is on {long_day_words(visit.on)}. The fifth working day before it, "
        f"not counting its own, is {long_day_words(visit.last_free_day)}. Saturdays, "
        "Sundays and bank holidays do not count."
    )


def move(visit: "SiteVisit", item: "WorkItem", today: date) -> Words:
    """Tell of the last day on which a visit moves for nothing. Source: T10, T11."""
    return Words(
        what=f"Last day to move the {purpose_words(visit)} free of charge",
        why=["If the day does not suit you, move the visit today."],
        subject=(
            f"{visit.reference}, {long_day_words(visit.on)}, {place_words(visit.order)}"
        ),
        if_nothing="the visit goes ahead. From tomorrow, moving it costs a new visit.",
        url=reverse("visit", args=[visit.reference]),
        button="See the visit",
        look="See the visit",
        how=how_worked_out(visit),
        rule="3.5 T10",
        sections=("3.5", "T11"),
    )


def claimed_words(claim: "VisitClaim") -> str:
    return f"the {purpose_words(claim.visit)} on {long_day_words(claim.visit.on)}"


def confirm_claim(claim: "VisitClaim", item: "WorkItem", today: date) -> Words:
    return Words(
        what=f"DCC checks who pays for the visit after {claimed_words(claim)}",
        why=[claim.reasoning, "Nothing is charged before DCC Operations confirms it."],
        url=reverse("visit", args=[claim.visit.reference]),
        button="See the visit",
        look="See the visit",
        sections=("2.9.1", "3.5", "T10", "T11"),
    )


def dispute_claim(claim: "VisitClaim", item: "WorkItem", today: date) -> Words:
    """Tell until when a charge can be disputed, and what it is for."""
    return Words(
        what="Last day to dispute the charge for the next visit",
        why=[claim.reasoning],
        subject=f"{claim.visit.reference}, {claimed_words(claim)}",
        if_nothing="the visit in its place is charged once it has been made.",
        url=reverse("visit", args=[claim.visit.reference]),
        button="See why, and dispute it",
        look="See why it is charged",
        sections=("2.9.1", "3.5", "T10", "T11"),
    )


def decide_dispute(claim: "VisitClaim", item: "WorkItem", today: date) -> Words:
    return Words(
        what="DCC decides about your dispute",
        why=["You hear by e-mail what is decided, and why."],
        url=reverse("visit", args=[claim.visit.reference]),
        button="See the visit",
        look="See the visit",
        sections=("2.9.1", "T11"),
    )


def complete(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what="DCC is recording that installation is complete",
        why=["Line and router are in. Your contract starts on that day."],
        sections=("3.7", "T12"),
    )


def answer_paths(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    """Tell what the two routes have in common, and what waits. Source: T34."""
    check = order.group.path_check if order.group else None
    return Words(
        what="Accept what the two routes have in common, or ask otherwise",
        why=[check.which if check is not None else ""],
        subject=place_words(order),
        if_nothing="this link is not installed. The first one goes on.",
        url=reverse("paths", args=[order.reference]),
        button="See the points and answer",
        look="See the points",
        sections=("4.2", "T34"),
    )


def design_out(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what="the common points of the two routes are being designed out",
        why=["This link is not installed before a new check finds none."],
        url=reverse("paths", args=[order.reference]),
        button="See the points",
        look="See the points",
        sections=("4.2", "T34"),
    )


def resolve(issue: "StageIssue", item: "WorkItem", today: date) -> Words:
    """Tell what holds the installation up. Source: R-3.7-4."""
    stage = issue.get_stage_display().lower()
    return Words(
        what=f"an issue found in the {stage} is being resolved",
        why=[issue.description, "The installation is not complete before it is."],
        url=reverse("installation", args=[issue.order.reference]),
        button="See the installation",
        look="See the installation",
        sections=("3.7",),
    )


def survey_report(result: "SurveyResult", item: "WorkItem", today: date) -> Words:
    """Tell that the report of a survey is still to come. Source: R-3.6-1."""
    return Words(
        what="the report of the survey is still to come",
        why=[
            "Whoever surveyed hands it in, and you read it here.",
            "The updated quotation does not wait for it.",
        ],
        url=reverse("visit", args=[result.visit.reference]),
        button="See the survey",
        look="See the survey",
        sections=("3.6",),
    )


def decide_damage(report: "DamageReport", item: "WorkItem", today: date) -> Words:
    """Tell that DCC looks at damage that was reported. Source: R-5.2.2-4."""
    return Words(
        what=f"DCC looks at the damage reported as {report}",
        why=[report.description, "You hear by e-mail what is done, and who bears it."],
        url=reverse("installation", args=[report.order.reference]),
        button="See the report",
        look="See the report",
        sections=("5.2",),
    )


def repair_damage(report: "DamageReport", item: "WorkItem", today: date) -> Words:
    """Tell that damage is being repaired, and who bears it. Source: R-5.2.2-4."""
    return Words(
        what=f"the damage reported as {report} is being repaired",
        why=[report.decision],
        url=reverse("installation", args=[report.order.reference]),
        button="See the report",
        look="See the report",
        sections=("5.2",),
    )
