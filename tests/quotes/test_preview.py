"""How a draft would look on paper: made by a worker, and no offer."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from common.pdf import NotRendered
from quotes import commands
from quotes.commands import preview as previews
from quotes.models import Preview
from records.commands import try_again
from records.models import Document
from tests import journey
from tests.owed import do, the_job

NO_OFFER = "Preview \N{EN DASH} not an offer"


def url(quote):
    return reverse("admin:quotes_quote_preview", args=[quote.pk])


@pytest.fixture
def desk_client(client, operator):
    client.force_login(operator)
    return client


def fails(facts, **_):
    raise NotRendered("no font")


def test_a_worker_makes_the_preview_of_each_draft(draft_quote, desk_client):
    issue = f"/admin/orders/connectionrequest/{draft_quote.order_id}/issue/"
    assert "is being prepared" in desk_client.get(issue).content.decode()
    assert desk_client.get(url(draft_quote)).status_code == 404

    assert do(commands.render_preview, draft_quote.pk)

    assert "Preview of the document (PDF)" in desk_client.get(issue).content.decode()
    response = desk_client.get(url(draft_quote))
    assert response["Content-Disposition"].startswith("attachment")
    assert not Document.objects.exists()


def test_it_says_on_each_page_that_it_is_no_offer_and_bears_no_code(draft_quote):
    commands.render_preview(draft_quote.pk)
    reader = PdfReader(io.BytesIO(bytes(Preview.objects.get().content)))

    for page in reader.pages:
        assert NO_OFFER in page.extract_text()
        assert "Fingerprint" not in page.extract_text()
    assert reader.metadata.title.startswith(NO_OFFER)
    figures = str(reader.trailer["/Root"]["/StructTreeRoot"])
    assert "Code for machines" not in figures


def test_one_that_fails_is_shown_and_saving_the_draft_asks_again(
    draft_quote, operator, desk_client, monkeypatch
):
    monkeypatch.setattr(previews, "render_quotation", fails)
    assert not do(commands.render_preview, draft_quote.pk)
    issue = f"/admin/orders/connectionrequest/{draft_quote.order_id}/issue/"
    assert "NotRendered: no font" in desk_client.get(issue).content.decode()

    journey.draft(draft_quote.order, operator)

    assert Preview.objects.get().is_being_prepared
    assert the_job(commands.render_preview, draft_quote.pk).state == "waiting"


def test_staff_have_a_preview_that_failed_made_again(
    draft_quote, operator, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(previews, "render_quotation", fails)
        do(commands.render_preview, draft_quote.pk)
    failed = the_job(commands.render_preview, draft_quote.pk)

    try_again(failed.pk, by=operator)

    assert Preview.objects.get().is_being_prepared
    assert do(commands.render_preview, draft_quote.pk)
    assert Preview.objects.get().made_at


def test_one_of_a_draft_that_changed_meanwhile_is_dropped(
    draft_quote, operator, clock, monkeypatch
):
    def slow(facts, **_):
        clock.shift(60)
        journey.draft(draft_quote.order, operator)
        return b"%PDF-old"

    monkeypatch.setattr(previews, "render_quotation", slow)

    assert not do(commands.render_preview, draft_quote.pk)
    assert Preview.objects.get().content is None
    assert the_job(commands.render_preview, draft_quote.pk).state == "waiting"


def test_the_preview_goes_when_the_offer_opens(draft_quote, operator):
    journey.issue(draft_quote, operator)

    assert not Preview.objects.exists()
    assert not commands.render_preview(draft_quote.pk)


@pytest.mark.parametrize(
    ("who", "status"), [("desk", 403), ("billing_clerk", 403), ("authoriser", 302)]
)
def test_nobody_but_operations_gets_it(request, client, draft_quote, who, status):
    commands.render_preview(draft_quote.pk)
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(draft_quote)).status_code == status


def test_its_pages_stand_within_the_pages_that_save_and_issue_it(
    draft_quote, operator, desk_client
):
    commands.render_preview(draft_quote.pk)
    count = len(PdfReader(io.BytesIO(bytes(Preview.objects.get().content))).pages)
    last = f"{url(draft_quote)}{count}/"

    for step in ("issue", "quotation"):
        page = f"/admin/orders/connectionrequest/{draft_quote.order_id}/{step}/"
        words = desk_client.get(page).content.decode()
        assert words.count("of the preview") == count
        assert f'src="{last}?' in words
    shown = desk_client.get(last)
    assert (shown["Content-Type"], shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")

    journey.draft(draft_quote.order, operator)

    assert desk_client.get(last).status_code == 404
