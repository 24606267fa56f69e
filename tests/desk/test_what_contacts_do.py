"""What a contact can do in the portal, and how it is recorded when it is said (T35).

A new thing that contacts can do fails here until it has its step at the desk, or the
reason why it has none.
"""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from dccportal.desk.steps import PAGES
from orders.steps.who_said import SaidPage
from tests.test_urls import NAMES

ADD = "admin:orders_connectionrequest_add"
STEP, PARTY = "admin:orders_connectionrequest_", "admin:parties_"
# What a contact does on a page, by its address: the pages on which staff record it.
RECORDED_BY = {
    "order-new": (ADD,),
    "order-new-pair": (ADD, "pair-said"),
    "order-pair": ("pair-said", "pair-change-said"),
    "order-check": ("said", "fill-in"),
    "order-section": ("correct", "said", "fill-in"),
    "order-questions": ("said",),
    "order-hv": ("hv-instead-said",),
    "order-withdraw": ("said",),
    "order-copy": (ADD,),
    "sharer-new": ("form-sharer-said", "form-sharer-off-said"),
    "sharer-change": ("form-sharer-said", "form-sharer-off-said"),
    "sharer-remove": ("form-sharer-said", "form-sharer-off-said"),
    "quote-upload": ("key-in",),
    "quote-hand-in": ("key-in",),
    "quote-decline": ("said",),
    "order-cancel": ("said",),
    "access": ("passport", "access"),
    "access-change": ("passport", "access"),
    "access-item-new": ("access-item",),
    "access-item": ("hand-in-document",),
    "access-item-settle": ("settle-access-item",),
    "access-item-cost": ("item-cost-said",),
    "damage-new": ("report-damage",),
    "paths": ("common-points-said",),
    "visit-propose": ("offer-days",),
    "visit-days": ("agree-day", "offer-days"),
    "visit-move": ("move-visit",),
    "visit-call-off": ("call-off-visit",),
    "visit-dispute": ("dispute-said",),
    "renewal": ("renewal-answer", "renewal-told"),
    "connection-rate": ("rate-asked", "change-said"),
    "connection-hv": ("hv-beside-said",),
    "connection-end": ("end-said",),
    "connection-use": ("other-use-said",),
    "sole-use": ("use-said",),
    "share-new": ("share-said",),
    "share-end": ("share-end-said",),
    "report-new": ("report-said",),
    "report-withdraw": ("report-back-said",),
    "session-new": ("session-said",),
    "session-change": ("session-change-said",),
    "session-close": ("session-close-said",),
    "session-dccki": ("dccki-said",),
    "sessions-import": ("session-said", "session-change-said"),
    "failover-test-new": ("failover-said",),
    "failover-test": ("failover-test-said",),
    "failover-test-move": ("failover-test-said",),
    "failover-test-call-off": ("failover-test-said",),
    "account-nominations": (f"{PARTY}party_confirm", f"{PARTY}nomination_end"),
    "data-centre-new": (f"{PARTY}party_data-centre",),
}
SAID = [page for page in PAGES if isinstance(page, SaidPage)]
OWN_DRAFT = "Nothing of a draft is with DCC, so there is nothing to take back."
SIGNED = "Accepting is the signed quotation, never what somebody says (R-2.11-4)."
UPLOADED = "Only what was uploaded and is not handed in yet; DCC has nothing of it."
OWN_CALENDAR = "A secret address for a calendar program of their own."
OWN_ACCOUNT = "Their own way in; DCC sends an invitation anew instead."
NOT_RECORDED = {
    "order-discard": OWN_DRAFT,
    "order-restore": OWN_DRAFT,
    "quote-accept": SIGNED,
    "quote-authority": "It leads back to where it is signed or uploaded.",
    "quote-throw-away": UPLOADED,
    "enquiry-new": "Asked by phone, it is answered there and then, or becomes a note.",
    "plan-save": "A plan is nobody's request, and needs no account.",
    "plan-start": "It begins drafts, which their Party sends.",
    "access-log-pdf": "It makes a copy of what stands there, and changes nothing.",
    "access-log-new": "The Party's own log of who was there (R-5.2.2-2).",
    "access-log-place": "The Party's own log, kept where the Party says (R-5.2.2-2).",
    "duty-evidence": "The desk keeps it on the same page as the Party.",
    "calendar-make": OWN_CALENDAR,
    "calendar-revoke": OWN_CALENDAR,
    "calendar-share": OWN_CALENDAR,
    "calendar-unshare": OWN_CALENDAR,
    "invitation": OWN_ACCOUNT,
}


def views(resolver=None):
    """Yield the address and the view of each page that is not the staff's own."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one.name, one.callback
        elif isinstance(one, URLResolver) and one.namespace != "admin":
            yield from views(one)


def methods_of(view):
    """Return the methods that a view is limited to; all, if it is limited to none."""
    while view is not None:
        names = view.__code__.co_freevars if hasattr(view, "__code__") else ()
        if "request_method_list" in names:
            place = names.index("request_method_list")
            return view.__closure__[place].cell_contents
        view = getattr(view, "__wrapped__", None)
    return ["POST"]


def does_something(name, view):
    """Say whether a page of a contact changes anything. One's account is one's own."""
    return "POST" in methods_of(view) and not name.startswith("account_")


def page_named(step):
    return step if step.startswith("admin:") else f"{STEP}{step}"


@pytest.mark.guidance("T35")
def test_whatever_a_contact_does_is_recorded_by_a_step_or_has_its_reason():
    done = {name for name, view in views() if does_something(name, view)}

    assert done == RECORDED_BY.keys() | NOT_RECORDED.keys()
    assert not RECORDED_BY.keys() & NOT_RECORDED.keys()


@pytest.mark.guidance("T35")
def test_each_step_that_is_named_for_it_is_there():
    named = {page_named(step) for steps in RECORDED_BY.values() for step in steps}

    assert named <= set(NAMES)


@pytest.mark.guidance("T35")
def test_whatever_is_recorded_as_said_is_named_for_what_a_contact_does():
    from_contacts = {step for steps in RECORDED_BY.values() for step in steps}

    assert {page.slug for page in SAID} <= from_contacts
