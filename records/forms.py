from django import forms

from common.forms import PortalForm, noted


class MailSearchForm(PortalForm):
    q = noted(
        forms.CharField(
            label="Address, subject or order",
            required=False,
            max_length=100,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
    )
