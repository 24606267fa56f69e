"""Letters about a connection: its end confirmed, its renewal notice, each as a PDF."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from connections.commands import (
    answer_renewal,
    cancel_connection,
    make_connection_paper,
    record_notice_delivery,
    send_renewal_notice,
)
from connections.commands.papers import store_connection_paper
from connections.models import ConnectionPaper, ContractPeriod
from orders.sections.papers import documents_visible_to
from records.commands import store_document
from records.jobs import KINDS
from records.models import Document, Job, Notice
from tests import journey_on_site
from tests.cast import NOW
from tests.owed import do
from tests.reading import read_to_the_end, words_of

LAST_DAY = date(2026, 7, 20)
NOTICE_AT = datetime(2028, 11, 3, 9, tzinfo=UTC)
WENT_AT = datetime(2028, 11, 6, 23, 30, tzinfo=UTC)


@pytest.fixture
def ending(connection_in_service, session, authoriser):
    """The confirmation of an end in July, for £8,000.00, its PDF still to be made."""
    how = {"last_day": LAST_DAY, "acknowledged": Decimal(8000), "reason": "We move."}
    cancel_connection(connection_in_service.pk, by=authoriser, **how)
    return ConnectionPaper.objects.get()


@pytest.fixture
def notice(clock, period, operator, authoriser, submitter):
    """The renewal notice of the minimum period, which went three days late."""
    journey_on_site.set_renewal_charge(period, operator)
    clock.move_to(NOTICE_AT)
    send_renewal_notice(period.pk, now=NOTICE_AT)
    clock.move_to(WENT_AT)
    record_notice_delivery(period.pk, at=WENT_AT)
    return ConnectionPaper.objects.get()


def pages(client, name, paper):
    return words_of(client.get(reverse(name, args=[paper.connection.reference])))


@pytest.mark.guidance("R-2.10-3")
def test_an_end_is_confirmed_on_paper_line_by_line_once(client, ending, authoriser):
    client.force_login(authoriser)
    assert "is being made" in pages(client, "connection-end", ending)
    assert "is being made" in pages(client, "connection", ending)

    assert do(make_connection_paper, ending.pk)
    assert not make_connection_paper(ending.pk)
    assert not store_connection_paper(ending.pk, pdf=b"another")

    stored = Document.objects.get(kind="ending")
    link = reverse("document", args=[stored.pk])
    assert link in pages(client, "connection-end", ending)
    reader = PdfReader(io.BytesIO(read_to_the_end(client.get(link))))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for said in (
        "works until the end of Monday 20 July 2026",
        "Ada Law, for Northgate Energy",
        "We move.",
        "£8,000.00. It is invoiced once",
        "Year 2 due on 3 March 2027 £4,000.00 £0.00 £4,000.00",
        "Total £15,000.00 £7,000.00 £8,000.00",
        "Live DUIS",
        "within 20 working days of it (our own target)",
        "cannot be taken back",
    ):
        assert said in words


@pytest.mark.guidance("R-2.10-3")
def test_the_email_leads_to_the_confirmation_and_so_does_the_page(
    client, ending, authoriser
):
    mail = Notice.objects.filter(kind="connection_cancelled").first()
    assert reverse("connection-end", args=[ending.connection.reference]) in mail.text
    client.force_login(authoriser)

    page = pages(client, "connection-end", ending)

    assert "£8,000.00 excluding VAT, invoiced once, on the last day" in page
    assert "due on 3 March 2027" in page


@pytest.mark.guidance("R-2.5-7", "R-2.10-3")
def test_an_end_with_its_period_is_confirmed_too_and_costs_nothing(notice, authoriser):
    answer_renewal(notice.period_id, by=authoriser, choice="cancel", at=WENT_AT)

    facts = ConnectionPaper.objects.get(kind="end").facts
    assert (facts["net"], facts["is_free"]) == ("£0.00", True)
    assert facts["last_day"] == "Friday 2 March 2029"
    assert facts["in_window"]
    assert facts["taken_back_until"] == "Wednesday 6 December 2028"


@pytest.mark.guidance("R-2.10-3")
def test_what_is_kept_after_all_shows_no_confirmation_of_its_end(
    client, notice, authoriser
):
    for choice in ("cancel", "keep"):
        answer_renewal(notice.period_id, by=authoriser, choice=choice, at=WENT_AT)
    client.force_login(authoriser)

    assert "Confirmation of the end" not in pages(client, "connection", notice)


@pytest.mark.guidance("R-2.5-4", "R-2.5-5", "R-2.5-6", "R-2.5-9", "T5")
def test_a_notice_on_paper_says_what_went_when_and_to_whom(notice):
    period = ContractPeriod.objects.get()

    assert period.window_last_day == date(2028, 12, 6)
    assert notice.facts["window_last_day"] == "Wednesday 6 December 2028"
    assert notice.facts["at"] == "6 November 2028, 11:30pm"
    assert notice.facts["then"] == "£4,250.00"
    assert notice.facts["recipients"] == [
        "Ada Law, authoriser@northgate.example",
        "Sue Mitter, submitter@northgate.example",
    ]
    assert Job.objects.get(kind="make_connection_paper").subject == notice.pk


@pytest.mark.guidance("R-2.5-9")
def test_a_notice_goes_before_its_pdf_and_its_page_has_it_once_it_is_there(
    client, notice, authoriser
):
    client.force_login(authoriser)
    assert "Renewal notice: its PDF is being made" in pages(client, "renewal", notice)

    store_connection_paper(notice.pk, pdf=b"%PDF-1.7")

    stored = Document.objects.get(kind="renewal")
    assert reverse("document", args=[stored.pk]) in pages(client, "renewal", notice)


def test_one_that_could_not_be_made_says_so_and_is_made_anew_when_asked(
    client, ending, colleague
):
    kind = KINDS["make_connection_paper"]
    kind.failed(ending.pk, "No room")
    client.force_login(colleague)
    page = pages(client, "connection-end", ending)
    assert "could not be made" in page
    assert "No room" not in page
    assert not make_connection_paper(ending.pk)

    kind.again(ending.pk)

    assert store_connection_paper(ending.pk, pdf=b"%PDF-1.7")


def test_no_supplier_and_no_other_party_has_a_letter(
    ending, installer, configurer, outsider, submitter
):
    store_connection_paper(ending.pk, pdf=b"%PDF-1.7")

    for person in (installer, configurer, outsider):
        assert not documents_visible_to(person).filter(kind="ending")
    assert documents_visible_to(submitter).filter(kind="ending")


FOR_BOTH = {"photo", "damage", "certificate", "blank_form", "manual"}


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize(
    ("who", "passed", "theirs"),
    [
        ("installer", "installed_order", FOR_BOTH | {"access", "survey"}),
        ("configurer", "connection", FOR_BOTH),
    ],
)
def test_a_supplier_has_only_the_kinds_of_paper_that_its_work_needs(
    request, submitter, who, passed, theirs
):
    """A kind that is new is not theirs: it may tell prices."""
    thread = request.getfixturevalue(passed).thread
    how = {"content_type": "application/pdf", "virus_check": "not_scanned"}
    for kind in Document.Kind.values:
        name, by = f"{kind}.pdf", {"by": submitter, "at": NOW}
        content = kind.encode()
        store_document(content, kind=kind, name=name, thread=thread, **by, **how)

    def kinds(person):
        return set(documents_visible_to(person).values_list("kind", flat=True))

    assert kinds(request.getfixturevalue(who)) == theirs
    assert kinds(submitter) == set(Document.Kind.values) - {"preview"}
