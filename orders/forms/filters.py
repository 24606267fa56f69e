from django import forms

from common.forms import SearchForm, search_field
from orders.states import FINISHED, OrderState
from orders.wording import TOLD
from worklist.contacts.turns import Whose, whose_words

IN_PROGRESS = [state for state in OrderState if state not in FINISHED]


def turns() -> list[tuple[str, str]]:
    """Return the choices; a supplier's name is a setting, so they are made late."""
    named = [(whose.value, whose_words(whose)) for whose in Whose]
    return [("", "Anyone"), *named]


class OrderFilters(SearchForm):
    q = search_field("Reference, site, postcode or contact")
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "Any"),
            *((state.value, TOLD[state]) for state in IN_PROGRESS),
        ],
    )
    turn = forms.ChoiceField(label="Whose turn", required=False, choices=turns)
    sort = forms.ChoiceField(
        label="Sort by",
        required=False,
        choices=[("", "Next date"), ("reference", "Reference"), ("site", "Site")],
    )

    @property
    def asked(self) -> str:
        return self.chosen["q"]

    @property
    def is_used(self) -> bool:
        return any(self.chosen.values())

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for; a filter that nobody offered is as good as none."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
