from datetime import date

import pytest
from django import forms

from common.forms import PortalForm, SplitDateField, noted


class SiteForm(PortalForm):
    units = noted(
        forms.IntegerField(label="Free rack units", help_text="In one rack."),
        section="5.2",
        note="HV needs 4U.",
        width=3,
        suffix="U",
    )
    ready = SplitDateField(label="When is it ready?")
    entry = noted(
        forms.ChoiceField(
            label="Is entry controlled?",
            widget=forms.RadioSelect,
            choices=[("yes", "Yes"), ("no", "No")],
        ),
        choice_hints={"no": "You can go on."},
    )
    agreed = forms.BooleanField(label="We keep it safe")


GOOD = {
    "units": "4",
    "ready_day": "5",
    "ready_month": "3",
    "ready_year": "2026",
    "entry": "no",
    "agreed": "on",
}


@pytest.mark.guidance("R-3.2-2")
def test_a_field_shows_its_hint_its_guidance_and_its_unit():
    html = SiteForm()["units"].as_field_group()

    assert 'class="govuk-hint">In one rack.' in html
    assert "HV needs 4U." in html
    assert 'href="/guidance/5.2/">5.2</a>' in html
    assert 'govuk-input--width-3"' in html
    assert ">U</div>" in html


def test_the_error_summary_links_to_the_first_input_of_each_field():
    html = str(SiteForm({}))

    for target in ("id_units", "id_ready_0", "id_entry_0", "id_agreed"):
        assert f'<a href="#{target}">' in html
        assert f'id="{target}"' in html


def test_an_error_says_what_to_do():
    errors = SiteForm({}).errors

    assert errors["units"] == ["Enter an answer to “Free rack units”"]
    assert errors["ready"] == ["Enter a date for “When is it ready?”"]
    assert errors["entry"] == ["Choose an answer to “Is entry controlled?”"]
    assert errors["agreed"] == ["Tick the box to go on: “We keep it safe”"]


def test_a_refusal_stands_in_the_summary_without_a_link():
    form = SiteForm(GOOD)
    form.add_error(None, "The quotation lapsed on 4 March 2026.")

    assert "<li>The quotation lapsed on 4 March 2026.</li>" in form.error_summary


def test_a_form_without_errors_has_no_summary():
    assert not SiteForm().error_summary.strip()
    assert not SiteForm(GOOD).error_summary.strip()


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("5", "3", "2026"), date(2026, 3, 5)),
        (("05", "Mar", "2026"), date(2026, 3, 5)),
        (("29", "february", "2028"), date(2028, 2, 29)),
        (("5", "3", "26"), date(2026, 3, 5)),
        (("14 January 2027", "", ""), date(2027, 1, 14)),
    ],
)
def test_a_date_is_read_from_three_inputs(parts, day):
    assert SplitDateField().clean(list(parts)) == day


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("29", "2", "2026"), "Enter a real date"),
        (("5", "13", "2026"), "Enter a real date"),
        (("5", "m", "2026"), "Enter a real date"),
        (("5", "March", "99999"), "Enter a real date"),
        (("²", "3", "2026"), "Enter a real date"),
        (("5", "3", "226"), "Enter a real date"),
        (("5", "", "2026"), "Enter a day, a month and a year"),
    ],
)
def test_what_is_no_date_is_refused(parts, words):
    with pytest.raises(forms.ValidationError, match=words):
        SplitDateField().clean(list(parts))


def test_a_date_may_be_left_out_where_it_is_not_required():
    assert SplitDateField(required=False).clean(["", " ", ""]) is None


def test_what_was_typed_comes_back_escaped():
    html = str(SiteForm(GOOD | {"ready_day": '"><script>', "units": '"><script>'}))

    assert "<script>" not in html
    assert 'value="2026"' in html
    assert 'value="no" checked' in html


def test_a_hint_of_a_choice_belongs_to_its_input():
    html = SiteForm()["entry"].as_field_group()

    assert 'aria-describedby="id_entry_1_hint"' in html
    assert 'id="id_entry_1_hint"' in html


def test_no_input_demands_an_answer_by_itself():
    assert " required" not in str(SiteForm())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.IntegerField(), "many", "Enter a whole number for “Load in %”"),
        (forms.DecimalField(), "many", "Enter a number for “Load in %”"),
        (forms.IntegerField(min_value=4), "2", "Enter 4 or more for “Load in %”"),
        (forms.IntegerField(max_value=100), "110", "Enter 100 or less for “Load in %”"),
        (forms.EmailField(), "priya", "Enter an e-mail address, such as name@ex"),
        (forms.CharField(max_length=3), "four", "Shorten “Load in %” to 3 characters"),
        (forms.ChoiceField(), "x", "Choose one of the answers to “Load in %”"),
    ],
)
def test_a_wrong_answer_is_refused_with_what_to_do(field, value, words):
    field.label = "Load in %"
    form = type("LoadForm", (PortalForm,), {"load": field})({"load": value})

    assert form.errors["load"][0].startswith(words)


def test_words_of_a_fields_own_are_kept():
    units = forms.IntegerField(
        min_value=4, error_messages={"min_value": "An HV connection needs 4U"}
    )
    form = type("UnitsForm", (PortalForm,), {"units": units})({"units": "2"})

    assert form.errors["units"] == ["An HV connection needs 4U"]


def test_a_long_answer_says_how_long_it_may_be():
    notes = forms.CharField(max_length=500, widget=forms.Textarea)
    html = type("NotesForm", (PortalForm,), {"notes": notes})().as_fields

    assert "You can enter up to 500 characters" in html
    assert 'aria-describedby="id_notes-info"' in html
