"""The cast: the people that tests know by name, and orders in each state.

Tests happen on the morning of Tuesday 3 March 2026, and the clock runs on from there.
An offer issued then is open until the end of 2 April: the clocks go forward between.
"""

from datetime import UTC, datetime

import pytest
import time_machine

from orders.commands import raise_enquiry
from parties.commands import ask_about_nominations, nominate
from parties.states import Purpose, Role, Standing
from quotes.models import Quote
from tests import journey
from tests.factories.parties import (
    DataCentreFactory,
    PartyFactory,
    PersonFactory,
    StaffFactory,
)
from tests.world import WORLD, kept_once

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(request):
    """Set the clock; `clock.move_to(instant)` moves it on.

    Tests that start other programs keep the real time, which those see too.
    """
    if {"browser", "once"} & set(request.keywords):
        yield None
        return
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
@kept_once
def party(db):
    return PartyFactory(name="Northgate Energy")


@pytest.fixture
@kept_once
def other_party(db):
    return PartyFactory(name="Calder Supply")


@pytest.fixture
@kept_once
def rdp(db):
    return PartyFactory(name="Tamar Networks", standing__standing=Standing.RDP)


@pytest.fixture
@kept_once
def submitter(party):
    return PersonFactory(
        party=party,
        name="Sue Mitter",
        email="submitter@northgate.example",
        nominated=[Purpose.SUBMIT],
    )


@pytest.fixture
@kept_once
def authoriser(party):
    return PersonFactory(
        party=party,
        name="Ada Law",
        email="authoriser@northgate.example",
        nominated=[Purpose.AUTHORISE],
    )


@pytest.fixture
@kept_once
def both(party):
    """Nominated for both purposes."""
    return PersonFactory(
        party=party,
        name="Bo Thorpe",
        email="both@northgate.example",
        nominated=[Purpose.SUBMIT, Purpose.AUTHORISE],
    )


@pytest.fixture
@kept_once
def colleague(party):
    """Of the same Party, nominated for nothing."""
    return PersonFactory(
        party=party, name="Col League", email="colleague@northgate.example"
    )


@pytest.fixture
@kept_once
def outsider(other_party):
    """Another Party's submitter and authoriser."""
    return PersonFactory(
        party=other_party,
        name="Otto Side",
        email="outsider@calder.example",
        nominated=[Purpose.SUBMIT, Purpose.AUTHORISE],
    )


@pytest.fixture
@kept_once
def rdp_submitter(rdp):
    return PersonFactory(
        party=rdp,
        name="Rita Post",
        email="submitter@tamar.example",
        nominated=[Purpose.SUBMIT, Purpose.AUTHORISE],
    )


def staff(name, email, role):
    return StaffFactory(name=name, email=f"{email}@dcc.example", role=role)


@pytest.fixture
@kept_once
def operator(db):
    return staff("Olga Perry", "operator", Role.OPERATIONS)


@pytest.fixture
@kept_once
def desk(db):
    return staff("Dee Skelton", "desk", Role.SERVICE_DESK)


@pytest.fixture
@kept_once
def billing_clerk(db):
    return staff("Bill Clark", "billing", Role.BILLING)


@pytest.fixture
@kept_once
def installer(db):
    return staff("Ian Staller", "installer", Role.INSTALLER)


@pytest.fixture
@kept_once
def configurer(db):
    return staff("Connie Figgis", "configurer", Role.CONFIGURER)


@pytest.fixture
@kept_once
def auditor(db):
    """Reads everything and changes nothing."""
    return staff("Audrey Lister", "auditor", Role.AUDITOR)


@pytest.fixture
@kept_once
def data_centre(party):
    return DataCentreFactory(party=party, name="Thornby Park")


@pytest.fixture
@kept_once
def rdp_data_centre(rdp):
    return DataCentreFactory(party=rdp, name="Saltash House")


@pytest.fixture
@kept_once
def empty_order(party, submitter):
    """A draft without an answer."""
    return journey.start(party, submitter)


@pytest.fixture
@kept_once
def draft_order(empty_order, submitter, data_centre):
    """A draft with every answer: HV 20 Mbps for 3 years."""
    return journey.answer(empty_order, submitter, data_centre)


@pytest.fixture
@kept_once
def submitted_order(draft_order, submitter):
    return journey.submit(draft_order, submitter)


@pytest.fixture
@kept_once
def returned_order(submitted_order, operator):
    """With one question, about the floor."""
    return journey.return_with_questions(submitted_order, operator)


@pytest.fixture
@kept_once
def accepted_order(submitted_order, operator):
    """In desk review, without a site review."""
    return journey.accept(submitted_order, operator)


@pytest.fixture
@kept_once
def reviewed_order(accepted_order, operator):
    """In desk review, reviewed: no survey needed."""
    return journey.review(accepted_order, operator)


@pytest.fixture
@kept_once
def draft_quote(reviewed_order, operator):
    return journey.draft(reviewed_order, operator)


@pytest.fixture
@kept_once
def issued_quote(draft_quote, operator, authoriser):
    """A firm offer, open until the end of 2 April 2026: £15,000.00 over 3 years."""
    return journey.issue(draft_quote, operator)


@pytest.fixture
@kept_once
def unreceived_quote(draft_quote, operator, authoriser):
    """The same offer, before any mail server took its e-mail or anybody opened it."""
    return journey.issue(draft_quote, operator, received=False)


@pytest.fixture
def quoted_order(issued_quote):
    return issued_quote.order


@pytest.fixture
@kept_once
def indicative_quote(accepted_order, operator, authoriser):
    """An open offer that a survey may still change."""
    return journey.offer(accepted_order, operator, survey=True)


@pytest.fixture
@kept_once
def pending_authority(issued_quote, authoriser):
    """Signed, uploaded by the authoriser, not yet checked; on the firm offer."""
    return journey.upload(issued_quote, authoriser)


@pytest.fixture
@kept_once
def authorised_order(pending_authority, operator, authoriser):
    """Authority on a firm offer: installation is next."""
    return journey.verify(pending_authority, operator, authoriser)


@pytest.fixture
@kept_once
def indicative_order(indicative_quote, operator, authoriser):
    """Authority on an indicative offer: the survey is next."""
    return journey.authorise(indicative_quote, operator, authoriser)


@pytest.fixture
@kept_once
def accepted_quote(authorised_order):
    return Quote.objects.get(order=authorised_order, state="accepted")


@pytest.fixture
@kept_once
def enquiry(colleague):
    """A call that is asked for and not arranged yet."""
    return raise_enquiry(
        colleague.party_id,
        by=colleague,
        kind="call",
        words="Two circuits into Derby and one into Leeds.",
        phone="0113 496 0000",
    )


@pytest.fixture
@kept_once
def asked_about_nominations(authoriser, desk):
    """Since 3 March, until 2 April: nobody confirmed one nomination for a year."""
    a_year_ago = NOW.replace(year=2025)
    days = {"from_on": a_year_ago.date(), "at": a_year_ago}
    nominate(authoriser.pk, purpose=Purpose.BILLING, by=desk, **days)
    return ask_about_nominations(authoriser.party_id, now=NOW)


@pytest.fixture
def make_order(party, submitter, authoriser, operator, data_centre):
    """Return a maker of fresh orders of `party`: `make_order("quoted")`."""
    people = journey.People(party, submitter, authoriser, operator, data_centre)

    def make(state, **how):
        name = f"{state} {sorted(how.items())}"
        return WORLD.step(name, lambda: journey.order_in(state, people, **how))

    return make


@pytest.fixture
@kept_once
def refused_form(party, desk):
    """A form that came from a stranger."""
    return journey.key_in(party, desk, sender_email="stranger@example.com")
