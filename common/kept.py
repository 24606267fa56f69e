"""What was typed while the sign-in had expired, kept until the person is back.

It waits in the session, is shown once at the address where it was typed, and is never
acted upon: the person sends it again.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict

KEY = "typed"
MOST_CHARACTERS = 20_000
WORDS = (
    "You were signed out before this was sent, so nothing was changed. What you typed "
    "is here again, but for any file: check it and send it."
)


def keep_typed(request: HttpRequest) -> None:
    """Keep what was sent without a sign-in, if this browser was shown a form of ours.

    A sign-in's own cookie runs out with it; that of the forms stays.
    """
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode()
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    # Bounded, and not for browsers that were never here: anybody can post.
    if ours & request.COOKIES.keys() and len(text) < MOST_CHARACTERS:
        request.session[KEY] = {"path": request.path, "text": text}


def give_back(request: HttpRequest, *forms: Any) -> None:
    """Fill forms that are shown anew with what was typed here before signing in."""
    kept = request.session.get(KEY)
    if forms[0].is_bound or not kept or kept["path"] != request.path:
        return
    del request.session[KEY]
    typed = QueryDict(kept["text"])
    for form in forms:
        for name, field in form.fields.items():
            found = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
            form.initial[name] = found
    messages.warning(request, WORDS)
