from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.crypto import get_random_string

from common.clock import uk_date
from common.dated import span_words
from common.dated_rows import holds_on
from parties.models import Invitation, Nomination, NominationsQuestion, Party, User
from parties.querysets import NominationQuerySet
from parties.states import Purpose
from records.commands import owe_notice
from records.models import LINK_PLACE, Notice


def person_added(user: User, at: datetime) -> None:
    """Tell a new person how to sign in for the first time."""
    key = f"person-added:{user.pk}"
    owe_notice(
        "person_added", key=key, to=[user.email], at=at, thread=user.thread, person=user
    )


def invitation(row: Invitation, at: datetime) -> Notice:
    """Owe an invited person the link; it is made while the e-mail is sent."""
    kind = "account_invitation"
    [notice] = owe_notice(
        kind,
        key=f"{kind}:{row.pk}",
        to=[row.email],
        at=at,
        thread=row.thread,
        person=row.user,
        link=LINK_PLACE,
        last_day=uk_date(row.expires_at - timedelta(seconds=1)),
    )
    return notice


def new_password(email: str, at: datetime) -> None:
    """Owe a link to choose a password to whoever has the address, if anybody.

    Who that is, is asked by a worker when the link is made. Each asking is a duty of
    its own.
    """
    kind = "account_password_reset_key"
    key = f"{kind}:{get_random_string(20)}"
    owe_notice(kind, key=key, to=[email], at=at, link=LINK_PLACE)


def register_corrected(
    party: Party,
    of: str,
    changes: Sequence[str],
    why: str,
    at: datetime,
    *,
    also: Sequence[str] = (),
) -> None:
    """Tell whom a Party has nominated what the register says of it now, and why.

    Args:
        of: what it is about: the Party itself, or one of its data centres.
        changes: before and after of each fact.
        also: further addresses that it concerns.
    """
    rows = Nomination.objects.filter(user__party=party).in_force(uk_date(at))
    owe_notice(
        "register_corrected",
        key=f"register-corrected:{party.pk}:{at.isoformat()}",
        to={*rows.values_list("user__email", flat=True), *also},
        at=at,
        thread=party.thread,
        party=party,
        of=of,
        changes=changes,
        why=why.strip(),
    )


def person_corrected(
    person: User, before: str, changes: Sequence[str], why: str, at: datetime
) -> None:
    """Tell a person what the register says of them now, at both of their addresses.

    Args:
        before: the address they had; the same as now if it stays.
    """
    facts = {"person": person, "changes": changes, "why": why.strip()}
    facts |= {"is_moved": before != person.email, "before": before}
    facts["known_addresses"] = [before]
    for place in dict.fromkeys((person.email, before)):
        owe_notice(
            "person_corrected",
            key=f"person-corrected:{person.pk}:{at.isoformat()}:{place == before}",
            to=[place],
            at=at,
            thread=person.thread,
            is_old=place != person.email,
            **facts,
        )


def nominations_recorded(rows: Sequence[Nomination], at: datetime) -> None:
    """Tell people for what their Party named them, and whoever authorises for it."""
    party, people = party_of(rows[0]), [row.user for row in rows]
    owe_notice(
        "nominations_recorded",
        key=f"nominations-recorded:{rows[0].pk}",
        to=whom_it_concerns(people, party, at),
        at=at,
        thread=rows[0].thread,
        party=party,
        nominations=[f"{row}, {span_words(row)}" for row in rows],
        named_by=rows[0].named_by,
        why=rows[0].why_back_dated,
    )


def nomination_ended(row: Nomination, said_by: str, at: datetime) -> None:
    """Tell the person, and whoever authorises for the Party, that it ends, and when.

    Args:
        said_by: who said so, where the Party was asked; otherwise nothing.
    """
    party, last_day = party_of(row), row.until_on
    owe_notice(
        "nomination_ended",
        key=f"nomination-ended:{row.pk}:{last_day}",
        to=whom_it_concerns([row.user], party, at),
        at=at,
        thread=row.thread,
        party=party,
        nomination=row,
        last_day=last_day,
        said_by=said_by.strip(),
        is_last=row.purpose == Purpose.AUTHORISE
        and last_day is not None
        and not authorisers_of(party, last_day + timedelta(days=1)).exists(),
    )


def sign_in_changed(person: User, at: datetime) -> None:
    """Tell a person, and whoever authorises for their Party, that they may sign in."""
    party = person.party
    owe_notice(
        "sign_in_changed",
        key=f"sign-in-changed:{person.pk}:{at.isoformat()}",
        to=whom_it_concerns([person], party, at) if party else [person.email],
        at=at,
        thread=person.thread,
        person=person,
        party=party,
        nominations=list(person.nominations.filter(holds_on(uk_date(at)))),
        is_last=party and not authorisers_of(party, uk_date(at)).exists(),
    )


def party_of(row: Nomination) -> Party:
    party: Party = Party.objects.get(people=row.user_id)
    return party


def authorisers_of(party: Party, day: date) -> NominationQuerySet:
    rows = Nomination.objects.filter(user__party=party, purpose=Purpose.AUTHORISE)
    return rows.in_force(day)


def whom_it_concerns(people: Sequence[User], party: Party, at: datetime) -> set[str]:
    """Return the addresses of people, and of whoever authorises for their Party today.

    Where nobody does, all who are nominated for it read it.
    """
    today = uk_date(at)
    others = authorisers_of(party, today)
    if not others.exists():
        others = Nomination.objects.filter(user__party=party).in_force(today)
    told = others.values_list("user__email", flat=True)
    return {*told, *(person.email for person in people)}


def nominations_asked(row: NominationsQuestion, at: datetime) -> None:
    """Ask, or remind, whoever may authorise for a Party; without them, its contacts."""
    rows = Nomination.objects.filter(user__party=row.party).in_force(uk_date(at))
    may_answer = rows.filter(purpose=Purpose.AUTHORISE)
    authorisers = [row.user for row in may_answer.select_related("user")]
    told = may_answer if authorisers else rows
    time = "reminder" if row.reminded_at else "asked"
    owe_notice(
        "nominations_asked",
        key=f"nominations-{time}:{row.pk}",
        to=told.values_list("user__email", flat=True),
        at=at,
        thread=row.thread,
        row=row,
        party=row.party,
        authorisers=authorisers,
        nominations=rows.unconfirmed(uk_date(at)).select_related("user"),
    )
