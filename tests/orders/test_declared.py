"""An answer of the form is declared once, and all that reads the form follows."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from common.clock import start_of_uk_day
from orders.commands.snapshot import answer_rows, changes_between
from orders.file import OrderFile
from orders.forms import SECTIONS
from orders.forms.blank import blank_facts
from orders.models import ANSWERS
from orders.models.answers import Answers, column_of
from orders.models.declared import DECLARED, FORM_ANSWERS, choices_of
from orders.sections.answers import rows as desk_rows

EACH = pytest.mark.parametrize("answer", FORM_ANSWERS, ids=lambda answer: answer.name)
SAMPLES = {
    models.BooleanField: True,
    models.DateField: date(2026, 9, 1),
    models.PositiveSmallIntegerField: 10,
    models.EmailField: "sam@example.com",
    models.CharField: "Hall 2",
}


def test_each_column_of_the_form_is_declared_once():
    columns = [column.name for column in Answers._meta.local_fields]

    assert sorted(answer.name for answer in FORM_ANSWERS) == sorted(columns)
    assert len(DECLARED) == len(ANSWERS) == len(columns)


def sample(answer, data_centre):
    """Return an answer that its column can keep."""
    column, choices = column_of(answer.name), list(choices_of(answer.name))
    if isinstance(column, models.JSONField):
        return choices[:1]
    if isinstance(column, models.ForeignKey):
        return data_centre
    return choices[0] if choices else SAMPLES[type(column)]


@pytest.fixture
def asking(empty_order):
    """Give a form whose other answers leave `answer` to be asked."""

    def ask(answer):
        empty_order.is_capacity_asked = True
        if answer.asked_when:
            name, value = answer.asked_when
            is_list = isinstance(getattr(empty_order, name), list)
            setattr(empty_order, name, [value] if is_list else value)
        return empty_order

    return ask


@EACH
def test_a_declared_answer_is_asked_under_its_heading_on_the_page(answer):
    section = next(kind for kind in SECTIONS if kind.slug == answer.section)

    assert str(section.base_fields[answer.name].label) == answer.question


@EACH
@pytest.mark.django_db
def test_a_declared_answer_is_asked_on_paper_unless_the_portal_knows_it(answer):
    asked = {
        ask["label"] for part in blank_facts()["sections"] for ask in part["questions"]
    }

    assert (answer.question in asked) is not answer.is_of_the_party


@EACH
def test_a_declared_answer_reaches_the_record_the_desk_and_the_difference(
    answer, asking, data_centre, desk
):
    order = asking(answer)
    setattr(order, answer.name, column_of(answer.name).get_default())
    before = answer_rows(order)

    setattr(order, answer.name, sample(answer, data_centre))

    after = answer_rows(order)
    shown = desk_rows(OrderFile(order, desk, start_of_uk_day(date(2026, 7, 1))))
    assert [row.field for row in changes_between(before, after)] == [answer.name]
    assert answer.name in {row.field for row in shown if row.answer}


@EACH
def test_what_dcc_cannot_do_without_is_missing_while_it_is_asked_and_empty(
    answer, asking, data_centre
):
    order, column = asking(answer), column_of(answer.name)
    setattr(order, answer.name, column.get_default())

    assert order.missing_fields.get(column.attname, "") == answer.needed

    setattr(order, answer.name, sample(answer, data_centre))
    assert column.attname not in order.missing_fields


@pytest.mark.parametrize(
    "answer", [row for row in FORM_ANSWERS if row.asked_when], ids=lambda row: row.name
)
def test_what_another_answer_makes_needless_is_neither_kept_nor_missing(
    answer, asking, data_centre
):
    order, column = asking(answer), column_of(answer.name)
    setattr(order, answer.name, sample(answer, data_centre))
    name, _ = answer.asked_when
    setattr(order, name, column_of(name).get_default())

    order.drop_needless()

    assert getattr(order, answer.name) == column.get_default()
    assert column.attname not in order.missing_fields


def named(node):
    """Return the answers that a list, a tuple, a set or the keys of a table name."""
    parts = node.keys if isinstance(node, ast.Dict) else node.elts
    found = {part.value for part in parts if isinstance(part, ast.Constant)}
    return found & {*DECLARED, *ANSWERS}


def test_no_other_place_lists_answers_of_the_form():
    """Whoever adds an answer has no second list to think of."""
    kinds = (ast.List, ast.Tuple, ast.Set, ast.Dict)
    lists = {
        f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}"
        for path in Path(settings.BASE_DIR, "orders").rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, kinds) and len(named(node)) > 3
    }

    assert lists == set()


NOW = start_of_uk_day(date(2026, 7, 1))
# What nobody needs to get in, to install or to configure.
NO_SUPPLIERS = {
    "route",
    "minimum_period_years",
    "is_registration_only",
    "is_shared",
    "technical_contact_email",
    "site_contact_email",
    "informed_by",
    "customer_reference",
    "purchase_order",
}


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("supplier", ["installer", "configurer"])
def test_a_supplier_reads_only_the_answers_that_its_work_needs(
    request, connection, supplier
):
    person = request.getfixturevalue(supplier)
    file = OrderFile(connection.order, person, NOW)

    read = {row.field for row in desk_rows(file)}

    assert read == {row.name for row in FORM_ANSWERS if person.role in row.work_of} & {
        row.field for row in answer_rows(connection.order)
    }
    assert {"connection_type", "data_centre", "technical_contact_phone"} <= read
    assert not read & NO_SUPPLIERS
    assert not any(row.findings or row.asked for row in desk_rows(file))


@pytest.mark.guidance("R-1.3-3")
def test_dcc_reads_every_answer(operator, accepted_order):
    read = {row.field for row in desk_rows(OrderFile(accepted_order, operator, NOW))}

    assert {row.field for row in answer_rows(accepted_order)} <= read
