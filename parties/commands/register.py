"""Organisations, people, nominations and premises come into the register, and end."""

import secrets
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.dated import require_order_of_days
from common.lines import look, same_address
from common.wording import day_words
from parties import emails, policies
from parties.commands.access import require_desk
from parties.commands.correct import whole_postcode
from parties.commands.invitations import invite
from parties.errors import (
    AppointsItself,
    DataCentreNameTaken,
    EmailTaken,
    NotAnRdp,
    PartyRegistered,
    SignInUnchanged,
    StandingEnded,
)
from parties.models import (
    CalendarFeed,
    DataCentre,
    Party,
    PartyCalendarFeed,
    PartyStanding,
    ProviderAppointment,
    User,
)
from parties.signals import register_changed
from parties.states import Standing
from records.commands import next_reference
from records.transitions import System, record_event
from records.unit import command

# So long that nobody guesses it.
FEED_BYTES = 24


@command
def register_party(
    name: str,
    *,
    by: User | System,
    standing: str = "",
    from_on: date | None = None,
    address: str = "",
    at: datetime | None = None,
) -> Party:
    """Register an organisation, with its standing under the SEC from a day if any.

    One without standing can be a shared service provider, but orders nothing yet.

    Raises:
        PartyRegistered: one whose name looks the same is in the register.

    Source: R-2.2-1, R-2.2-2.
    """
    require_desk(by)
    at = at or timezone.now()
    if Party.objects.filter(name_look=look(name)).exists():
        raise PartyRegistered(name=name)
    party = Party.objects.create(
        reference=next_reference("PTY"), name=name, address=address
    )
    record_event(party, "register_party", by=by, at=at, what="Party registered")
    tell_new(party, party, known_as=name, by=by, at=at)
    if standing and from_on:
        add_standing(party.pk, standing=standing, from_on=from_on, by=by, at=at)
    return party


@command
def add_standing(
    party_id: int,
    *,
    standing: str,
    from_on: date,
    by: User | System,
    until_on: date | None = None,
    at: datetime | None = None,
) -> PartyStanding:
    """Record that a Party is a SEC Party or an RDP from a day, perhaps until one.

    Raises:
        EndsBeforeItBegins: the last day is before the first.

    Source: R-2.2-1.
    """
    require_desk(by)
    require_order_of_days(from_on, until_on)
    party = Party.objects.locked().get(pk=party_id)
    row = PartyStanding.objects.create(
        party=party, standing=standing, from_on=from_on, until_on=until_on
    )
    what = f"{Standing(standing).label} from {day_words(from_on)}"
    at = at or timezone.now()
    record_event(party, "add_standing", by=by, at=at, what=what)
    return row


@command
def end_standing(
    standing_id: int, *, last_day: date, by: User | System, at: datetime | None = None
) -> None:
    """End a standing with `last_day`, which still counts.

    Raises:
        StandingEnded: it ended by that day already.
        EndsBeforeItBegins: the last day is before the first.

    Source: R-2.2-1.
    """
    require_desk(by)
    row = PartyStanding.objects.select_for_update().get(pk=standing_id)
    if row.until_on is not None and row.until_on <= last_day:
        raise StandingEnded
    require_order_of_days(row.from_on, last_day)
    row.until_on = last_day
    row.save()
    what = f"{row.get_standing_display()} until {day_words(last_day)}"
    record_event(row.party, "end_standing", by=by, at=at or timezone.now(), what=what)


@command
def appoint_provider(
    rdp_id: int,
    *,
    provider_id: int,
    from_on: date,
    by: User | System,
    until_on: date | None = None,
    at: datetime | None = None,
) -> ProviderAppointment:
    """Record that an RDP appointed a shared service provider from a day.

    Raises:
        NotAnRdp: only a Registration Data Provider appoints one.
        AppointsItself, EndsBeforeItBegins.

    Source: R-2.2-4.
    """
    require_desk(by)
    require_order_of_days(from_on, until_on)
    rdp = Party.objects.locked().get(pk=rdp_id)
    if provider_id == rdp_id:
        raise AppointsItself(party=rdp)
    if not rdp.is_rdp_on(from_on):
        raise NotAnRdp(party=rdp, day=day_words(from_on))
    row = ProviderAppointment.objects.create(
        rdp=rdp, provider_id=provider_id, from_on=from_on, until_on=until_on
    )
    what = f"{row.provider} appointed as shared service provider"
    record_event(rdp, "appoint_provider", by=by, at=at or timezone.now(), what=what)
    return row


@command
def add_person(
    email: str,
    *,
    name: str,
    by: User | System,
    party_id: int | None = None,
    role: str = "",
    phone: str = "",
    at: datetime | None = None,
) -> User:
    """Add a person who may sign in: a Party's contact, or staff with a role.

    They choose their own password by e-mail, a Party's contact by an invitation.
    Exactly one of `party_id` and `role`.

    Raises:
        EmailTaken: somebody already signs in with this address.

    Source: R-1.3-1, R-2.2-6.
    """
    require_desk(by)
    at = at or timezone.now()
    if User.objects.filter(email=same_address(email)).exists():
        raise EmailTaken(email=email)
    user = User.objects.create_user(
        email, name=name, party_id=party_id, role=role, phone=phone, is_staff=bool(role)
    )
    record_event(user, "add_person", by=by, at=at, what=f"{name} may sign in")
    if user.is_staff:
        emails.person_added(user, at)
    else:
        invite(user.pk, by=by, at=at)
    if user.party is not None:
        tell_new(user, user.party, known_as=user.email, by=by, at=at)
    return user


def tell_new(
    row: Party | User, party: Party, *, known_as: str, by: User | System, at: datetime
) -> None:
    """Let the apps above know by which name or address a Party is known now."""
    facts = {"row": row, "party": party, "known_as": known_as, "why": ""}
    register_changed.send(type(row), changed=frozenset(), by=by, at=at, **facts)


@command
def set_sign_in(
    user_id: int, *, is_active: bool, by: User | System, at: datetime | None = None
) -> User:
    """Let a person sign in, or stop them at once; what they did stays theirs.

    From when to when a sign-in was closed stays known after it is opened again. The
    person is told, and whoever authorises for the Party.

    Raises:
        SignInUnchanged: it is so already.
    """
    require_desk(by)
    user: User = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    words = "may sign in" if is_active else "may no longer sign in"
    if user.is_active == is_active:
        raise SignInUnchanged(person=user, words=words)
    at = at or timezone.now()
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    if is_active:
        user.closures.filter(opened_at=None).update(opened_at=at)
    else:
        user.closures.create(closed_at=at)
    record_event(user, "set_sign_in", by=by, at=at, what=f"{user} {words}")
    emails.sign_in_changed(user, at)
    return user


@command
def ask_for_new_password(email: str, *, at: datetime | None = None) -> None:
    """Owe the link to choose a password, without looking whose the address is.

    So the answer, and the time that it takes, are the same for every address.
    """
    emails.new_password(email.strip().lower(), at or timezone.now())


@command
def add_data_centre(
    party_id: int, *, by: User | System, at: datetime | None = None, **told: str
) -> DataCentre:
    """Add premises of a Party, by one of its submitters or the Service Desk.

    Raises:
        DataCentreNameTaken: the Party has one of this name.
        PostcodeMalformed: it is no full UK postcode.

    Source: R-2.3-4.
    """
    facts = whole_postcode(told)
    is_own = not isinstance(by, System) and policies.may_submit_for(by, party_id)
    if not is_own:
        require_desk(by)
    party = Party.objects.locked().get(pk=party_id)
    if party.data_centres.filter(name_look=look(facts["name"])).exists():
        raise DataCentreNameTaken(name=facts["name"])
    site = DataCentre.objects.create(party=party, **facts)
    what = f"Data centre added: {site.address}"
    record_event(site, "add_data_centre", by=by, at=at or timezone.now(), what=what)
    return site


@command
def make_calendar_feed(*, by: User, at: datetime | None = None) -> CalendarFeed:
    """Give a person the link that their calendar follows; a link before it ends.

    Raises:
        PermissionDenied: `by` is of no Gateway Party, or may not sign in.
    """
    if not by.is_active or by.party_id is None:
        raise PermissionDenied
    at = at or timezone.now()
    # Two clicks at once make one row.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    facts = {"key": secrets.token_urlsafe(FEED_BYTES), "made_at": at}
    feed, is_new = CalendarFeed.objects.update_or_create(user=by, defaults=facts)
    what = "Private calendar link made" if is_new else "Private calendar link replaced"
    record_event(by, "make_calendar_feed", by=by, at=at, what=what, is_public=False)
    return feed


@command
def revoke_calendar_feed(*, by: User, at: datetime | None = None) -> None:
    """End the link that a person's calendar follows. Ending it twice ends it once."""
    ended, _ = CalendarFeed.objects.filter(user=by).delete()
    if ended:
        what, at = "Private calendar link ended", at or timezone.now()
        record_event(
            by, "revoke_calendar_feed", by=by, at=at, what=what, is_public=False
        )


@command
def share_calendar(*, by: User, at: datetime | None = None) -> PartyCalendarFeed:
    """Give a Party the link that its shared calendar follows; a link before it ends.

    Raises:
        PermissionDenied: `by` is not nominated to act for the Party today.
    """
    party = locked_party_of(by)
    at = at or timezone.now()
    key = secrets.token_urlsafe(FEED_BYTES)
    facts = {"key": key, "made_at": at, "made_by": by}
    feed, is_new = PartyCalendarFeed.objects.update_or_create(
        party=party, defaults=facts
    )
    what = f"Shared calendar link {'made' if is_new else 'replaced'}"
    record_event(party, "share_calendar", by=by, at=at, what=what)
    return feed


@command
def end_shared_calendar(*, by: User, at: datetime | None = None) -> None:
    """End the link that a Party's shared calendar follows; twice ends it once.

    Raises:
        PermissionDenied: `by` is not nominated to act for the Party today.
    """
    party = locked_party_of(by)
    ended, _ = PartyCalendarFeed.objects.filter(party=party).delete()
    if ended:
        what, at = "Shared calendar link ended", at or timezone.now()
        record_event(party, "end_shared_calendar", by=by, at=at, what=what)


def locked_party_of(by: User) -> Party:
    """Return the Party for which `by` decides who follows its dates, locked."""
    party: Party | None = Party.objects.locked().filter(pk=by.party_id or 0).first()
    if party is None or not policies.may_share_calendar(by, party.pk):
        raise PermissionDenied
    return party
