import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.template import Context, Template

from common.parts import Answer, MoneyRow, MoneyTable, NeedsLine, Phase, Step, Task
from common.time_left import calendar_days_left
from guidance.glossary import TERMS

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SOURCES = [
    path
    for app in ROOT.iterdir()
    if (app / "__init__.py").exists() and app.name != "tests"
    for path in app.rglob("*.py")
]


def draw(source, **context):
    return Template("{% load parts %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ it|pounds }}", Decimal(23050), "£23,050.00"),
        ("{{ it|round_pounds }}", Decimal("3000.00"), "£3,000"),
        ("{{ it|uk_day }}", date(2026, 3, 5), "Thursday 5 March 2026"),
        ("{{ it|uk_date }}", date(2026, 3, 5), "5 March 2026"),
        ("{{ it|uk_date }}", None, ""),
        (
            "{{ it|uk_time }}",
            datetime(2026, 3, 5, 14, 40, tzinfo=UTC),
            "5 March 2026, 2:40pm",
        ),
        (
            "{{ it|uk_time }}",
            datetime(2026, 6, 30, 23, 5, tzinfo=UTC),
            "1 July 2026, 12:05am",
        ),
        ("{{ it|uk_day }}", datetime(2026, 6, 30, 23, 5, tzinfo=UTC), "Wednesday 1 "),
    ],
)
def test_days_times_and_money_are_written_one_way(source, value, shown):
    assert draw(source, it=value).startswith(shown)


@pytest.mark.guidance("R-0-6")
def test_a_page_names_and_links_the_sections_that_it_follows():
    words = re.sub("<[^>]+>", "", draw('{% rule "2.5" "2.10" "3.4" %}'))

    assert words == "From the guidance, sections 2.5, 2.10 and 3.4"
    assert 'href="/guidance/2.10/"' in draw('{% rule "2.10" %}')


@pytest.mark.guidance("R-8-1")
def test_a_term_links_to_its_line_in_the_glossary():
    assert 'href="/guidance/glossary/#hv">HV</a>' in draw('{% term "HV" %}')


def cited(pattern, paths):
    return {
        (path.name, found)
        for path in paths
        for found in re.findall(pattern, path.read_text())
    }


def sections_we_have():
    return {path.stem for path in (ROOT / "guidance/texts/1.0").glob("[0-9]*.md")}


@pytest.mark.guidance("R-0-6")
def test_every_section_that_a_page_cites_is_in_the_guidance():
    tags = cited(r"{% rule ([^%]+)%}", TEMPLATES)
    named = {(name, n) for name, tag in tags for n in re.findall(r'"([\d.]+)"', tag)}
    named |= cited(r'section="([\d.]+)', SOURCES)

    have = sections_we_have()
    assert [pair for pair in sorted(named) if pair[1] not in have] == []


@pytest.mark.guidance("R-8-1", "R-8-2")
def test_every_term_is_in_the_glossary():
    have = {term.anchor for term in TERMS}
    used = {term.lower() for _, term in cited(r'{% term "([^"]+)"', TEMPLATES)}

    assert used <= have
    assert {"dr", "duis", "hv", "lv", "pep", "rdp", "sec", "ssi", "tls"} <= have
    assert {"dsp", "rams", "mpls", "nte", "dccki", "u", "coco", "bcdr"} <= have


def test_time_left_says_the_count_the_day_and_how_it_was_worked_out():
    left = calendar_days_left(
        date(2026, 12, 5), date(2026, 11, 23), how="30 days.", section="2.11"
    )
    html = draw("{% time_left left how=True %}", left=left)

    assert "12 days left" in html
    assert "Saturday 5 December 2026" in html
    assert "30 days." in html
    assert "/guidance/2.11/" in html


def test_what_needs_you_says_what_happens_otherwise():
    left = calendar_days_left(
        date(2026, 12, 5), date(2026, 12, 5), if_nothing="the order ends."
    )
    line = NeedsLine(left, "Decide", "ORD-1", "/q/", "Read", left.if_nothing)
    html = draw("{% needs_item line %}", line=line)

    assert "Last day today" in html
    assert "<strong>If you do nothing:</strong> the order ends." in html
    assert 'href="/q/"' in html


def test_a_paused_clock_says_since_when():
    since = date(2026, 11, 18)
    line = NeedsLine(None, "Answer", "ORD-1", "/q/", "Answer", since=since)

    assert "Wednesday 18 November 2026" in draw("{% needs_item line %}", line=line)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("done", "(done)"),
        ("now", "(now)"),
        ("late", "(late)"),
        ("next", "(to come)"),
        ("never", "(not planned)"),
    ],
)
def test_a_step_says_its_state_in_words_too(state, words):
    step = Step("Survey", "by the carrier", state, why="No engineer.", cause="Moved")
    html = draw("{% phase it %}", it=Phase("Site", [step], start=7))

    assert words in html
    assert "<strong>Moved:</strong> No engineer." in html
    assert 'start="7"' in html


def test_a_table_of_money_writes_pounds_words_and_dashes():
    table = MoneyTable(
        "Charges",
        ["Item", "Version 1", "Difference"],
        [MoneyRow("Civil works", [Decimal(2650), None], "once")],
        MoneyRow("Total", [Decimal(2650), "not known"]),
    )
    html = draw("{% money_table it %}", it=table)

    assert "£2,650.00" in html
    assert "not known" in html
    assert 'aria-label="Charges, table"' in html


def test_a_sum_on_a_narrow_page_is_not_named_after_the_column():
    """As a card, "VAT at 20%" would stand beside "Excluding VAT"."""
    heads, rows = ["Item", "Excluding VAT"], [MoneyRow("Once", [Decimal(10)])]
    sums = [MoneyRow("Total including VAT", [Decimal(12)])]
    table = MoneyTable("Charges", heads, rows, MoneyRow("Total", [Decimal(10)]), sums)

    html = draw("{% money_table it %}", it=table)

    assert html.count('data-label="Excluding VAT"') == 1


def test_pages_of_a_list_keep_the_filters(rf):
    page = Paginator(range(30), 10).page(2)
    request = rf.get("/orders/", {"state": "quoted", "page": "2"})
    html = draw('{% pagination it "Orders" %}', it=page, request=request)

    assert 'href="?state=quoted&amp;page=3"' in html
    assert 'aria-current="page"' in html


def test_one_page_needs_no_links(rf):
    page = Paginator(range(3), 10).page(1)
    html = draw('{% pagination it "Orders" %}', it=page, request=rf.get("/"))

    assert "<nav" not in html


def test_a_blocked_task_has_no_link():
    tasks = [Task("Check", "Cannot start yet", tone="blocked"), Task("Site", "X", "/s")]
    html = draw("{% task_list it %}", it=tasks)

    assert html.count("<a ") == 1
    assert "govuk-task-list__status--cannot-start-yet" in html


def test_check_answers_escapes_and_names_what_can_be_changed():
    html = draw("{% summary_list it %}", it=[Answer("Notes", "<b>", "/change/")])

    assert "&lt;b&gt;" in html
    assert 'Change<span class="govuk-visually-hidden"> Notes</span>' in html


def test_a_block_keeps_the_tags_inside_it_and_escapes_its_title():
    source = '{% page_head it caption="Order" %}{% tag "You" "you" %}{% endpage_head %}'
    html = draw(source, it="<i>")

    assert '<strong class="govuk-tag dcc-tag--you">You</strong>' in html
    assert "&lt;i&gt;" in html


def test_an_unknown_button_is_refused():
    with pytest.raises(ImproperlyConfigured):
        draw('{% submit "Go" "purple" %}')


# Words for a figure, as pages and e-mails must not have them of their own
BY_HEART = re.compile(
    r"\b(5|five) working days|\b(four|4) months|\bone month|\b30 calendar days",
    re.IGNORECASE,
)
SHOWN = [*TEMPLATES, *sorted((ROOT / "templates").rglob("*.txt"))]


def test_no_page_and_no_email_knows_a_figure_of_the_settings_by_heart():
    found = {
        str(path.relative_to(ROOT)): hit[0]
        for path in SHOWN
        if (hit := BY_HEART.search(path.read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("days", "shown"), [(5, "5 working days"), (1, "one working day")]
)
def test_a_figure_is_shown_as_it_is_set(settings, days, shown):
    settings.QUOTE_WORKING_DAYS = days

    assert draw('{% figure "QUOTE_WORKING_DAYS" "working day" %}') == shown
