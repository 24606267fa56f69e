"""What is asked for. The order row is the one that is locked for all above it."""

from orders.models.answers import (
    ANSWERS,
    HV_CEILING_MBPS,
    HV_STEP_MBPS,
    AnswerChange,
    Answers,
)
from orders.models.calendar import BankHoliday
from orders.models.checking import (
    DeskNote,
    FormVersion,
    Question,
    QuestionRound,
    SiteReview,
)
from orders.models.declared import PERIODS
from orders.models.enquiry import Enquiry
from orders.models.pairing import (
    Acknowledgement,
    ResilienceGroup,
    Sharer,
    split_uses,
)
from orders.models.refused import RefusedForm
from orders.models.request import ConnectionRequest
from orders.models.search import SearchText

__all__ = [
    "ANSWERS",
    "HV_CEILING_MBPS",
    "HV_STEP_MBPS",
    "PERIODS",
    "Acknowledgement",
    "AnswerChange",
    "Answers",
    "BankHoliday",
    "ConnectionRequest",
    "DeskNote",
    "Enquiry",
    "FormVersion",
    "Question",
    "QuestionRound",
    "RefusedForm",
    "ResilienceGroup",
    "SearchText",
    "Sharer",
    "SiteReview",
    "split_uses",
]
