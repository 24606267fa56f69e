"""Organisations, their people, and whom they nominated."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from common.dated import EndsBeforeItBegins
from parties import commands, policies
from parties.errors import (
    AlreadyNominated,
    AppointsItself,
    BackDatedUnexplained,
    EmailTaken,
    NominationEnded,
    NotAnRdp,
    SignInUnchanged,
    StandingEnded,
)
from parties.models import DataCentre, Nomination, Party, User
from parties.states import Purpose, Role, Standing
from records.models import Event, Notice
from tests.cast import NOW
from tests.factories.parties import NominationFactory, PersonFactory

TODAY = NOW.date()
NOT_DESK = ("submitter", "authoriser", "billing_clerk", "installer", "configurer")


def day(offset):
    return TODAY + timedelta(days=offset)


def nominate(user, by, first, last=None, purpose=Purpose.AUTHORISE):
    return commands.nominate(
        user.pk,
        purpose=purpose,
        from_on=day(first),
        until_on=None if last is None else day(last),
        by=by,
        why_back_dated="It was written in January" if first < 0 else "",
    )


@pytest.mark.guidance("R-2.2-1")
def test_a_party_has_its_standing_from_a_day_to_a_day(desk):
    party = commands.register_party(
        "New Power", standing=Standing.SEC_PARTY, from_on=TODAY, by=desk
    )
    commands.end_standing(party.standings.get().pk, last_day=day(3), by=desk)

    has = [Party.objects.get().is_sec_party_on(day(n)) for n in (-1, 0, 3, 4)]
    assert has == [False, True, True, False]
    assert not party.is_rdp_on(TODAY)
    assert Event.objects.of_thread(party.reference).count() == 3


@pytest.mark.guidance("R-1.3-1")
@pytest.mark.parametrize("who", NOT_DESK)
def test_only_the_desk_keeps_parties_people_and_nominations(request, party, who):
    by = request.getfixturevalue(who)
    person, row = PersonFactory(party=party), NominationFactory(user__party=party)
    tries = [
        lambda: commands.register_party(
            "X", standing=Standing.RDP, from_on=TODAY, by=by
        ),
        lambda: commands.add_standing(
            party.pk, standing=Standing.RDP, from_on=TODAY, by=by
        ),
        lambda: commands.add_person("x@example.com", name="X", party_id=1, by=by),
        lambda: nominate(person, by, 0),
        lambda: commands.end_nomination(row.pk, last_day=TODAY, by=by),
    ]
    for attempt in tries:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_new_person_is_written_to_and_may_do_nothing_yet(desk, party):
    person = commands.add_person(
        " Ann@Example.COM ", name="Ann", party_id=party.pk, by=desk
    )

    assert person.email == "ann@example.com"
    assert Notice.objects.get().to == "ann@example.com"
    assert not policies.may_submit_for(person, party.pk)
    assert not policies.may_authorise_for(person, party.pk)


def test_one_mailbox_is_one_person(desk, submitter, party):
    with pytest.raises(EmailTaken):
        commands.add_person(
            submitter.email.upper(), name="X", party_id=party.pk, by=desk
        )


def test_a_nomination_counts_from_an_earlier_day_only_with_a_reason(desk, colleague):
    how = {"purpose": Purpose.SUBMIT, "from_on": day(-1), "by": desk}
    with pytest.raises(BackDatedUnexplained):
        commands.nominate(colleague.pk, **how)

    row = commands.nominate(colleague.pk, why_back_dated="The letter lay here", **how)

    assert row.why_back_dated == "The letter lay here"
    assert Event.objects.get(name="nominate").why == "The letter lay here"


@pytest.mark.guidance("R-2.2-6")
@pytest.mark.parametrize(
    ("first", "last", "clashes"),
    [
        ((0, None), (5, None), True),
        ((0, 5), (5, None), True),
        ((0, 5), (6, None), False),
        ((5, 9), (0, 4), False),
        ((5, 9), (0, 5), True),
        ((0, None), (-9, -1), False),
    ],
)
def test_nominations_for_one_purpose_do_not_overlap(
    desk, colleague, first, last, clashes
):
    nominate(colleague, desk, *first)
    if clashes:
        with pytest.raises(AlreadyNominated):
            nominate(colleague, desk, *last)
        return
    assert nominate(colleague, desk, *last)


def test_one_person_may_be_nominated_for_both(desk, colleague, party):
    nominate(colleague, desk, 0, purpose=Purpose.SUBMIT)
    nominate(colleague, desk, 0, purpose=Purpose.AUTHORISE)

    assert policies.may_submit_for(colleague, party.pk)
    assert policies.may_authorise_for(colleague, party.pk)


def test_a_nomination_ends_with_its_last_day(desk, authoriser, party, clock):
    row = Nomination.objects.get(user=authoriser)
    commands.end_nomination(row.pk, last_day=TODAY, by=desk)

    assert policies.may_authorise_for(authoriser, party.pk)
    clock.move_to(NOW + timedelta(days=1))
    assert not policies.may_authorise_for(authoriser, party.pk)


def test_a_nomination_that_ended_is_not_ended_later(desk, authoriser):
    row = Nomination.objects.get(user=authoriser)
    commands.end_nomination(row.pk, last_day=day(-3), by=desk)

    with pytest.raises(NominationEnded):
        commands.end_nomination(row.pk, last_day=TODAY, by=desk)


def test_nothing_ends_before_it_begins(desk, colleague, party):
    with pytest.raises(EndsBeforeItBegins):
        nominate(colleague, desk, 0, -1)
    with pytest.raises(EndsBeforeItBegins):
        commands.add_standing(
            party.pk,
            standing=Standing.RDP,
            from_on=TODAY,
            until_on=day(-1),
            by=desk,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        NominationFactory(from_on=TODAY, until_on=day(-1))


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("submitter", True),
        ("desk", True),
        ("operator", True),
        ("authoriser", False),
        ("outsider", False),
        ("installer", False),
    ],
)
def test_who_adds_a_data_centre(request, party, who, may):
    by = request.getfixturevalue(who)
    facts = {"name": "Hut", "street": "1 Way", "town": "Leek", "postcode": "ST13 5AA"}
    if may:
        assert commands.add_data_centre(party.pk, by=by, **facts).party == party
        return
    with pytest.raises(PermissionDenied):
        commands.add_data_centre(party.pk, by=by, **facts)


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("submitter", [2, 1, 1]),
        ("outsider", [1, 1, 0]),
        ("operator", [6, 2, 1]),
        ("billing_clerk", [7, 2, 1]),
        ("installer", [1, 0, 0]),
        ("configurer", [1, 0, 0]),
    ],
)
def test_each_sees_their_own_party(request, data_centre, who, counts):
    for name in ("submitter", "colleague", "outsider", "operator"):
        request.getfixturevalue(name)
    for name in ("installer", "configurer"):
        request.getfixturevalue(name)
    person = request.getfixturevalue(who)

    rows = [User.objects, Party.objects, DataCentre.objects]
    assert [each.visible_to(person).count() for each in rows] == counts


def test_a_supplier_sees_no_nomination(authoriser, installer, outsider, submitter):
    seen = [
        Nomination.objects.visible_to(person).count()
        for person in (installer, outsider, submitter)
    ]
    assert seen == [0, 2, 2]


@pytest.mark.parametrize(
    "fields",
    [
        {"party": None, "role": "", "is_staff": False},
        {"party": None, "role": "", "is_staff": True},
        {"role": Role.OPERATIONS, "is_staff": True},
        {"role": Role.OPERATIONS, "is_staff": False},
        {"role": "", "is_staff": True},
    ],
)
def test_a_person_is_of_a_party_or_of_staff_and_never_both(party, fields):
    facts = {"party": party, **fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(**facts)


def test_two_spellings_of_one_address_are_refused_by_the_database(submitter):
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(email=submitter.email.upper())


@pytest.mark.guidance("R-2.2-1")
def test_a_standing_ends_once_and_not_before_it_began(party, desk):
    standing = party.standings.get()
    with pytest.raises(EndsBeforeItBegins):
        commands.end_standing(standing.pk, last_day=date(2015, 1, 1), by=desk)
    commands.end_standing(standing.pk, last_day=TODAY, by=desk)

    with pytest.raises(StandingEnded):
        commands.end_standing(standing.pk, last_day=TODAY, by=desk)


@pytest.mark.guidance("R-2.2-4")
def test_an_rdp_appoints_a_shared_service_provider_from_a_day(rdp, party, desk):
    row = commands.appoint_provider(
        rdp.pk, provider_id=party.pk, from_on=day(0), until_on=day(9), by=desk
    )

    assert [rdp.appointments.valid_on(day(n)).count() for n in (-1, 0, 9, 10)] == [
        0,
        1,
        1,
        0,
    ]
    assert str(row) == f"{party} for {rdp}"


@pytest.mark.guidance("R-2.2-4")
def test_only_an_rdp_appoints_a_provider_and_never_itself(rdp, party, desk):
    with pytest.raises(NotAnRdp, match="is not a Registration Data Provider on 3 Mar"):
        commands.appoint_provider(party.pk, provider_id=rdp.pk, from_on=TODAY, by=desk)
    with pytest.raises(AppointsItself):
        commands.appoint_provider(rdp.pk, provider_id=rdp.pk, from_on=TODAY, by=desk)


def test_a_sign_in_is_closed_and_opened_again_by_the_desk(submitter, desk):
    commands.set_sign_in(submitter.pk, is_active=False, by=desk)
    assert not User.objects.get(pk=submitter.pk).is_active
    with pytest.raises(SignInUnchanged, match="may no longer sign in already"):
        commands.set_sign_in(submitter.pk, is_active=False, by=desk)

    commands.set_sign_in(submitter.pk, is_active=True, by=desk)

    assert User.objects.get(pk=submitter.pk).is_active
    closed, opened = Event.objects.filter(name="set_sign_in").order_by("pk")
    closure = submitter.closures.get()
    assert (closure.closed_at, closure.opened_at) == (closed.at, opened.at)


def test_nominating_holds_the_party_first_so_that_two_cannot_overlap(colleague, desk):
    with CaptureQueriesContext(connection) as asked:
        nominate(colleague, desk, 0)

    tables = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert 'FROM "parties_party"' in tables[0]
    assert connection.vendor == "sqlite" or "FOR NO KEY UPDATE" in tables[0]


def test_closings_from_before_are_kept_as_the_history_has_them(submitter, desk):
    for hour, is_active in enumerate([False, True, False]):
        at = NOW + timedelta(hours=hour)
        commands.set_sign_in(submitter.pk, is_active=is_active, by=desk, at=at)
    kept = list(submitter.closures.values_list("closed_at", "opened_at"))
    submitter.closures.all().delete()

    number = "0005_each_closing_of_a_sign_in_is_kept"
    import_module(f"parties.migrations.{number}").keep_each(apps, None)

    assert list(submitter.closures.values_list("closed_at", "opened_at")) == kept
    assert len(kept) == 2
