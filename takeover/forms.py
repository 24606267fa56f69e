from typing import Any

from django import forms

from common.files import CsvField


class TakeOverForm(forms.Form):
    """Takes one file of a kind."""

    use_required_attribute = False
    file = CsvField(label="File", error_messages={"required": "Choose the file"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["autofocus"] = True
