"""What the desk's lists can be asked: only what they show and offer themselves."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse

from common.admin import CommandAdmin
from parties.models import Party, User
from records.models import Notice
from worklist.staff.queues import queues_of

REGISTERED = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
BY_MODEL = pytest.mark.parametrize(
    ("model", "model_admin"),
    REGISTERED,
    ids=[model.__name__ for model, _ in REGISTERED],
)
LOOKUPS = ("", "__exact", "__regex", "__startswith", "__gt", "__in", "__isnull")
# What no list may show, sort or search by.
SECRETS = {"password", "text", "html", "session_data", "key"}
LINK = re.compile(r'href="\?([^"]+)"')


def columns(model):
    """Yield each column of a model, and each column one relation away."""
    for field in model._meta.get_fields():
        yield field.name
        if field.is_relation and field.related_model:
            for further in field.related_model._meta.get_fields():
                yield f"{field.name}__{further.name}"


def address(model, page="changelist"):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}")


def offered(model, model_admin):
    """Return what the filters of a list may ask, worked out by Django's own."""
    found = set()
    for one in model_admin.list_filter:
        if isinstance(one, str):
            field = get_fields_from_path(model, one)[-1]
            made = admin.FieldListFilter.create(
                field, None, {}, model, model_admin, field_path=one
            )
            found |= set(made.expected_parameters())
        else:
            found.add(one.parameter_name)
    return found


@BY_MODEL
def test_a_list_answers_no_filter_that_it_does_not_offer(
    at, rf, operator, model, model_admin
):
    request = rf.get("/")
    request.user = operator
    asked = {f"{name}{lookup}" for name in columns(model) for lookup in LOOKUPS}

    answered = {
        lookup for lookup in asked if model_admin.lookup_allowed(lookup, "a", request)
    }

    assert isinstance(model_admin, CommandAdmin)
    assert answered <= offered(model, model_admin)


@BY_MODEL
def test_a_list_refuses_each_other_filter_before_it_asks_the_database(
    rf, operator, django_assert_num_queries, model, model_admin
):
    """The page and the file for spreadsheets both begin with this."""
    for name in columns(model):
        request = rf.get("/", {f"{name}__regex": "^a"})
        request.user = operator

        with django_assert_num_queries(0), pytest.raises(IncorrectLookupParameters):
            model_admin.get_changelist_instance(request)


@pytest.mark.parametrize(
    ("model", "secret"),
    [
        (User, "password"),
        (Notice, "text"),
        (Notice, "html"),
        (Party, "people__password"),
    ],
)
def test_a_list_that_is_asked_for_more_shows_itself_unfiltered(
    at, submitter, model, secret
):
    kept = {f"{secret}__regex": "^a", "email": submitter.email}

    answer = at.client.get(address(model), kept)

    assert (answer.status_code, answer["Location"]) == (302, f"{address(model)}?e=1")


def test_a_file_for_spreadsheets_answers_no_more_than_its_list(at):
    answer = at.client.get(address(Party, "export"), {"people__password__regex": "^a"})

    assert (answer.status_code, answer["Location"]) == (302, f"{address(Party)}?e=1")


@BY_MODEL
def test_every_filter_that_a_list_offers_still_works(
    at, session, draft_quote, model, model_admin
):
    page = at.client.get(address(model)).content.decode()

    for link in LINK.findall(page):
        answer = at.client.get(f"{address(model)}?{link.replace('&amp;', '&')}")
        assert answer.status_code == 200, link


def test_every_queue_on_the_strip_still_opens(at, operator, session):
    for standing in at.client.get(reverse("admin:index")).context["cards"]:
        assert at.client.get(standing["queue"].url).status_code == 200
    assert queues_of(operator)


def is_secret(model, path):
    """Say whether a column, reached by its path, is one that no page shows."""
    if not isinstance(path, str):
        return False
    try:
        return get_fields_from_path(model, path)[-1].name in SECRETS
    except FieldDoesNotExist:
        return False


@BY_MODEL
def test_nothing_is_sorted_or_searched_by_what_no_page_shows(rf, model, model_admin):
    request = rf.get("/")
    request.user = User(is_staff=True, role="operations")
    shown = model_admin.get_list_display(request)
    methods = (getattr(model_admin, str(name), None) for name in shown)
    ordered = [getattr(method, "admin_order_field", None) for method in methods]
    searched = [path.lstrip("^=@") for path in model_admin.get_search_fields(request)]

    used = [*shown, *ordered, *searched]

    assert [path for path in used if is_secret(model, path)] == []


@pytest.mark.parametrize("order", ["password", "-password", "99", "2.-99"])
def test_a_list_is_sorted_by_its_columns_alone(at, submitter, order):
    listed = at.client.get(address(User), {"o": order}).context["cl"]

    assert listed.result_count == 2
    assert "password" not in str(listed.queryset.query.order_by)


@pytest.mark.parametrize("who", ["operator", "desk", "billing_clerk", "installer"])
def test_no_register_is_listed_for_completing_a_word(request, as_, who):
    at = as_(request.getfixturevalue(who))
    asked = {
        "app_label": "parties",
        "model_name": "nomination",
        "field_name": "user",
        "term": "a",
    }

    answer = at.client.get(reverse("admin:autocomplete"), asked)

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["password", "email", "name"])
def test_a_row_is_opened_by_its_number_alone(at, submitter, name):
    page = reverse("admin:parties_user_change", args=[getattr(submitter, name)])

    assert at.client.get(page, {"_to_field": name}).status_code in (302, 400, 404)


def test_every_secret_column_of_ours_is_among_those_that_no_list_uses():
    """The list of secrets is of columns that there are, so that none is misspelt."""
    names = {f.name for model in apps.get_models() for f in model._meta.fields}

    assert names >= SECRETS
    assert {f.name for f in Notice._meta.fields} >= {"text", "html"}
