"""A nomination that was wrong from the start is annulled; what was signed stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from parties import commands
from parties.errors import AnnulledLater, NominationEnded, RegisterChangeUnexplained
from parties.models import Nomination
from parties.states import Purpose
from quotes.errors import AuthorityRestsOnIt
from records.models import Event, Notice
from tests.cast import NOW
from tests.reading import words_of

TODAY = NOW.date()
ANNUL, END = "admin:parties_nomination_annul", "admin:parties_nomination_end"


def annul(person, by, from_on, why="Named by nobody"):
    row = person.nominations.get()
    return commands.annul_nomination(row.pk, from_on=from_on, by=by, why=why)


@pytest.mark.guidance("R-2.2-6")
def test_a_nomination_annulled_from_its_first_day_never_held(
    submitter, authoriser, submitted_order, desk
):
    row = submitter.nominations.get()

    annul(submitter, desk, row.from_on)

    row.refresh_from_db()
    assert not row.holds_on(row.from_on)
    assert not Nomination.objects.held_at(NOW).filter(pk=row.pk).exists()
    submitted_order.refresh_from_db()
    assert (submitted_order.state, submitted_order.submitted_by) == (
        "submitted",
        submitter,
    )
    assert Event.objects.get(name="annul_nomination").why == (
        "It had been from 26 January 2015\nNamed by nobody"
    )
    told = Notice.objects.filter(kind="register_corrected")
    assert {one.to for one in told} == {submitter.email, authoriser.email}
    # Another can be recorded for the same days, and for some before them.
    facts = {"purpose": Purpose.SUBMIT, "by": desk, "why_back_dated": "A late letter"}
    facts["from_on"] = row.from_on - timedelta(days=9)
    assert commands.nominate(submitter.pk, **facts).holds_on(TODAY)


@pytest.mark.guidance("R-2.11-4")
def test_a_nomination_on_which_an_authority_was_verified_is_not_annulled_before_it(
    authorised_order, authoriser, desk
):
    row = authoriser.nominations.get()

    with pytest.raises(AuthorityRestsOnIt, match="What was signed stays"):
        annul(authoriser, desk, row.from_on)

    row.refresh_from_db()
    assert (row.until_on, row.annulled_at) == (None, None)


def test_what_cannot_be_annulled_is_refused(submitter, desk, clock):
    with pytest.raises(AnnulledLater):
        annul(submitter, desk, TODAY + timedelta(days=1))
    with pytest.raises(RegisterChangeUnexplained):
        annul(submitter, desk, TODAY, why=" ")
    annul(submitter, desk, TODAY)
    clock.move_to(NOW + timedelta(days=5))
    with pytest.raises(NominationEnded):
        annul(submitter, desk, TODAY + timedelta(days=3))


def test_the_desk_reads_what_was_touched_before_the_button(
    client, authorised_order, desk, submitter, authoriser
):
    client.force_login(desk)

    def page_of(person):
        row = person.nominations.get()
        return words_of(client.get(reverse(ANNUL, args=[row.pk])))

    sent = f"Sue Mitter submitted {authorised_order} on 3 March 2026."
    assert sent in page_of(submitter)
    assert "Ada Law gave authority for QUO-" not in page_of(submitter)
    assert "Ada Law gave authority for QUO-" in page_of(authoriser)
    assert sent not in page_of(authoriser)


def test_each_nomination_leads_to_what_the_desk_can_do_with_it(
    client, desk, auditor, submitter
):
    row = submitter.nominations.get()
    pages = [
        reverse("admin:parties_party_change", args=[submitter.party_id]),
        reverse("admin:parties_user_change", args=[submitter.pk]),
    ]

    def links(reader):
        client.force_login(reader)
        return {
            f'href="{reverse(name, args=[row.pk])}"'
            in client.get(page).content.decode()
            for page in pages
            for name in (ANNUL, "admin:parties_nomination_end")
        }

    assert (links(desk), links(auditor)) == ({True}, {False})
    annulled = client.get(reverse(ANNUL, args=[row.pk]))
    assert annulled.status_code == 403, "an auditor reads"


def test_what_was_sent_after_its_last_day_does_not_rest_on_it(
    client, submitted_order, submitter, desk
):
    client.force_login(desk)
    row = submitter.nominations.get()
    commands.end_nomination(row.pk, last_day=TODAY - timedelta(days=1), by=desk)

    page = words_of(client.get(reverse(ANNUL, args=[row.pk])))

    assert "Nothing: nobody sent or signed anything on it." in page
