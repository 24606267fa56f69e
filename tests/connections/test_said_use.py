"""What a submitter said of another use, or of HV beside LV, recorded for them (T35)."""

from datetime import timedelta

import pytest

from connections.commands import record_hv_beside, record_use_told
from connections.errors import ChargeableNotConfirmed
from connections.models import RateChange
from orders.commands import Said
from orders.errors import OtherDataNeedsSecParty, SaidByNobodyNominated
from orders.models import ConnectionRequest
from records.models import Event, Notice
from tests.cast import NOW
from tests.desk.conftest import Desk
from tests.factories.parties import StandingFactory

# It came on Friday 6 March and is recorded on the Monday after it.
CAME, RECORDED = NOW + timedelta(days=3), NOW + timedelta(days=6)

pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def desk_later(clock, desk):
    """Whoever records it; asked for last, for the clock moves on."""
    clock.move_to(RECORDED)
    return desk


def typed(person, **answers):
    came = {"person": person.pk, "how": "phone", "came_at": "2026-03-06T10:00"}
    return came | answers


def told(person):
    kept = Notice.objects.filter(kind="recorded_for_you", to=person.email)
    return kept.latest("pk").text


@pytest.mark.guidance("R-2.9.2-3", "T2")
def test_another_use_is_priced_from_when_a_submitter_said_it(
    client, rdp_connection, rdp_submitter, *, desk_later
):
    connection, at = rdp_connection, Desk(client, desk_later)
    assert not {"other-use-said", "share-said"} & at.offered(connection.order)
    StandingFactory(party=connection.party, standing="sec_party")
    use = typed(rdp_submitter, use="Network data of Tamar since March.")
    page = at.do(connection.order, "other-use-said", **use).content.decode()
    assert "Tell them first that it is no longer free" in page

    at.do(connection.order, "other-use-said", **use, is_charge_confirmed="on")

    change = RateChange.objects.get()
    assert (change.requested_by, change.requested_at) == (rdp_submitter, CAME)
    assert "Recorded by" in Event.objects.get(name="record_other_use").why
    assert "carries more than registration data" in told(rdp_submitter)
    assert Notice.objects.filter(kind="use_recorded").exists()
    assert "other-use-said" not in at.offered(connection.order)


@pytest.mark.guidance("R-2.9.2-3", "T1")
def test_no_other_use_is_recorded_that_could_not_be_told(
    rdp_connection, rdp_submitter, *, desk_later
):
    asked = {
        "by": desk_later,
        "said": Said(rdp_submitter.pk, "phone", CAME),
        "use": "Network data.",
    }
    with pytest.raises(OtherDataNeedsSecParty):
        record_use_told(rdp_connection.pk, **asked, is_charge_confirmed=True)
    StandingFactory(party=rdp_connection.party, standing="sec_party")
    with pytest.raises(ChargeableNotConfirmed):
        record_use_told(rdp_connection.pk, **asked, is_charge_confirmed=False)


@pytest.mark.guidance("R-2.7.1-3", "T16")
def test_hv_beside_lv_begins_as_a_draft_that_they_send_themselves(
    client, lv_connection, submitter, authoriser, *, desk_later
):
    at, order = Desk(client, desk_later), lv_connection.order
    with pytest.raises(SaidByNobodyNominated):
        record_hv_beside(
            lv_connection.pk,
            by=desk_later,
            said=Said(authoriser.pk, "phone", CAME),
            rating=20,
            is_replacement=False,
        )

    at.do(order, "hv-beside-said", **typed(submitter, rating="20", is_replacement="on"))

    new = ConnectionRequest.objects.get(copied_from=order)
    assert (new.state, new.created_by, new.created_at) == ("draft", submitter, CAME)
    assert (new.hv_rating_mbps, new.replaces) == (20, order)
    assert f"your wish for HV beside {lv_connection} as the draft {new}" in (
        told(submitter)
    )
    assert "hv-beside-said" not in at.offered(order)
