"""Every form of the portal, and of the libraries that it uses, has the one door."""

import pkgutil
import unicodedata
from importlib import import_module

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse

from common.door import AS_SENT, refuse_unprintable
from common.lines import one_line, paragraphs
from parties.models import User
from tests.reading import words_of
from tests.test_architecture import APPS

TYPED = "  Si\u0302an\u200b \u202eof\u00a0\tthe\r\nPark\x07 "
NEVER_PRINTED = {
    "AnswerForm.outcome",
    "EnquiryForm.words",
    "NewPageForm.body",
    "NoteForm.words",
    "GuidancePageForm.body",
    "QuestionForm.answer",
}
PLACES = (*APPS, "common", "dccportal")


def form_classes():
    """Return every class of a form that any module of the portal defines."""
    import_module("allauth.account.forms")
    for place in PLACES:
        package = import_module(place)
        for found in pkgutil.walk_packages(package.__path__, f"{place}."):
            if is_of_the_product(found.name):
                import_module(found.name)
    made = (kind for kind in below(forms.BaseForm) if hasattr(kind, "base_fields"))
    return sorted(made, key=lambda kind: f"{kind.__module__}{kind}")


def is_of_the_product(name):
    unused = ("migrations", "tests", "webauthn", "management", "wsgi", "celery")
    return not set(name.split(".")) & {*unused}


def below(kind):
    found = set(kind.__subclasses__())
    return found.union(*(below(one) for one in found))


def bare(kind):
    """Return a bound form of a class, past what its own constructor asks for."""
    form = object.__new__(kind)
    forms.BaseForm.__init__(form, data=Everything())
    return form


class Everything(dict):
    """Has the same text for every name."""

    def get(self, key, default=None):
        return TYPED

    def __getitem__(self, key):
        return TYPED


def lines_of(form):
    for name, field in form.fields.items():
        is_text = isinstance(field.widget, (forms.TextInput, forms.Textarea))
        if is_text and not isinstance(field.widget, AS_SENT):
            yield name, field


@pytest.mark.parametrize("kind", form_classes(), ids=lambda kind: kind.__qualname__)
def test_each_line_of_each_form_is_received_in_its_one_form(kind):
    form = bare(kind)
    for name, field in lines_of(form):
        is_long = isinstance(field.widget, forms.Textarea)
        assert form[name].data == (paragraphs if is_long else one_line)(TYPED), name


def test_there_are_forms_to_walk():
    assert len(form_classes()) > 80
    assert sum(len(list(lines_of(bare(kind)))) for kind in form_classes()) > 120


def test_the_forms_that_the_admin_makes_by_itself_have_the_door(rf, operator):
    request = rf.get("/")
    request.user = operator
    made = [
        kind.get_form(request)
        for kind in admin.site._registry.values()
        if kind.has_change_permission(request)
    ]
    assert made
    for kind in made:
        form = kind(data=Everything())
        for name, _ in lines_of(form):
            assert form[name].data in {one_line(TYPED), paragraphs(TYPED)}


def test_a_password_is_taken_as_it_is_typed():
    class Secret(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput, strip=False)

    assert Secret(Everything())["password"].data == TYPED


def test_what_is_typed_is_kept_and_shown_again_in_its_one_form(client, desk, party):
    client.force_login(desk)
    url = reverse("admin:parties_party_person", args=[party.pk])
    typed = {
        "name": " Si\u0302an \u202eWyn\n",
        "email": "\u200bSIAN@Northgate.example ",
    }

    client.post(url, typed)

    person = User.objects.get(party=party)
    assert person.name == one_line("Si\u0302an Wyn")
    assert person.email == "sian@northgate.example"


def test_every_text_that_a_document_may_print_is_asked_for_letters_of_our_fonts():
    asks_nothing = {
        f"{kind.__qualname__}.{name}"
        for kind in form_classes()
        for form in [bare(kind)]
        for name, field in lines_of(form)
        # What somebody searches for is printed nowhere.
        if form[name] and name != "q" and refuse_unprintable not in field.validators
    }

    assert asks_nothing == NEVER_PRINTED


@pytest.mark.parametrize("letter", ["漢", "ש", "☎", "😀"])
def test_a_letter_that_no_font_of_ours_has_is_named_and_nothing_typed_is_lost(
    client, draft_order, submitter, letter
):
    client.force_login(submitter)
    address = reverse("order-section", args=[draft_order.reference, "contacts"])

    page = client.post(address, {"technical_contact_name": f"Tess {letter} New"})

    words = words_of(page)
    assert (
        f"Write this without “{letter}” ({unicodedata.name(letter).lower()})" in words
    )
    assert f'value="Tess {letter} New"' in words
    draft_order.refresh_from_db()
    assert draft_order.technical_contact_name == "Tess Hall"


def test_staff_are_told_so_too(client, desk, party):
    client.force_login(desk)
    url = reverse("admin:parties_party_person", args=[party.pk])

    page = client.post(url, {"name": "漢 Li", "email": "li@northgate.example"})

    assert "Write this without “漢”" in words_of(page)
    assert 'value="漢 Li"' in words_of(page)
    assert not User.objects.filter(party=party).exists()


@pytest.mark.parametrize(
    "name", ["Ŵyn Ġorġ Łódź Őrség", "Ἀθῆναι", "Київ", "Nguyễn £5 “”"]
)
def test_names_of_europe_are_taken(name):
    class Named(forms.Form):
        name = forms.CharField()

    assert Named({"name": name}).is_valid()
