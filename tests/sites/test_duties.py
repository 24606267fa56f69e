"""What has to be seen to at a site, and the evidence that it is."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from common.files import Upload
from orders.sections.papers import documents_visible_to
from records.errors import NotPossibleInState
from records.models import Event
from sites.commands import keep_evidence
from sites.errors import DoneInTheFuture, ValidityPassed
from sites.errors.equipment import EvidenceMissing
from sites.models import DutyEvidence, SiteDuty
from tests.journey_on_site import today
from tools.paths import ROOT

pytestmark = pytest.mark.django_db
PAPER = Upload(b"%PDF-1.7 power", "power.pdf", "application/pdf", "clean", pages=1)
DAY = timedelta(days=1)


def keep(order, by, **said):
    said = {"duty": "power", "on": today(), "note": "Two feeds measured", **said}
    return keep_evidence(order.pk, by=by, **said)


def listed(client, order, person):
    client.force_login(person)
    return client.get(reverse("duties", args=[order.reference])).content.decode()


@pytest.mark.guidance("R-5.2.1-1", "R-5.2.2-1")
def test_each_thing_is_listed_with_its_newest_evidence_or_that_there_is_none(
    client, authorised_order, submitter, operator
):
    rows = SiteDuty.objects.of_order(authorised_order).count()
    assert listed(client, authorised_order, submitter).count("No evidence yet") == rows
    keep(authorised_order, submitter, note="Seen once")
    keep(authorised_order, operator, file=PAPER, valid_until=today() + DAY)

    for person in (submitter, operator):
        shown = listed(client, authorised_order, person)
        assert shown.count("No evidence yet") == rows - 1
        for said in ("Two feeds measured", "power.pdf", "valid until 4 March 2026"):
            assert said in shown
        assert "Seen once" not in shown
    assert DutyEvidence.objects.count() == 2
    assert Event.objects.filter(name="keep_evidence").count() == 2


def test_evidence_that_is_no_longer_valid_says_so(client, authorised_order, submitter):
    row = keep(authorised_order, submitter, valid_until=today())
    DutyEvidence.objects.filter(pk=row.pk).update(valid_until=today() - DAY)

    assert "No longer valid" in listed(client, authorised_order, submitter)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"note": " "}, EvidenceMissing),
        ({"on": today() + 4000 * DAY}, DoneInTheFuture),
        ({"valid_until": today() - 4000 * DAY}, ValidityPassed),
        ({"duty": "layer-2-switch"}, SiteDuty.DoesNotExist),
    ],
)
def test_evidence_says_something_that_holds_of_what_is_asked_of_this_order(
    authorised_order, submitter, said, refusal
):
    with pytest.raises(refusal):
        keep(authorised_order, submitter, **said)


def test_before_an_authority_nothing_has_to_be_seen_to(submitted_order, submitter):
    with pytest.raises(NotPossibleInState):
        keep(submitted_order, submitter)


@pytest.mark.parametrize("who", ["colleague", "installer", "configurer", "outsider"])
def test_only_a_submitter_and_the_desk_keep_evidence(request, authorised_order, who):
    with pytest.raises(PermissionDenied):
        keep(authorised_order, request.getfixturevalue(who))


def test_no_supplier_reads_what_a_party_shows_of_its_site(
    authorised_order, submitter, installer
):
    row = keep(authorised_order, submitter, file=PAPER)

    assert not DutyEvidence.objects.visible_to(installer).exists()
    assert row.document not in documents_visible_to(installer)
    assert row.document in documents_visible_to(submitter)


def test_of_a_pair_more_is_asked(paired_order, authorised_order):
    asked = SiteDuty.objects.of_order(paired_order).values_list("code", flat=True)

    assert {"layer-2-switch", "no-common-points"} <= set(asked)
    assert "layer-2-between-sites" not in asked


def test_each_thing_comes_from_a_requirement_that_the_rules_know():
    rules = Path(ROOT / "docs" / "rules.md").read_text()

    for duty in SiteDuty.objects.all():
        assert f"| {duty.requirement} |" in rules


def test_evidence_is_added_on_a_page(client, authorised_order, submitter):
    client.force_login(submitter)
    page = reverse("duty-evidence", args=[authorised_order.reference, "power"])
    day = {"on_day": "3", "on_month": "3", "on_year": "2026"}
    refused = client.post(page, day)
    assert "Write what shows it" in refused.content.decode()
    client.post(page, {**day, "note": "Two feeds"})

    assert DutyEvidence.objects.get().note == "Two feeds"
