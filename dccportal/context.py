"""What every page needs to know.

Only the number in a contact's menu asks the database, and only where it is drawn.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from dccportal.demo.people import PASSWORD, SIGN_INS
from dccportal.pages.needs import count_for_the_menu

GUIDANCE_ISSUED_ON = {"1.0": date(2015, 1, 19)}


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the desk's contact, the guidance in force, and whether this is a trial."""
    version = settings.GUIDANCE_VERSION
    return {
        "TRIAL": settings.TRIAL,
        "demo_sign_ins": SIGN_INS if settings.TRIAL else [],
        "demo_password": PASSWORD if settings.TRIAL else "",
        "desk_contact": {
            "phone": settings.SERVICE_DESK_PHONE,
            "email": settings.SERVICE_DESK_EMAIL,
        },
        "guidance_version": version,
        "guidance_issued_on": GUIDANCE_ISSUED_ON.get(version),
        "installer_name": settings.INSTALLER_NAME,
        "configurer_name": settings.CONFIGURER_NAME,
        "renewal_months": settings.RENEWAL_MONTHS,
        "updated_quote_days": settings.UPDATED_QUOTE_OPEN_DAYS,
    }


def menu(request: HttpRequest) -> dict[str, Any]:
    """Return what counts the things that need the contact: the menu calls it."""

    def nav_count() -> int | str:
        user: Any = request.user
        return count_for_the_menu(user, uk_date(timezone.now()))

    return {"nav_count": nav_count}
