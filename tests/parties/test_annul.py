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
    # Another can be recorded for the same days.
    facts = {"purpose": Purpose.SUBMIT, "from_on": TODAY, "by": desk}
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
    client, authorised_order, desk, party
):
    client.force_login(desk)

    page = client.get(reverse("admin:parties_party_annul", args=[party.pk]))

    words = words_of(page)
    assert f"Sue Mitter submitted {authorised_order} on 3 March 2026." in words
    assert "Ada Law gave authority for QUO-" in words
