"""After installation: the router, its addresses, the sessions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from common.fields import Day
from common.pages import Answers, still_there
from common.staff_fields import offer, one_of, words
from connections import commands, policies
from connections.file import connection_of
from connections.models import Connection, Session
from connections.obligations import CONFIGURE, SET_UP_SESSION
from connections.states import ConnectionState
from orders.file import OrderFile
from orders.states import INSTALLED, OrderState
from orders.steps.base import OrderPage
from parties.models import User


class ConfigureForm(forms.Form):
    configured_on = Day(
        label="Day on which the router was configured",
        error_messages={"required": "Enter the day of the configuration"},
    )
    test_result = words(
        "Result of the connectivity test",
        "Kept with the connection.",
        "Write the result of the connectivity test",
        rows=3,
    )


class Configure(OrderPage[object]):
    slug = "configure"
    label = "Record the configuration"
    button = "The connection is configured"
    form_class = ConfigureForm
    states = (OrderState.CONFIGURING,)
    sees_to = (CONFIGURE,)
    not_due = "The router is configured. The order waits for its sessions."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_configure(subject.order, user)

    def is_listed(self, file: OrderFile) -> bool:
        row = connection_of(file).row
        is_new = row is not None and row.state == ConnectionState.INSTALLED
        return super().is_listed(file) and is_new

    def follows(self, file: OrderFile) -> list[str]:
        waiting = len([row for row in connection_of(file).sessions if row.waits])
        if not waiting:
            return ["No session is asked for, so the connection is in service then."]
        more = "1 session is" if waiting == 1 else f"{waiting} sessions are"
        return [f"{more} to be established; then the connection is in service."]

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        waits = any(row.waits for row in connection_of(file).sessions)
        return {} if waits else {"order_configured": ""}

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        return commands.configure_connection(subject.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: object) -> str:
        waiting = [row for row in connection_of(subject).sessions if row.waits]
        if waiting:
            return f"The router of {subject} is configured. Its sessions come next."
        return f"{subject} is configured: the connection is in service."


def address(
    label: str, help_text: str, missing: str = ""
) -> forms.GenericIPAddressField:
    return forms.GenericIPAddressField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages={
            "required": missing,
            "invalid": "Enter an address such as 192.0.2.10 or 2001:db8::10",
        },
    )


class AddressesForm(forms.Form):
    router_address = address(
        "DCC router", "At the site of this connection.", "Enter the router’s address"
    )
    pep_address = address(
        "PEP of the Gateway Party",
        "Its Policy Enforcement Point, which the router leads to.",
        "Enter the address that the PEP uses",
    )
    virtual_address = address(
        "Virtual address of the pair",
        "Both routers present it. It is kept with both connections.",
    )


class Addresses(OrderPage[Connection]):
    slug = "addresses"
    label = "Record the addresses"
    hint = "The Gateway Party reads them (sections 4.1 to 4.3)."
    button = "Save the addresses"
    form_class = AddressesForm
    states = INSTALLED

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_configure(subject.order, user)

    def named(self, file: OrderFile) -> str:
        connection = connection_of(file).row
        is_known = connection is not None and connection.router_address is not None
        return "Change the addresses" if is_known else self.label

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        if subject.order.group_id is None:
            del form.fields["virtual_address"]
        return form

    def initial(self, subject: OrderFile) -> dict[str, Any]:
        connection = connection_of(subject).row
        if connection is None:
            return {}
        return {
            "router_address": connection.router_address,
            "pep_address": connection.pep_address,
            "virtual_address": connection.virtual_address,
        }

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party reads them on the page of its connection.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Connection:
        return commands.record_addressing(
            still_there(connection_of(subject).row).pk, by=user, **answers
        )

    def message(self, subject: OrderFile, result: Connection) -> str:
        return f"The addresses of {result} are saved. The Gateway Party reads them."


class SessionSetUpForm(forms.Form):
    session = one_of(Session, "Session", "Choose the session")
    dcc_pep_name = forms.CharField(
        label="PEP at DCC’s end",
        help_text="The Gateway Party reads between which two the session runs.",
        max_length=100,
        error_messages={"required": "Name the PEP at DCC’s end"},
    )


class SessionDeferredForm(forms.Form):
    session = one_of(Session, "Session", "Choose the session")
    reason = words(
        "Why is it put off?",
        "The Gateway Party reads it. The order goes into service without it.",
        "Say why it is put off",
        rows=3,
    )


class OfSession(OrderPage[Session]):
    """A page about one of the sessions that wait for the configurer."""

    states = INSTALLED
    template = "desk/session.html"
    not_due = "No session of this connection waits to be set up."

    def may(self, subject: OrderFile, user: User) -> bool:
        return policies.may_configure(subject.order, user)

    def waiting(self, file: OrderFile) -> list[Session]:
        return [row for row in connection_of(file).sessions if row.waits]

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and bool(self.waiting(file))

    def is_last(self, file: OrderFile) -> bool:
        """Say whether the order waits for nothing else. Source: R-3.7.1-1."""
        row = connection_of(file).row
        is_ready = row is not None and row.state == ConnectionState.OPERATIONAL
        is_new = file.state == OrderState.CONFIGURING
        return is_new and is_ready and len(self.waiting(file)) == 1

    def what_is_next(self, file: OrderFile) -> list[str]:
        if self.is_last(file):
            return ["It is the last, so the order is complete and in service."]
        left = len(self.waiting(file)) - 1
        return [f"{left} more to be set up."] if left else []

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        last = {"order_configured": ""} if self.is_last(file) else {}
        return {**super().letters(file), **last}

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        waiting = self.waiting(subject)
        offer(form, "session", waiting, called=lambda row: row.name)
        if len(waiting) == 1:
            form.initial["session"] = waiting[0].pk
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        return {"waiting": self.waiting(subject)}


class Establish(OfSession):
    slug = "session"
    label = "Record a session as established"
    button = "The session is established"
    form_class = SessionSetUpForm
    sees_to = (SET_UP_SESSION,)
    tells = ("session_established",)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The Gateway Party can use it.",
            *self.what_is_next(file),
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Session:
        session = answers.pop("session")
        return commands.establish_session(session.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: Session) -> str:
        return f"Session {result.name} is established."


class Defer(OfSession):
    slug = "defer-session"
    label = "Put a session off"
    button = "Put it off"
    form_class = SessionDeferredForm
    tells = ("session_deferred",)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "It waits, and no longer holds the order up.",
            *self.what_is_next(file),
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Session:
        session = answers.pop("session")
        return commands.defer_session(session.pk, by=user, **answers)

    def message(self, subject: OrderFile, result: Session) -> str:
        return f"Session {result.name} is put off, and its Gateway Party is told why."


PAGES: list[OrderPage[Any]] = [
    Configure(),
    Establish(),
    Defer(),
    Addresses(),
]
