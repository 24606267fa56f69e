import re

from common import forms


class GuidanceSearchForm(forms.SearchForm):
    q = forms.search_field("Search the guidance")

    @property
    def asked(self) -> str:
        """What is looked for, without the marks that people put around it."""
        return re.sub(r"[?!\"“”,;:()]", " ", super().asked)
