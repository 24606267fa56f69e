"""What the Gateway Party types when it decides about an offer."""

from quotes.forms.authority import (
    AcceptForm,
    AuthorityAnswersForm,
    AuthorityForm,
    ReplaceForm,
    statement,
)
from quotes.forms.ending import CancelForm, DeclineForm

__all__ = [
    "AcceptForm",
    "AuthorityAnswersForm",
    "AuthorityForm",
    "CancelForm",
    "DeclineForm",
    "ReplaceForm",
    "statement",
]
