"""A setting that is changed changes wherever its figure is stated."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse

from guidance.models import GuidanceVersion
from orders.forms.sections_connection import ConnectionSection
from orders.forms.sections_party import ReferenceSection

ROOT = Path(__file__).resolve().parent.parent
CHANGED = {
    "QUOTE_WORKING_DAYS": 7,
    "QUOTE_OPEN_DAYS": 41,
    "UPDATED_QUOTE_OPEN_DAYS": 43,
    "VISIT_WARNING_WORKING_DAYS": 8,
    "NOMINATIONS_DAYS": 44,
    "RENEWAL_NOTICE_MONTHS": 6,
    "RENEWAL_WINDOW_MONTHS": 2,
    "RENEWAL_MONTHS": 18,
    "HV_MAXIMUM_MBPS": 90,
    "SMART_DCC_URL": "https://dcc.example/forms",
}
# Each where it was: the figures of the guidance, as pages would write them.
OLD = re.compile(
    r"\b(?:5|five) working days|\b30 calendar days|\b(?:4|four) months|\bone month\b"
    r"|\b12 months at|\b100 ?Mb|www\.smartdcc",
    re.IGNORECASE,
)
NEW = {
    "1.3": ["https://dcc.example/forms"],
    "2.2": ["44 calendar days"],
    "2.5": ["6 months before", "2 months", "18 months at a time"],
    "2.6": ["10 to 90 Mbps", "below 90 Mbps", "More than 90 Mbps"],
    "2.7.2": ["full 90 Mbps"],
    "2.9.3": ["up to 90 Mbps"],
    "2.11": ["41 calendar days"],
    "3.1": ["7 working days", "41 calendar days"],
    "3.3": ["7 working days"],
    "3.4": ["41 calendar days"],
    "3.5": ["8 working days"],
    "3.6": ["43 calendar days"],
}


@pytest.fixture
def changed(settings):
    for name, value in CHANGED.items():
        setattr(settings, name, value)


def words_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.django_db
@pytest.mark.guidance("R-1.3-10")
def test_every_page_of_the_guidance_follows_the_settings(client, changed):
    version = GuidanceVersion.objects.get(number="1.0")
    for section in version.pages.values_list("section", flat=True):
        words = words_at(client, reverse("guidance-section", args=[section]))
        assert OLD.findall(words) == [], section
        assert [new for new in NEW.get(section, []) if new not in words] == [], section


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "new"),
    [
        ("start", ["7 working days", "41 calendar days", "43 more days", "to 90"]),
        ("guidance-questions", ["7 working days", "8 working days", "2 months"]),
        ("plan", ["90 Mbps"]),
    ],
)
def test_a_public_page_follows_the_settings(client, changed, page, new):
    words = words_at(client, reverse(page))

    assert OLD.findall(words) == []
    assert [figure for figure in new if figure not in words] == []


@pytest.mark.django_db
def test_the_hints_of_the_form_follow_the_settings(changed, draft_order):
    rating = ConnectionSection(order=draft_order).fields["hv_rating_mbps"].help_text
    wanted = ReferenceSection(order=draft_order).fields["required_by"].help_text

    assert "from 10 to 90" in rating
    assert "7 working days" in wanted


def literals(path):
    """Return what a module or a template says to people in so many words."""
    source = path.read_text()
    if path.suffix != ".py":
        return [source]
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[:1][0] if node.body else None, ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
    ]


def test_no_page_letter_or_text_states_the_figure_of_a_setting_by_heart():
    apps = "billing connections orders planner quotes sites parties guidance"
    found = {
        str(path.relative_to(ROOT)): OLD.findall(words)
        for folder in [*apps.split(), "dccportal", "templates"]
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".svg", ".md"}
        and not {"migrations", "demo", "settings.py", "environment.py"}
        & set(path.parts)
        for words in literals(path)
        if OLD.search(words)
    }

    assert found == {}
