"""What staff write becomes HTML that can do nothing but be read."""

import pytest

from guidance.commonmark import to_html

TERMS = {"HV": "/g/#hv", "DUIS": "/g/#duis"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ('<b onclick="x()">a</b>', "&lt;b onclick="),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](data:text/html;base64,AA)", "[a](data:text/html"),
        ("![a](https://elsewhere.example/a.png)", '!<a href="https://elsewhere'),
    ],
)
def test_nothing_that_acts_gets_through(written, shown):
    html = to_html(written)

    assert shown in html
    for acting in ("<script", "<b ", "<img", 'href="javascript', 'href="data'):
        assert acting not in html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a **b**", '<p class="govuk-body">a <strong>b</strong></p>'),
        ("# a", '<h2 class="govuk-heading-m">a</h2>'),
        ("###### a", '<h4 class="govuk-heading-s">a</h4>'),
        ("- a", '<ul class="govuk-list govuk-list--bullet">'),
        ("1. a", '<ol class="govuk-list govuk-list--number">'),
        ("<a@b.example>", '<a href="mailto:a@b.example" class="govuk-link">'),
    ],
)
def test_text_wears_the_classes_of_our_style_sheet(written, shown):
    assert shown in to_html(written)


def test_a_table_scrolls_by_itself_and_names_its_columns_without_styles():
    html = to_html("| a | b |\n| :-- | --: |\n| 1 | 2 |")

    assert '<div class="dcc-scroll" tabindex="0" role="region"' in html
    assert '<th class="govuk-table__header" scope="col">a</th>' in html
    assert "style" not in html


def test_the_first_of_each_term_leads_to_the_glossary():
    html = to_html("HV, **HV** and DUIS\n\nHV again", terms=TERMS)

    assert html.count('<a href="/g/#hv" class="dcc-term">HV</a>') == 1
    assert html.count('<a href="/g/#duis" class="dcc-term">DUIS</a>') == 1


@pytest.mark.parametrize(
    "written", ["HVX", "XHV", "`HV`", "[HV line](/a/)", "HV2 and x.HV"]
)
def test_a_part_of_a_word_a_link_or_code_is_no_term(written):
    assert "dcc-term" not in to_html(written, terms=TERMS)


def test_terms_of_one_text_are_linked_anew_in_the_next():
    assert to_html("HV", terms=TERMS) == to_html("HV", terms=TERMS)
