"""The request form and what ends a request, for the people of a Gateway Party."""

from orders.views.begin import order_copy, order_new, order_new_pair
from orders.views.blank import request_form_blank
from orders.views.discard import order_discard, order_restore
from orders.views.documents import document
from orders.views.endings import order_withdraw
from orders.views.enquiries import enquiries, enquiry, enquiry_new
from orders.views.form import order_form
from orders.views.instead import order_hv
from orders.views.pair import order_pair
from orders.views.questions import order_questions
from orders.views.section import order_section
from orders.views.send import order_check, order_submitted
from orders.views.sharing import sharer_change, sharer_new, sharer_remove

__all__ = [
    "document",
    "enquiries",
    "enquiry",
    "enquiry_new",
    "order_check",
    "order_copy",
    "order_discard",
    "order_form",
    "order_hv",
    "order_new",
    "order_new_pair",
    "order_pair",
    "order_questions",
    "order_restore",
    "order_section",
    "order_submitted",
    "order_withdraw",
    "request_form_blank",
    "sharer_change",
    "sharer_new",
    "sharer_remove",
]
