import re
from typing import Any

from django import forms

from common.forms import PortalForm, noted


class SearchForm(PortalForm):
    q = noted(
        forms.CharField(
            label="Search the guidance",
            required=False,
            max_length=100,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
    )

    def words(self) -> str:
        """Return what is looked for, without the marks that people put around it."""
        if not self.is_valid():
            return ""
        asked: Any = self.cleaned_data["q"]
        return " ".join(re.sub(r"[?!\"“”,;:()]", " ", asked).split())
