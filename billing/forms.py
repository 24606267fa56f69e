from django import forms

from common.forms import PortalForm


class ChargeFilters(PortalForm):
    q = forms.CharField(
        label="Order, connection or description",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    @property
    def words(self) -> str:
        """What is looked for; nothing when it cannot be."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""
