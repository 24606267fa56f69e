"""Each year a Party is asked whether its nominations are still right."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from parties.commands import confirm_nominations, end_nomination, nominate
from parties.models import NominationsQuestion
from parties.states import Purpose
from parties.tasks import ask_about_nominations
from records.models import Event, Notice
from tests.cast import NOW
from tests.reading import words_of
from worklist.commands import differences
from worklist.models import WorkItem

A_YEAR_ON = date(2027, 3, 3)


@pytest.fixture
def on(clock):
    """Lets the timer look on a day."""

    def go(day):
        clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        ask_about_nominations()
        return Notice.objects.filter(kind="nominations_asked")

    return go


@pytest.fixture
def named(submitter, authoriser, desk):
    """Named on the same day for receiving invoices, by the desk's command."""
    return nominate(
        authoriser.pk,
        purpose=Purpose.BILLING,
        from_on=date(2025, 1, 1),
        why_back_dated="The letter was late",
        by=desk,
        at=NOW,
    )


@pytest.mark.guidance("R-2.2-6")
def test_a_year_after_it_was_registered_its_party_is_asked_and_reminded_once(on, named):
    assert not on(date(2027, 3, 2)).exists()

    [asked] = on(A_YEAR_ON)

    assert asked.to == named.user.email
    assert f"- {named}" in asked.text
    assert "by the end of Friday 2 April 2027" in asked.text
    assert on(date(2027, 3, 25)).count() == 1
    assert on(date(2027, 3, 26)).count() == 2
    assert on(date(2027, 6, 1)).latest("owed_at").subject.startswith("Reminder: ")
    assert on(date(2028, 6, 1)).count() == 2
    named.refresh_from_db()
    assert named.until_on is None


@pytest.mark.guidance("R-2.2-6")
def test_what_is_confirmed_is_asked_about_again_in_a_year(on, named):
    on(A_YEAR_ON)
    by = named.user

    confirm_nominations(by.party_id, by=by, confirmed=[named.pk])

    assert not NominationsQuestion.objects.open().exists()
    assert on(date(2028, 3, 2)).count() == 1
    assert on(date(2028, 3, 3)).count() == 2
    assert Event.objects.filter(name="ask_about_nominations").count() == 2


def test_it_is_asked_until_the_last_of_them_is_answered(
    asked_about_nominations, authoriser, submitter, desk
):
    a_year_ago = NOW.replace(year=2025)
    days = {"from_on": a_year_ago.date(), "at": a_year_ago}
    other = nominate(submitter.pk, purpose=Purpose.BILLING, by=desk, **days)
    party, first = authoriser.party_id, authoriser.nominations.get(purpose="billing")

    confirm_nominations(party, by=authoriser, confirmed=[first.pk])
    assert WorkItem.objects.open().filter(kind="answer_about_nominations").exists()

    confirm_nominations(party, by=authoriser, ended=[other.pk])
    assert not WorkItem.objects.open().exists()


def test_a_question_is_over_once_what_it_was_about_has_ended(on, named, desk):
    on(A_YEAR_ON)
    end_nomination(named.pk, last_day=date(2027, 3, 10), by=desk)

    on(date(2027, 3, 9))
    assert NominationsQuestion.objects.open().exists()
    assert WorkItem.objects.open().filter(kind="answer_about_nominations").exists()
    on(date(2027, 3, 11))
    assert not NominationsQuestion.objects.open().exists()
    assert not WorkItem.objects.open().exists()


def test_the_desk_finds_whose_last_day_has_passed_in_silence(on, client, named, desk):
    page = f"{reverse('admin:parties_party_changelist')}?nominations="
    on(A_YEAR_ON)
    on(date(2027, 4, 2))
    client.force_login(desk)
    party = named.user.party

    assert party in client.get(f"{page}asked").context["cl"].result_list
    assert party not in client.get(f"{page}late").context["cl"].result_list
    on(date(2027, 4, 3))
    client.force_login(desk)
    assert party in client.get(f"{page}late").context["cl"].result_list


def test_after_its_last_day_the_desk_has_it_in_a_queue_of_its_own(
    on, client, named, desk
):
    queue = f"{reverse('admin:worklist_workitem_changelist')}?queue=nominations"
    on(A_YEAR_ON)
    on(date(2027, 4, 2))
    client.force_login(desk)
    party = named.user.party

    assert party.reference not in client.get(queue).content.decode()
    on(date(2027, 4, 3))
    client.force_login(desk)
    page = client.get(queue).content.decode()
    assert party.reference in page
    of_party = reverse("admin:parties_party_change", args=[party.pk])
    assert f"{of_party}?" in page
    confirm = reverse("admin:parties_party_confirm", args=[party.pk])
    assert f'href="{confirm}">Ask about' in client.get(of_party).content.decode()
    found = client.get(f"{queue}&q={party.reference}").content.decode()
    assert party.reference in found
    assert list(differences()) == []


def test_whoever_may_authorise_reads_it_on_their_first_page(on, client, named):
    on(A_YEAR_ON)
    client.force_login(named.user)

    page = client.get("/orders/").content.decode()

    assert f"Say who is still nominated for {named.user.party}" in page
    assert reverse("account-nominations") in page


def test_where_nobody_may_authorise_the_contacts_read_that_an_officer_answers(
    on, client, submitter, desk
):
    days = {"from_on": date(2026, 3, 3), "at": NOW}
    nominate(submitter.pk, purpose=Purpose.BILLING, by=desk, **days)
    [asked] = on(A_YEAR_ON)
    client.force_login(submitter)

    page = words_of(client.get(reverse("account-nominations")))

    assert asked.to == submitter.email
    assert "ask an officer of Northgate Energy to tell the Service Desk" in asked.text
    assert "Nobody is nominated to authorise orders today" in page
    assert f"{submitter}, receiving invoices, from 3 March 2026" in page


def test_its_page_says_by_when_it_was_asked_to_answer(on, client, named):
    on(A_YEAR_ON)
    client.force_login(named.user)

    page = client.get(reverse("account-nominations")).content.decode()

    assert "Please answer by the end of 2 April 2027" in page
