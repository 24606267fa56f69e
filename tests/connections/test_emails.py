"""Every e-mail about work on site and the connection, read as its reader would."""

from datetime import UTC, datetime, timedelta

import pytest

from connections.commands import establish_session, send_renewal_notice
from records.models import Notice
from sites.commands import rearrange_visit
from tests import journey, journey_on_site
from tests.cast import NOW

KINDS = {
    "visit_booked",
    "visit_rearranged",
    "visit_failed",
    "survey_recorded",
    "installation_complete",
    "order_configured",
    "renewal_notice",
    "session_requested",
    "session_established",
}


@pytest.fixture
def whole_life(surveyed_order, operator, authoriser, installer, session_of):
    """An order with a survey, a moved and a failed visit, to its renewal notice."""
    order = journey_on_site.accept_update(surveyed_order, operator, authoriser)
    visit = journey_on_site.book(order, installer, "circuit")
    on = (NOW + timedelta(days=1)).date()
    moved = rearrange_visit(visit.pk, by=installer, on=on, reason="Snow <& ice>")
    there = NOW + timedelta(days=1)
    journey_on_site.turn_away(moved, installer, note="Nobody's there", at=there)
    connection = journey_on_site.install_and_complete(order, operator)
    establish_session(session_of(connection).pk, by=operator)
    period = journey_on_site.set_renewal_charge(connection.periods.get(), operator)
    send_renewal_notice(period.pk, now=datetime(2028, 11, 3, tzinfo=UTC))
    return Notice.objects.filter(kind__in=KINDS)


@pytest.fixture
def session_of(submitter, configurer):
    def asked(connection):
        journey_on_site.configure(connection, configurer)
        return journey_on_site.request_session(connection, submitter)

    return asked


def test_each_email_says_what_to_do_and_whom_to_ask_with_one_link(whole_life):
    assert set(whole_life.values_list("kind", flat=True)) == KINDS
    for notice in whole_life:
        assert "What you need to do" in notice.text, notice.kind
        assert "Questions? Service Desk, 0844 225 4445" in notice.text, notice.kind
        links = [word for word in notice.text.split() if word.startswith("http")]
        # The address of a gate pass is for the guard, and not for its reader.
        assert len([link for link in links if "/gate/" not in link]) == 1, notice.kind
        assert "\n\n\n" not in notice.text, notice.kind


def test_nothing_typed_is_escaped_in_plain_text(whole_life):
    moved = whole_life.get(kind="visit_rearranged")
    failed = whole_life.get(kind="visit_failed")

    assert "Snow <& ice>" in moved.text
    assert "Nobody's there" in failed.text
    assert "Snow <&" not in moved.html


def test_each_email_is_owed_once(whole_life, surveyed_order):
    keys = list(whole_life.values_list("key", flat=True))

    assert len(keys) == len(set(keys))
    assert {notice.thread for notice in whole_life} == {surveyed_order.reference}
    assert journey.fresh(surveyed_order).state == "configured"


def test_the_configurer_is_sent_to_a_page_that_it_can_open(
    client, configurer, whole_life
):
    link = whole_life.get(kind="session_requested").text.split("http")[1].split()[0]
    client.force_login(configurer)

    answer = client.get("/" + link.split("/", 3)[3])

    assert answer.status_code == 200


def test_what_somebody_typed_is_no_link_in_a_subject_either(
    connection_in_service, submitter, configurer
):
    name = "See www.evil.example/x"
    journey_on_site.request_session(connection_in_service, submitter, name=name)

    subject = Notice.objects.get(kind="session_requested").subject

    assert "“See www[.]evil[.]example/x” requested" in subject
