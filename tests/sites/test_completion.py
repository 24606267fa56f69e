"""Completion: what it raises is shown first, it happens once, and is certified."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from billing.models import Charge
from common.money import pounds
from records.models import Document, Job, Notice
from sites.commands import install_item, make_certificate, remove_item
from sites.documents.certificate import render_certificate
from sites.models import Completion, EquipmentType
from tests import journey_on_site
from tests.journey_on_site import today
from tests.reading import read_to_the_end

pytestmark = pytest.mark.django_db


def words_of(paper):
    with paper.file.open() as stored:
        pages = PdfReader(io.BytesIO(stored.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def step(order):
    return reverse("admin:orders_connectionrequest_complete", args=[order.pk])


@pytest.fixture
def item(installed_order, installer):
    return install_item(
        installed_order.pk,
        by=installer,
        kind=EquipmentType.objects.get(slot="router").pk,
        version="12.2",
        serial_number="FOC1234X0AB",
        position="Rack D4, unit 30",
        installed_on=today(),
    )


@pytest.fixture
def completion(item, operator):
    journey_on_site.complete(item.order, operator)
    return Completion.objects.select_related("order").get()


@pytest.mark.guidance("R-3.7-5", "R-2.9.1-5")
def test_before_it_is_flagged_the_desk_reads_just_what_is_then_raised(
    client, installed_order, operator
):
    client.force_login(operator)
    shown = client.get(step(installed_order)).content.decode()
    assert not Charge.objects.exists()
    client.post(step(installed_order), {"completed_on": today().isoformat()})

    raised = list(Charge.objects.all())
    assert len(raised) == 2
    for charge in raised:
        assert charge.description in shown
        assert f"<td>{pounds(charge.net)}</td>" in shown
    total = sum((charge.net for charge in raised), Decimal("0.00"))
    assert f"<strong>{pounds(total)}</strong>" in shown
    assert "contract period of 3 years starts on the day of completion" in shown


@pytest.mark.guidance("R-3.7-4", "R-5.2-2")
def test_the_certificate_says_what_was_installed_where_by_whom_and_when(completion):
    assert make_certificate(completion.pk)

    completion.refresh_from_db()
    paper = completion.certificate
    assert (paper.kind, paper.thread) == ("certificate", completion.order.reference)
    assert paper.template.startswith("“Completion certificate”, version 1.0")
    words = words_of(paper)
    for said in (
        completion.order.reference,
        completion.order.party.name,
        "BT Openreach, their reference ONEA-77",
        "Cisco 3750G, 12.2",
        "FOC1234X0AB",
        "Rack D4, unit 30",
        "No issue was found in either stage.",
    ):
        assert said in words
    assert "£" not in words


def test_what_is_exchanged_later_changes_no_certificate(completion, item, installer):
    remove_item(item.pk, by=installer, removed_on=today(), why="It failed")

    make_certificate(completion.pk)

    completion.refresh_from_db()
    assert "FOC1234X0AB" in words_of(completion.certificate)


def test_a_worker_owes_the_certificate_and_stores_it_once(completion):
    owed = Job.objects.get(kind="make_certificate")
    assert (owed.subject, owed.queue) == (completion.pk, "documents")

    assert make_certificate(completion.pk)
    assert not make_certificate(completion.pk)

    assert Document.objects.filter(kind="certificate").count() == 1


def test_the_same_facts_make_the_same_bytes(completion):
    facts = completion.facts

    assert render_certificate(facts) == render_certificate(facts)


@pytest.mark.guidance("R-3.7-6")
def test_the_party_and_the_desk_find_the_certificate_and_the_e_mail_leads_there(
    client, completion, submitter, operator
):
    order = completion.order
    page = reverse("installation", args=[order.reference])
    client.force_login(submitter)
    assert "Its PDF is being prepared" in client.get(page).content.decode()
    told = Notice.objects.filter(kind="installation_complete").latest("pk")
    assert "with its completion certificate" in told.text
    assert order.get_absolute_url() in told.text

    make_certificate(completion.pk)
    completion.refresh_from_db()

    paper = reverse("document", args=[completion.certificate.pk])
    desk = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    for who, where in (
        (submitter, page),
        (submitter, order.get_absolute_url()),
        (operator, desk),
    ):
        client.force_login(who)
        assert paper in client.get(where).content.decode()
    client.force_login(submitter)
    assert read_to_the_end(client.get(paper)).startswith(b"%PDF")


def test_another_party_has_no_certificate(client, completion, outsider):
    make_certificate(completion.pk)
    completion.refresh_from_db()
    client.force_login(outsider)

    paper = reverse("document", args=[completion.certificate.pk])
    assert client.get(paper).status_code == 404


def test_a_certificate_that_could_not_be_made_says_so_at_the_desk(
    client, completion, operator
):
    Completion.objects.update(rendering_error="No bundled font has a letter of it.")
    assert not make_certificate(completion.pk)
    client.force_login(operator)

    place = reverse("admin:orders_connectionrequest_change", args=[completion.order.pk])
    assert "No bundled font has a letter of it." in client.get(place).content.decode()
