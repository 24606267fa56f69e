"""What is owed about a connection, as its Party reads it. Pure."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from common.figures import figure
from common.money import pounds
from common.wording import day_words, long_day_words
from orders.words import kind_words
from worklist.words import Words

if TYPE_CHECKING:
    from connections.models import (
        Connection,
        ContractPeriod,
        FailoverTest,
        PerformanceReport,
        RateChange,
        Session,
        UseDeclaration,
    )
    from worklist.models import WorkItem


def configure(connection: "Connection", item: "WorkItem", today: date) -> Words:
    return Words(
        what=f"{settings.CONFIGURER_NAME} is configuring the router",
        why=["No visit is needed. You can say already which sessions you want."],
        sections=("3.7",),
    )


def collect(connection: "Connection", item: "WorkItem", today: date) -> Words:
    """Tell when the equipment of an ended connection is collected."""
    row = getattr(connection, "collection", None)
    agreed = long_day_words(row.planned_on) if row and row.planned_on else ""
    return Words(
        what=f"{settings.INSTALLER_NAME} collects the equipment",
        why=[f"Agreed for {agreed}." if agreed else "A day is agreed with you."],
        url=reverse("connection", args=[connection.reference]),
        look="See what is collected",
        sections=("2.10",),
    )


def set_up_session(session: "Session", item: "WorkItem", today: date) -> Words:
    return Words(
        what=f"{settings.CONFIGURER_NAME} is setting up session {session.name}",
        why=["You hear by e-mail when it is there. It costs nothing."],
        url=reverse("sessions", args=[session.connection.reference]),
        look="See the sessions",
        sections=("3.7.1",),
    )


def make_report(report: "PerformanceReport", item: "WorkItem", today: date) -> Words:
    connection = report.connection
    return Words(
        what=f"DCC is making the performance report {report}",
        why=["You hear by e-mail when it is there."],
        subject=(
            f"{connection.reference}, {kind_words(connection)}, "
            f"{connection.data_centre}. {day_words(report.first_day)} to "
            f"{day_words(report.last_day)}"
        ),
        url=reverse("reports", args=[connection.reference]),
        look="See the reports",
        sections=("2.8",),
    )


def renew(period: "ContractPeriod", item: "WorkItem | None", today: date) -> Words:
    """Tell of the time to cancel free of charge. Source: R-2.5-6, T3, T5, T6."""
    connection = period.connection
    ends, site = day_words(period.last_day), connection.data_centre
    return Words(
        what="Keep or cancel a connection whose period is ending",
        why=[
            (
                f"Its period ends on {long_day_words(period.last_day)}. To keep it, do "
                "nothing, or say so. Until the last day shown you can cancel it free "
                "of charge; it then works to the end of its period."
            )
        ],
        subject=(
            f"{connection.reference}, {kind_words(connection)}, {site}. "
            f"Period ends {ends}"
        ),
        if_nothing=if_nobody_cancels(period),
        url=reverse("renewal", args=[connection.reference]),
        button="Keep or cancel",
        look="See the renewal",
        how=how_worked_out(period),
        rule="2.5 T5",
        sections=("2.5", "T3", "T6"),
    )


def if_nobody_cancels(period: Any) -> str:
    """Say for how long and at what charge a contract renews. Source: R-2.5-5, T3."""
    months = settings.RENEWAL_MONTHS
    return (
        f"it renews for {months} months at {pounds(period.renewal_net)} a year, "
        f"excluding VAT. The {months} months are our rule."
    )


def how_worked_out(period: "ContractPeriod") -> str:
    """Say how the last day to cancel follows from the notice. Source: T5."""
    return (
        f"The notice went on {long_day_words(period.notice_on)}. The time to cancel, "
        f"{figure('RENEWAL_WINDOW_MONTHS', 'month')} from that day, ends on "
        f"{long_day_words(period.window_last_day)} at midnight."
    )


def responsible_words(name: str) -> str:
    """Return what a Party accepts for each that shares a connection. R-2.3-6."""
    return (
        "Secure communication, security and resilience between our data centre and "
        f"{name} are our own responsibility."
    )


def price_change(change: "RateChange", item: "WorkItem", today: date) -> Words:
    if change.makes_chargeable:
        return Words(
            what=f"DCC says what {change.connection.reference} costs from now on",
            why=[
                (
                    "It carries more than registration data, so it is no longer free. "
                    "Nothing is charged before an authoriser of yours accepts it."
                )
            ],
            url=rate_url(change),
            look="See what is asked",
            sections=("2.9.2", "T2"),
        )
    return Words(
        what=f"DCC says what a change of {change.connection.reference} costs",
        why=["Nothing is changed or charged before an authoriser of yours accepts it."],
        url=rate_url(change),
        look="See the change",
        sections=("2.7",),
    )


def accept_change(change: "RateChange", item: "WorkItem", today: date) -> Words:
    """Tell what a change costs and what follows. Source: R-2.7.2-2."""
    connection = change.connection
    if change.makes_chargeable:
        return Words(
            what=f"Accept or decline what {connection.reference} costs from now on",
            why=[f"{change.use} {change.amount_words}.", change.reason],
            subject=f"{connection.reference}, {connection.title}",
            if_nothing="nothing is charged, and DCC asks what is to become of the use.",
            url=rate_url(change),
            button="See the amount and answer",
            look="See the amount",
            sections=("2.9.2", "T2"),
        )
    return Words(
        what=f"Accept or decline what a change of {connection.reference} costs",
        why=[f"{change}: {change.amount_words}.", change.reason],
        subject=f"{connection.reference}, {connection.title}",
        if_nothing="nothing is changed, and nothing is charged.",
        url=rate_url(change),
        button="See the amount and answer",
        look="See the amount",
        sections=("2.7",),
    )


def check_change(change: "RateChange", item: "WorkItem", today: date) -> Words:
    """Tell that a signature is being checked. Source: R-2.11-4, T27."""
    return Words(
        what=f"DCC checks who signed for the change of {change.connection.reference}",
        why=["Nothing is changed or charged before that. You hear by e-mail."],
        url=rate_url(change),
        look="See the change",
        sections=("2.11",),
    )


def make_change(change: "RateChange", item: "WorkItem", today: date) -> Words:
    """Tell by when a change is made. Source: R-2.6-11, T13."""
    plan = change.planned_on
    when = f" It is planned for {long_day_words(plan)}." if plan else ""
    return Words(
        what=f"DCC makes the change of {change.connection.reference}",
        why=[f"{change}.{when}"],
        url=rate_url(change),
        look="See the change",
        sections=("2.6", "T13"),
    )


def rate_url(change: "RateChange") -> str:
    return reverse("connection-rate", args=[change.connection.reference])


def record_test(test: "FailoverTest", item: "WorkItem", today: date) -> Words:
    """Ask how a planned test went, once its day is over. Source: R-7-1."""
    connection = test.connection
    return Words(
        what=f"Record how the failover test of {connection.reference} went",
        why=[
            (
                f"It was planned for {long_day_words(test.planned_on)}. If it did not "
                "take place, move it or call it off."
            )
        ],
        subject=f"{connection.reference}, {connection.title}",
        if_nothing="it stays open. Nothing else depends on it.",
        url=reverse("failover-test", args=[connection.reference, test.pk]),
        how="A week after the day of the test, which is our own figure.",
        button="Record the result",
        look="See the test",
        sections=("7",),
    )


def declare_use(row: "UseDeclaration", item: "WorkItem", today: date) -> Words:
    """Ask whether a free connection is still for registration data alone. T2."""
    connection = row.connection
    return Words(
        what=f"Say whether {connection.reference} is still for registration data alone",
        why=["It is free of charge for as long as that is so. DCC asks each year."],
        subject=f"{connection.reference}, {connection.title}",
        if_nothing="nothing is charged, and the Service Desk calls you.",
        url=reverse("sole-use", args=[connection.reference]),
        how=f"{figure('SOLE_USE_DAYS', 'calendar day')} from the question: our rule.",
        button="Declare its use",
        look="See what is asked",
        sections=("2.9.2",),
    )
