"""The registers: people and rates are kept by commands, evidence only read."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.urls import reverse

from orders.models import BankHoliday
from parties.models import Nomination, Party, User
from quotes.models import VatRate
from records.models import Document, Event, Job, Notice
from tests.cast import NOW
from tests.desk.conftest import change_url

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def url(model, what, *args):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{what}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_every_row_of_it_opens(at, session, draft_quote, model):
    rows = model._default_manager.all()[:1]

    assert at.client.get(url(model, "changelist")).status_code == 200
    assert at.client.get(url(model, "changelist"), {"q": "a"}).status_code == 200
    for row in rows:
        page = at.client.get(url(model, "change", row.pk), follow=True)
        assert page.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_is_ever_deleted_here(at, session, model):
    row = model._default_manager.first()

    if row is not None:
        assert at.client.post(url(model, "delete", row.pk)).status_code == 403


@pytest.mark.parametrize("model", [Event, Document, Notice], ids=lambda m: m.__name__)
def test_evidence_can_only_be_read(at, issued_quote, model):
    row = model.objects.first()

    assert at.client.get(url(model, "add")).status_code == 403
    assert at.client.post(url(model, "change", row.pk)).status_code == 403


@pytest.mark.parametrize("who", ["installer", "configurer"])
def test_a_supplier_opens_no_register(request, as_, session, who):
    supplier = as_(request.getfixturevalue(who))

    for model in (Party, User, VatRate, Event, Document, Notice):
        assert supplier.client.get(url(model, "changelist")).status_code == 403


@pytest.mark.guidance("R-2.2-1")
def test_the_service_desk_registers_a_gateway_party(as_, desk):
    answers = {
        "name": "Larkspur Power",
        "standing": "sec_party",
        "from_on": "2026-03-01",
        "address": "2 Mill Lane",
    }
    answer = as_(desk).client.post(url(Party, "add"), answers)

    party = Party.objects.get(name="Larkspur Power")
    assert answer["Location"] == url(Party, "change", party.pk)
    assert Event.objects.filter(name="register_party", by=desk).exists()


def test_a_party_is_not_registered_twice(at, party):
    answers = {"name": party.name.upper(), "standing": "rdp", "from_on": "2026-03-01"}

    page = at.client.post(url(Party, "add"), answers).content.decode()

    assert "is already in the register" in page


@pytest.mark.guidance("R-2.2-6")
def test_a_person_is_added_and_nominated(at, party):
    who = {"name": "Nia Bevan", "email": "nia@northgate.example"}
    at.client.post(url(Party, "person", party.pk), who)
    nia = User.objects.get(email="nia@northgate.example")
    row = {
        "user": nia.pk,
        "purpose": "authorise",
        "from_on": "2026-03-03",
        "named_by": "Jo Hart",
    }
    at.client.post(url(Party, "nominate", party.pk), row)

    assert nia.party == party
    assert nia.nominations.get().purpose == "authorise"


def test_an_address_that_somebody_has_is_refused_in_words(at, party, submitter):
    answers = {"name": "Sue Again", "email": submitter.email}

    page = at.client.post(url(Party, "person", party.pk), answers).content.decode()

    assert "Somebody already signs in with" in page
    assert "Sue Again" in page


def test_a_nomination_ends_with_a_day(at, party, authoriser):
    nomination = authoriser.nominations.get()
    answers = {"last_day": "2026-03-31"}

    at.client.post(url(Nomination, "end", nomination.pk), answers)

    nomination.refresh_from_db()
    assert f"{nomination.until_on}" == "2026-03-31"


def test_another_partys_person_cannot_be_nominated(at, party, outsider):
    answers = {"user": outsider.pk, "purpose": "submit", "from_on": "2026-03-03"}

    page = at.client.post(url(Party, "nominate", party.pk), answers)

    assert page.status_code == 200
    assert outsider.nominations.count() == 2


@pytest.mark.parametrize(
    ("slug", "answers"),
    [
        ("standing", {"standing": "rdp", "from_on": "2026-03-03"}),
        (
            "data-centre",
            {
                "name": "Ings",
                "street": "1 Ings Road",
                "town": "Hull",
                "postcode": "HU1 1AA",
            },
        ),
    ],
)
def test_standings_and_data_centres_are_added(at, party, slug, answers):
    assert at.client.post(url(Party, slug, party.pk), answers).status_code == 302
    assert party.standings.count() + party.data_centres.count() == 2


def test_a_colleague_at_dcc_is_added_with_a_part(at):
    answers = {"name": "Mina", "email": "mina@dcc.example", "role": "service_desk"}

    at.client.post(url(User, "add"), answers)

    assert User.objects.get(email="mina@dcc.example").is_staff


@pytest.mark.parametrize("who", ["billing_clerk", "installer", "configurer"])
def test_who_is_not_the_desk_keeps_no_people(request, as_, party, who):
    person = as_(request.getfixturevalue(who))
    answers = {"name": "Eve", "email": "eve@northgate.example"}

    for address in (url(Party, "person", party.pk), url(User, "add")):
        assert person.client.post(address, answers).status_code in {403, 404}
    assert not User.objects.filter(email="eve@northgate.example").exists()


HOLIDAY = {"division": "ENG", "day": "2026-06-15", "name": "Coronation"}
RATE = {"percent": "22.5", "from_on": "2027-01-01", "until_on": ""}


@pytest.mark.parametrize(("model", "row"), [(BankHoliday, HOLIDAY), (VatRate, RATE)])
def test_operations_add_holidays_and_rates(at, model, row):
    before = model.objects.count()

    assert at.client.post(url(model, "add"), row).status_code == 302
    assert model.objects.count() == before + 1


@pytest.mark.parametrize("who", ["desk", "billing_clerk", "installer", "configurer"])
@pytest.mark.parametrize(("model", "row"), [(BankHoliday, HOLIDAY), (VatRate, RATE)])
def test_nobody_else_adds_them(request, as_, who, model, row):
    person = as_(request.getfixturevalue(who))
    before = model.objects.count()

    assert person.client.post(url(model, "add"), row).status_code == 403
    assert model.objects.count() == before


def test_a_rate_that_was_in_force_is_ended_by_the_next_and_never_changed(at, db):
    rate = VatRate.objects.get()
    at.client.post(url(VatRate, "add"), RATE)

    at.client.post(url(VatRate, "change", rate.pk), {"percent": "1.00"})

    rate.refresh_from_db()
    assert (f"{rate.percent}", f"{rate.until_on}") == ("20.00", "2026-12-31")


def test_a_failed_email_is_sent_again_and_others_are_not(at, submitted_order):
    failed, sent = Notice.objects.first(), Notice.objects.last()
    Notice.objects.filter(pk=failed.pk).update(state="failed")
    answers = {"action": "send_again", "_selected_action": [failed.pk, sent.pk]}

    page = at.client.post(url(Notice, "changelist"), answers, follow=True)

    failed.refresh_from_db()
    assert failed.state == "queued"
    assert page.status_code == 200


def test_the_list_of_emails_says_what_went_wrong(at, submitted_order):
    failed = Notice.objects.first()
    Notice.objects.filter(pk=failed.pk).update(state="failed")
    refused = Job.objects.filter(kind="deliver_notice", subject=failed.pk)
    refused.update(failed_at=NOW, last_error="550 No such mailbox")

    assert (
        "550 No such mailbox"
        in at.client.get(url(Notice, "changelist")).content.decode()
    )
    page = at.client.get(url(Notice, "change", failed.pk))
    assert "550 No such mailbox" in page.content.decode()


@pytest.mark.parametrize("page", ["index", "list", "order"])
def test_no_page_of_the_desk_holds_script_or_style_of_its_own(
    at, submitted_order, page
):
    addresses = {
        "index": reverse("admin:index"),
        "list": reverse("admin:orders_connectionrequest_changelist"),
        "order": change_url(submitted_order),
    }
    html = at.client.get(addresses[page]).content.decode()

    assert "<style" not in html
    assert "style=" not in html
    assert "<script>" not in html
    assert "dark_mode.css" not in html


def test_signing_out_of_the_desk_leads_to_the_start(at):
    answer = at.client.post(reverse("admin:logout"))

    assert answer["Location"] == reverse("start")


def test_who_is_signed_in_needs_no_second_sign_in(at):
    assert at.client.get(reverse("admin:login"))["Location"] == reverse("admin:index")


RAW = (
    "thread",
    "rating mbps",
    " min",
    " max",
    "net",
    "is public",
    "period years",
    "sha256",
)


def test_no_register_calls_a_fact_by_the_name_of_its_column():
    """What is meant stands in words: "amount, excluding VAT", never "net"."""
    found = [
        f"{model._meta.label}: {words}"
        for model, page in admin.site._registry.items()
        for words in (
            label_for_field(name, model, page).lower()
            for name in (*page.list_display, *shown(page))
        )
        if words.endswith(RAW)
    ]

    assert not found, ", ".join(found)


def shown(page):
    """Return the facts that the page of one row shows."""
    if page.list_display_links is None:
        # Its rows have no page of their own.
        return []
    named = page.fields or flatten_fieldsets(page.fieldsets or ())
    hidden = set(page.exclude or ())
    facts = [field.name for field in page.opts.fields if field.editable]
    return [name for name in named or facts if name not in hidden]
