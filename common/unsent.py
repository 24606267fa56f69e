"""What was typed and could not be taken, kept for whoever typed it.

A sign-in that ran out, a page that is too old, somebody else who has signed in since:
in none of them is anything done, and in none of them is the text lost. Every form says,
signed, to whom it was shown; the text waits for that person alone, is shown once at the
address where it was typed, and is never acted upon: the person sends it again.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, QueryDict

from common.held_files import address_of, hold_for

# The field of each form that says to whom it was shown.
READER = "shown_to"
# The name by which forms that were shown before a release still say to whom.
SALT = "common.kept"
NOT_TYPED = ("csrfmiddlewaretoken", READER)
MOST_CHARACTERS = 200_000
WORDS = (
    "What you typed here before was not sent, so nothing was changed. It is here "
    "again, but for a file that you had just chosen: check it and send it."
)


def mark_of(user: Any) -> str:
    """Return what a form shown to `user` bears; nothing for somebody unknown."""
    return signing.Signer(salt=SALT).sign(user.pk) if user.is_authenticated else ""


def reader_of(request: HttpRequest) -> str:
    """Return the pk of whom the sent form was shown to, as text; nothing if unsigned.

    Only the portal can have signed it, so nobody plants a text in another's form.
    """
    try:
        return signing.Signer(salt=SALT).unsign(request.POST.get(READER, ""))
    except signing.BadSignature:
        return ""


def is_anothers(request: HttpRequest) -> bool:
    """Say whether the sent form was shown to somebody else than who is signed in."""
    is_somebody = request.user.is_authenticated
    return is_somebody and reader_of(request) not in ("", str(request.user.pk))


def place_of(reader: object, request: HttpRequest) -> str:
    return f"typed:{reader}:{address_of(request)}"


def typed_in(request: HttpRequest) -> QueryDict:
    """Return what somebody sent, without what the form itself adds."""
    typed = request.POST.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    return typed


def store_unsent(request: HttpRequest) -> bool:
    """Keep what was sent for whom its form was shown to; say whether it is kept.

    It is kept for as long as a sign-in may last.
    """
    reader = reader_of(request)
    text = typed_in(request).urlencode()
    # Bounded, and only what somebody typed into a form of ours.
    if not reader or len(text) > MOST_CHARACTERS:
        return False
    cache.set(place_of(reader, request), text, settings.SESSION_COOKIE_AGE)
    return True


def give_back(request: HttpRequest, *forms: Any) -> None:
    """Fill forms that are shown anew with what their reader typed here before.

    Whichever files such a form takes, it holds from here on until it is done.
    """
    if not request.user.is_authenticated:
        return
    hold_for(request, *forms)
    if forms[0].is_bound:
        return
    place = place_of(request.user.pk, request)
    text = cache.get(place)
    if text is None:
        return
    cache.delete(place)
    typed = QueryDict(text)
    for form in forms:
        for name, field in form.fields.items():
            found = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
            form.initial[name] = found
    messages.warning(request, WORDS)
