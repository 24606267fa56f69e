"""Orders past their authority, and the connections that come of them."""

from datetime import date
from decimal import Decimal

import pytest

from billing.tasks import charge_years
from connections.commands import (
    plan_failover_test,
    price_rate_change,
    record_other_use,
    request_rate_change,
)
from sites.models import AccessItem
from tests import journey, journey_of_pairs, journey_on_site
from tests.factories.parties import StandingFactory
from tests.world import kept_once


@pytest.fixture
@kept_once
def told_order(authorised_order, submitter):
    """Authority on a firm offer; the Party has said how people get into its site."""
    journey_on_site.confirm_passport(authorised_order, submitter)
    return journey.fresh(authorised_order)


@pytest.fixture
@kept_once
def access_item(authorised_order, submitter):
    """What the site of an order asks for before anybody may come: a visitor permit."""
    facts = {"own_documents": "Visitor permit"}
    journey_on_site.write_passport(authorised_order, submitter, **facts)
    return AccessItem.objects.get()


@pytest.fixture
@kept_once
def special_rams(authorised_order, submitter):
    """RAMS that are written for the site of an order alone, and may cost something."""
    journey_on_site.write_passport(authorised_order, submitter, rams="custom")
    return AccessItem.objects.get()


@pytest.fixture
@kept_once
def item_cost(special_rams, desk):
    """£420.00 excluding VAT, asked of the Party; nobody has answered yet."""
    return journey_on_site.ask_cost(special_rams, desk)


@pytest.fixture
@kept_once
def ready_order(authorised_order, installer):
    """Authority on a firm offer, access agreed: the circuit visit can be booked."""
    return journey_on_site.agree_access(authorised_order, installer)


@pytest.fixture
@kept_once
def survey_ready_order(indicative_order, installer):
    """Authority on an indicative offer, access agreed: a survey can be booked."""
    return journey_on_site.agree_access(indicative_order, installer)


@pytest.fixture
@kept_once
def survey_visit(survey_ready_order, installer):
    """Booked for today."""
    return journey_on_site.book(survey_ready_order, installer, "survey")


@pytest.fixture
@kept_once
def surveyed_order(survey_visit, installer):
    journey_on_site.survey(survey_visit, installer)
    return journey.fresh(survey_visit.order)


@pytest.fixture
@kept_once
def circuit_visit(ready_order, installer):
    """Booked for today."""
    return journey_on_site.book(ready_order, installer, "circuit")


@pytest.fixture
@kept_once
def installed_order(authorised_order, installer):
    """Both stages done; installation not flagged complete yet."""
    return journey_on_site.install(authorised_order, installer)


@pytest.fixture
@kept_once
def authorised_pair(party, submitter, authoriser, operator, data_centre):
    """Two at one site, diversely routed, both with authority: primary, back-up."""
    people = journey.People(party, submitter, authoriser, operator, data_centre)
    pair = journey_of_pairs.answered(party, submitter, [data_centre, data_centre])
    return journey_of_pairs.authorised(pair, people)


@pytest.fixture
@kept_once
def paired_order(authorised_pair):
    """The primary one of a pair whose two paths are to be checked."""
    return authorised_pair[0]


@pytest.fixture
@kept_once
def paired_connections(authorised_pair, installer, operator):
    """Both of a pair installed, to be configured."""
    for order in authorised_pair:
        journey_on_site.install_and_complete(order, operator)
    return [journey.fresh(order).connection for order in authorised_pair]


@pytest.fixture
@kept_once
def pair_in_service(paired_connections, configurer):
    """Both configured on 3 March 2026."""
    return [journey_on_site.configure(one, configurer) for one in paired_connections]


@pytest.fixture
@kept_once
def failover_test(pair_in_service, submitter):
    """The first link is to fail on 10 March 2026."""
    return plan_failover_test(
        pair_in_service[0].pk,
        by=submitter,
        planned_on=date(2026, 3, 10),
        note="Sue at the rack",
    )


@pytest.fixture
@kept_once
def connection(installed_order, operator):
    """Installed for 3 years on 3 March 2026, to be configured."""
    return journey_on_site.complete(installed_order, operator)


@pytest.fixture
@kept_once
def period(connection):
    return connection.periods.get()


@pytest.fixture
@kept_once
def connection_in_service(connection, configurer):
    return journey_on_site.configure(connection, configurer)


@pytest.fixture
@kept_once
def sharer(connection_in_service, submitter, outsider):
    """Calder Supply, which shares a connection of Northgate Energy from today on."""
    return journey_on_site.share(connection_in_service, submitter)


@pytest.fixture
@kept_once
def session(connection_in_service, submitter, configurer):
    """Requested by the submitter; the configurer was told."""
    return journey_on_site.request_session(connection_in_service, submitter)


@pytest.fixture
@kept_once
def report(connection_in_service, submitter):
    """Asked for by the submitter, of the day of completion, two days after it."""
    return journey_on_site.request_report(connection_in_service, submitter)


@pytest.fixture
@kept_once
def rdp_order(rdp, rdp_submitter, rdp_data_centre, operator):
    """Authorised: LV, free of charge, for registration data only."""
    who = rdp_submitter
    people = journey.People(rdp, who, who, operator, rdp_data_centre)
    return journey_on_site.free_order(people)


@pytest.fixture
@kept_once
def rdp_connection(rdp_order, operator):
    return journey_on_site.install_and_complete(rdp_order, operator)


@pytest.fixture
def asked_about_use(rdp_connection, clock):
    """A free connection a year on: whether it is still for registration data alone."""
    clock.move_to("2027-03-03T10:00Z")
    charge_years()


@pytest.fixture
@kept_once
def lv_connection(party, submitter, authoriser, operator, data_centre):
    """LV for 3 years from 3 March 2026, £3,000 and £4,000 a year."""
    people = journey.People(party, submitter, authoriser, operator, data_centre)
    order = journey.order_in("accepted", people, connection_type="lv")
    order = journey.authorise(journey.offer(order, operator), operator, authoriser)
    return journey_on_site.install_and_complete(order, operator)


@pytest.fixture
@kept_once
def used_otherwise(rdp_connection, rdp_submitter):
    """A free connection of an RDP that is a SEC Party too, for other data as well."""
    StandingFactory(party=rdp_connection.party, standing="sec_party")
    return record_other_use(
        rdp_connection.pk,
        by=rdp_submitter,
        use="Network data of Tamar since March.",
        is_charge_confirmed=True,
    )


@pytest.fixture
@kept_once
def priced_use(used_otherwise, operator):
    """The same, priced; an authoriser accepts or declines it next."""
    return price_rate_change(
        used_otherwise.pk,
        by=operator,
        net=Decimal(900),
        annual_net=Decimal(600),
        reason="Connection charge £450.00, and £450.00 for this year.",
    )


@pytest.fixture
@kept_once
def rate_change(connection_in_service, submitter, authoriser):
    """From 20 to 50 Mbps, asked for by the submitter; DCC prices it next."""
    return request_rate_change(connection_in_service.pk, by=submitter, to_mbps=50)


@pytest.fixture
@kept_once
def priced_change(rate_change, operator):
    """The same, priced; an authoriser accepts or declines it next."""
    return price_rate_change(
        rate_change.pk,
        by=operator,
        net=Decimal(1200),
        annual_net=Decimal(5200),
        reason="A faster circuit",
    )


@pytest.fixture
@kept_once
def lower_change(connection_in_service, submitter):
    """From 20 to 10 Mbps, which nobody prices."""
    return request_rate_change(connection_in_service.pk, by=submitter, to_mbps=10)


@pytest.fixture
@kept_once
def ended_connection(connection_in_service, installer, authoriser):
    """Ended with today, two items in its rack; looked at the morning after."""
    return journey_on_site.end(connection_in_service, authoriser, installer)
