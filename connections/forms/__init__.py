"""What contacts type about a connection: its contract, reports of it, its sessions."""

from connections.forms.contract import (
    ACCEPT,
    WITHDRAW,
    EndConnectionForm,
    HvBesideForm,
    LastDayForm,
    RateAnswerForm,
    RateForm,
    RenewalAnswerForm,
    ReportForm,
    SuperfastRequestForm,
    rate_choices,
    require_signed,
    signed_field,
)
from connections.forms.failover import (
    CallOffTestForm,
    FailoverResultForm,
    MoveTestForm,
    PlanTestForm,
)
from connections.forms.session_list import ListConfirmedForm, SessionListForm
from connections.forms.sessions import CloseSessionForm, DccKiForm, SessionForm
from connections.forms.sharing import (
    SOLE,
    EndSharingForm,
    OtherUseForm,
    ShareForm,
    SoleUseForm,
)

__all__ = [
    "ACCEPT",
    "SOLE",
    "WITHDRAW",
    "CallOffTestForm",
    "CloseSessionForm",
    "DccKiForm",
    "EndConnectionForm",
    "EndSharingForm",
    "FailoverResultForm",
    "HvBesideForm",
    "LastDayForm",
    "ListConfirmedForm",
    "MoveTestForm",
    "OtherUseForm",
    "PlanTestForm",
    "RateAnswerForm",
    "RateForm",
    "RenewalAnswerForm",
    "ReportForm",
    "SessionForm",
    "SessionListForm",
    "ShareForm",
    "SoleUseForm",
    "SuperfastRequestForm",
    "rate_choices",
    "require_signed",
    "signed_field",
]
