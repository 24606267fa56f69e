"""Version 1.0 in our own words: every section is there and its figures are right."""

import re

import pytest
from django.urls import Resolver404, resolve

from guidance import wording
from guidance.commands import seed_guidance
from guidance.models import GuidanceQuestion
from records.models import Event

SECTIONS = """1 1.1 1.2 1.3 2 2.1 2.1.1 2.1.2 2.2 2.3 2.4 2.4.1 2.4.2 2.4.3 2.4.4 2.5
2.6 2.7 2.7.1 2.7.2 2.8 2.9 2.9.1 2.9.2 2.9.3 2.10 2.11 2.12 2.13 2.14 3 3.1 3.2 3.3 3.4
3.5 3.6 3.7 3.7.1 4 4.1 4.2 4.3 5 5.1 5.2 5.2.1 5.2.2 6 6.1 7 8"""
FIGURES = {
    "1.1": ("H15", "E3", "14 January 2015", "switched on from 26 January 2015"),
    "1.2": ("26 January 2015",),
    "2.2": ("SEC section H15", "SEC section E3", "nominated"),
    "2.5": ("1 year or 3 years", "4 months before", "one month"),
    "2.6": ("10 to 100 Mbps", "up to 40 Mbps", "up to 10 Mbps", "2.5 Mbps", "30 days"),
    "2.7.2": ("10 or 20 Mbps",),
    "2.9.3": ("£3,000 to £15,000", "£4,000 to £32,000", "H15.8 and H15.9(b)"),
    "2.11": ("30 calendar days", "for authorising connections"),
    "3.3": ("5 working days",),
    "3.4": ("30 calendar days",),
    "3.5": ("5 working days",),
    "3.7": ("4U for HV, 1U for LV",),
    "4.1": ("no availability is guaranteed", "mandatory"),
    "5": ("1.75 inches (44.45mm)",),
    "5.1": ("1U at each site", "Cisco 3750G"),
    "5.2": ("4U at each site", "fibre tray", "NTE", "Cisco 3750G"),
    "5.2.2": ("CoCo1.12", "H15.24", "log at all times"),
    "6": ("at most one secondary", "costs nothing extra"),
}


@pytest.fixture
def words_of(in_force):
    return lambda section: wording.plain(in_force.pages.get(section=section).body)


@pytest.mark.guidance("R-0-2", "R-0-6")
def test_version_one_has_every_section_of_the_document_in_its_order(in_force):
    assert list(in_force.pages.values_list("section", flat=True)) == SECTIONS.split()


@pytest.mark.guidance("R-0-2", "R-0-3")
def test_the_history_begins_with_the_document_itself(in_force):
    assert (in_force.author, f"{in_force.issued_on}") == ("Operations", "2015-01-19")
    approval = (in_force.approver, in_force.approver_title)
    assert approval == ("Dave Broady", "Operations Director")


@pytest.mark.guidance("R-1.1-3")
@pytest.mark.parametrize("section", FIGURES)
def test_a_section_says_what_the_rules_say(words_of, section):
    missing = [figure for figure in FIGURES[section] if figure not in words_of(section)]

    assert missing == []


@pytest.mark.guidance("R-1.1-1")
@pytest.mark.parametrize(
    ("provision", "since"),
    [
        ("SEC 4A, section H15", "designated on 14 January 2015"),
        ("SEC, section H", "switched on from 26 January 2015"),
        ("SEC, section E3", "already switched on"),
        ("Code of Connection (CoCo)", "designated on 26 January 2015"),
    ],
)
def test_each_provision_stands_with_the_day_from_which_it_applies(
    in_force, provision, since
):
    table = in_force.pages.get(section="1.1").body

    (row,) = (line for line in table.splitlines() if f"{provision} |" in line)
    assert since in row


@pytest.mark.guidance("R-6-3")
def test_a_session_is_said_to_be_a_tls_tunnel(words_of):
    assert "TLS tunnels across the connection" in words_of("6")


@pytest.mark.guidance("R-1-4")
def test_every_question_has_an_answer_and_rests_on_sections(in_force):
    have = set(SECTIONS.split())
    for row in GuidanceQuestion.objects.filter(version=in_force):
        assert row.question.endswith("?")
        assert row.answer
        assert set(row.numbers) <= have
        assert row.numbers


def texts(version):
    for row in [*version.pages.all(), *version.questions.all()]:
        yield row, getattr(row, "body", "") or row.answer


def test_every_name_in_braces_stands_for_something(in_force):
    assert [row for row, text in texts(in_force) if wording.unknown_names(text)] == []


def test_every_link_of_a_text_leads_to_a_page(in_force):
    have = set(SECTIONS.split())
    for row, text in texts(in_force):
        for address in re.findall(r"\]\((/[^)#]*)", text):
            found = leads_to(address)
            assert found, (row, address)
            assert found.kwargs.get("section", "1") in have, (row, address)


def leads_to(address):
    try:
        return resolve(address)
    except Resolver404:
        return None


@pytest.mark.guidance("R-1.3-2")
def test_the_service_desk_and_the_suppliers_are_those_of_the_settings(
    words_of, settings
):
    settings.SERVICE_DESK_PHONE = "01632 960 001"
    settings.INSTALLER_NAME = "Elver Networks"

    assert "01632 960 001" in words_of("1.3")
    assert "Elver Networks" in words_of("1.3")
    assert "Gamma" not in words_of("1.3")


def test_better_words_of_a_release_reach_a_database_and_the_old_ones_are_kept(in_force):
    page = in_force.pages.get(section="2.10")
    said, approver = "You may cancel.", in_force.approver
    in_force.pages.filter(pk=page.pk).update(body=said)

    seed_guidance()
    seed_guidance()

    in_force.refresh_from_db()
    assert in_force.pages.get(pk=page.pk).body == page.body
    assert in_force.approver == approver
    event = Event.objects.get(thread=in_force.thread, name="correct_words")
    assert said in event.why
    assert event.what == "Our words corrected: 2.10 Cancelling"


def test_what_staff_wrote_is_left_alone_by_a_release(draft):
    draft.pages.filter(section="2.10").update(body="Ours.")

    seed_guidance()

    assert draft.pages.get(section="2.10").body == "Ours."


@pytest.mark.guidance("R-2.6-13")
def test_the_guidance_says_what_hv_is_delivered_as(words_of):
    assert "Ethernet of 100 Mbps, delivered as “Fibre to the Cabinet”" in words_of(
        "2.6"
    )


@pytest.mark.guidance("R-1.3-10")
def test_our_own_download_comes_before_the_website_that_the_document_names(words_of):
    words = words_of("1.3")

    assert words.index("blank request form") < words.index("Smart DCC website")
    assert "https://www.smartdcc.co.uk/" in words
