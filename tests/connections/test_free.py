"""A connection that is free for registration data, and what another use costs (T2)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from billing.models import Charge
from billing.tasks import charge_rate_changes
from common.clock import uk_date
from connections.commands import (
    cancel_connection,
    check_rate_acceptance,
    end_sharing,
    is_free_for_registration,
    leave_free,
    record_other_use,
    share_connection,
    withdraw_rate_change,
)
from connections.errors import (
    ChangeOpen,
    ChargeableNotConfirmed,
    ChargedAlready,
    SharedConnectionEnds,
    StillShared,
    UseNotDescribed,
)
from connections.models import Connection, RateChange
from orders.commands import NamedSharer
from orders.errors import NotNominated, OtherDataNeedsSecParty, ReasonMissing
from orders.models import ConnectionRequest, Sharer
from quotes.models import QuoteLine
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey_on_site
from tests.cast import NOW
from tests.connections.test_rate import a_scan
from tests.factories.parties import StandingFactory
from tests.reading import words_of
from worklist.models import WorkItem

TODAY = uk_date(NOW)
NETWORK = NamedSharer("Tamar Power", "sec_party", "network_rdp", TODAY)


@pytest.fixture
def free(rdp_connection):
    """Free of charge; its Party is an RDP and a SEC Party too."""
    StandingFactory(party=rdp_connection.party, standing="sec_party")
    return rdp_connection


def record(connection, person, *, use="Network data", confirmed=True):
    return record_other_use(
        connection.pk, by=person, use=use, is_charge_confirmed=confirmed
    )


def at_desk(client, person, change, slug, **typed):
    name = f"admin:orders_connectionrequest_{slug}"
    client.force_login(person)
    return client.post(reverse(name, args=[change.connection.order_id]), typed)


def owed():
    return set(WorkItem.objects.open().values_list("kind", flat=True))


def charges():
    charge_rate_changes()
    charge_rate_changes()
    return list(Charge.objects.filter(kind="rate_change"))


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_a_sharer_makes_a_free_connection_chargeable_once_that_is_confirmed(
    free, rdp_submitter, settings
):
    how = {"by": rdp_submitter, "named": NETWORK, "is_responsible": True}
    with pytest.raises(ChargeableNotConfirmed):
        share_connection(free.pk, **how)
    assert not Sharer.objects.exists()

    share_connection(free.pk, **how, is_charge_confirmed=True)

    change = RateChange.objects.get()
    assert change.use == "Tamar Power shares it from 3 March 2026."
    assert ConnectionRequest.objects.get().is_registration_only is False
    assert "price_rate_change" in owed()
    mail = Notice.objects.get(kind="use_recorded")
    assert (mail.to, charges()) == (settings.SERVICE_DESK_EMAIL, [])


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_another_use_is_recorded_without_a_sharer(free, rdp_submitter):
    for wrong, refusal in (
        ({"use": " "}, UseNotDescribed),
        ({"confirmed": False}, ChargeableNotConfirmed),
    ):
        with pytest.raises(refusal):
            record(free, rdp_submitter, **wrong)

    change = record(free, rdp_submitter)

    event = Event.objects.get(name="record_other_use")
    assert (event.by, event.why) == (rdp_submitter, "Network data")
    assert (change.kind, change.state) == ("chargeable", "requested")
    assert not is_free_for_registration(Connection.objects.get())


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_a_second_sharer_asks_for_no_second_price(used_otherwise, rdp_submitter):
    how = {"by": rdp_submitter, "named": NETWORK, "is_responsible": True}
    share_connection(used_otherwise.connection_id, **how)

    assert list(RateChange.objects.all()) == [used_otherwise]


@pytest.mark.guidance("R-2.3-7", "T1", "T2")
def test_an_rdp_alone_records_no_other_use_and_reads_why_not(
    client, rdp_connection, rdp_submitter
):
    with pytest.raises(OtherDataNeedsSecParty):
        record(rdp_connection, rdp_submitter)

    client.force_login(rdp_submitter)
    shown = client.get(rdp_connection.get_absolute_url()).content.decode()

    assert "Only a SEC Party in its own right can share its connection" in shown
    offered = ("share-new", "connection-use")
    places = [reverse(name, args=[rdp_connection.reference]) for name in offered]
    assert [place for place in places if place in shown] == []


def test_only_a_submitter_records_it_and_only_of_a_free_connection_that_goes_on(
    free, rdp_submitter, connection, submitter
):
    with pytest.raises(NotNominated):
        record(free, submitter)
    with pytest.raises(ChargedAlready):
        record(connection, submitter)
    last = date(2026, 5, 31)
    cancel_connection(free.pk, by=rdp_submitter, last_day=last, acknowledged=0)
    with pytest.raises(SharedConnectionEnds):
        record(free, rdp_submitter)


@pytest.mark.guidance("R-2.9.2-1")
def test_one_that_an_rdp_pays_for_is_not_free(free):
    assert is_free_for_registration(free)
    QuoteLine.objects.filter(kind="annual").update(net=600)

    assert not is_free_for_registration(Connection.objects.get())


def test_another_change_that_is_open_comes_first(free, rdp_submitter):
    change = {"connection": free, "kind": "superfast", "requested_by": rdp_submitter}
    RateChange.objects.create(**change, requested_at=NOW)

    with pytest.raises(ChangeOpen):
        record(free, rdp_submitter)


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_nothing_is_charged_before_an_authoriser_accepts_the_amount(
    priced_use, rdp_submitter, operator
):
    assert charges() == []
    assert "accept_rate_change" in owed()

    signed = journey_on_site.accept_change(priced_use, rdp_submitter)
    assert (signed.state, charges()) == ("accepted", [])

    accepted = check_rate_acceptance(priced_use.pk, by=operator, has_effect=True)

    assert (accepted.state, accepted.done_on) == ("done", TODAY)
    (charge,) = charges()
    assert (charge.net, charge.due_on) == (900, TODAY)
    assert "is not for registration data alone any more" in charge.why
    assert "£600.00 excluding VAT from its next year on" in charge.why
    assert not owed() & {"accept_rate_change", "make_rate_change"}


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_who_declines_is_asked_anew_and_dcc_is_told(
    priced_use, rdp_submitter, settings, submitter
):
    with pytest.raises(PermissionDenied):
        withdraw_rate_change(priced_use.pk, by=submitter)

    change = withdraw_rate_change(priced_use.pk, by=rdp_submitter, reason="Too much")

    assert (change.state, change.net, change.why_not) == ("requested", None, "Too much")
    assert "price_rate_change" in owed()
    with pytest.raises(NotPossibleInState):
        withdraw_rate_change(priced_use.pk, by=rdp_submitter)
    mail = Notice.objects.get(kind="charge_declined")
    assert mail.to == settings.SERVICE_DESK_EMAIL
    assert "Too much" in mail.text


@pytest.mark.guidance("R-2.9.2-1", "R-2.9.2-3", "T2")
def test_it_stays_free_only_if_nobody_shares_it_any_more(
    free, rdp_submitter, operator, clock
):
    sharer = journey_on_site.share(free, rdp_submitter)
    change = RateChange.objects.get()
    with pytest.raises(StillShared, match="Calder Supply"):
        leave_free(change.pk, by=operator, reason="It never began")
    end_sharing(sharer.pk, by=rdp_submitter, last_day=TODAY, reason="By mistake")
    clock.move_to(NOW + timedelta(days=1))
    with pytest.raises(ReasonMissing):
        leave_free(change.pk, by=operator, reason=" ")

    leave_free(change.pk, by=operator, reason="It never began")

    order = ConnectionRequest.objects.get()
    assert (order.is_registration_only, order.is_shared) == (True, None)
    assert is_free_for_registration(Connection.objects.get())
    text = Notice.objects.get(kind="rate_change_refused").text
    assert "stays free of charge" in text
    assert "It never began" in text


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_the_pages_say_before_that_it_becomes_chargeable(client, free, rdp_submitter):
    client.force_login(rdp_submitter)
    place = free.get_absolute_url()
    use = reverse("connection-use", args=[free.reference])
    assert use in client.get(place).content.decode()
    for page in (use, reverse("share-new", args=[free.reference])):
        assert "nothing is charged before" in words_of(client.get(page))
    assert "Tick that you understand" in words_of(client.post(use, {"use": "More"}))

    answer = client.post(use, {"use": "More", "is_charge_confirmed": "on"})

    assert "DCC says what it costs" in words_of(client.get(answer["Location"]))
    assert "DCC says what it costs from now on" in words_of(client.get(place))
    assert client.get(use).status_code == 404


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_it_is_priced_at_the_desk_and_accepted_on_its_page(
    client, used_otherwise, operator, rdp_submitter
):
    typed = {"net": "900", "annual_net": "600", "reason": "Connection and this year"}
    at_desk(client, operator, used_otherwise, "price-use", **typed)
    client.force_login(rdp_submitter)
    place = reverse("connection-rate", args=[used_otherwise.connection.reference])
    shown = words_of(client.get(place))
    assert "Accept what it costs from now on?" in shown
    assert "Network data of Tamar since March." in shown

    back = {"change": used_otherwise.pk, "answer": "withdraw", "reason": "Too much"}
    client.post(place, back)
    assert "Too much" in words_of(client.get(place))
    at_desk(client, operator, used_otherwise, "price-use", **typed | {"net": "0"})
    client.force_login(rdp_submitter)
    yes = {"change": used_otherwise.pk, "answer": "accept", "is_understood": "on"}
    client.post(place, yes | {"signed": a_scan()})
    at_desk(client, operator, used_otherwise, "check-change", has_effect="yes")

    assert RateChange.objects.get().state == "done"
    assert charges() == []


@pytest.mark.guidance("T2")
def test_the_desk_leaves_it_free_on_its_page(client, used_otherwise, operator):
    at_desk(client, operator, used_otherwise, "leave-free", reason="It has stopped.")

    assert RateChange.objects.get().state == "refused"
