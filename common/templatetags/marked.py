"""Every form says to whom it was shown: Django's own tag for forms does it here."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.unsent import READER, mark_of

register = template.Library()


class MarkedForm(CsrfTokenNode):
    """The token against forged forms, and the mark of the form's reader."""

    def render(self, context: Any) -> SafeString:
        token = super().render(context)
        mark = mark_of(context["user"]) if "user" in context else ""
        if not mark:
            return SafeString(token)
        field = '{}<input type="hidden" name="{}" value="{}">'
        return format_html(field, token, READER, mark)


@register.tag
def csrf_token(parser: object, token: object) -> MarkedForm:
    return MarkedForm()
