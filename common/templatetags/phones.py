"""Phone numbers as links that a phone dials."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def phone_link(number: str) -> SafeString:
    """A phone number of Great Britain as a link; an extension is shown, not dialled."""
    digits = re.sub(r"[^0-9+]", "", number.partition(" ext")[0])
    dialled = digits if digits.startswith("+") else f"+44{digits.removeprefix('0')}"
    return format_html(
        '<a class="govuk-link dcc-nowrap" href="tel:{}">{}</a>', dialled, number
    )
