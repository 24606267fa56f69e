"""What staff choose from begins with no choice, unless there is only one."""

from django import forms

from common.staff_fields import offer, one_of
from parties.models import Party


class Asked(forms.Form):
    party = one_of(Party, "Which Party?", "Choose the Party")


def asked(rows, data=None):
    form = Asked(data)
    offer(form, "party", rows)
    return form


def test_of_several_rows_none_is_chosen_before_somebody_chooses(party, other_party):
    form = asked(Party.objects.all(), {"party": ""})

    assert next(iter(form.fields["party"].choices)) == ("", "Choose the Party")
    assert form.errors == {"party": ["Choose the Party"]}


def test_the_only_row_is_chosen_already(party):
    form = asked([party])

    assert [str(key) for key, _ in form.fields["party"].choices] == [str(party.pk)]
