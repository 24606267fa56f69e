"""What every page needs to know.

The number in a contact's menu and the guidance in force are asked of the database
only where they are drawn.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from common.prepared import prepared
from dccportal.demo.people import PASSWORD, SIGN_INS
from guidance.models import GuidanceVersion
from guidance.querysets import VersionQuerySet
from worklist.contacts.needs import count_for_the_menu


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the desk's contact, the guidance in force, and whether this is a trial."""
    guidance = cache(guidance_in_force)
    return {
        "TRIAL": settings.TRIAL,
        "demo_sign_ins": SIGN_INS if settings.TRIAL else [],
        "demo_password": PASSWORD if settings.TRIAL else "",
        "desk_contact": {
            "phone": settings.SERVICE_DESK_PHONE,
            "email": settings.SERVICE_DESK_EMAIL,
        },
        # Called by the templates that show them, and asked for once a page.
        "guidance_version": lambda: getattr(guidance(), "number", ""),
        "guidance_issued_on": lambda: getattr(guidance(), "issued_on", None),
        "installer_name": settings.INSTALLER_NAME,
        "configurer_name": settings.CONFIGURER_NAME,
        "renewal_months": settings.RENEWAL_MONTHS,
        "updated_quote_days": settings.UPDATED_QUOTE_OPEN_DAYS,
        "hv_maximum": settings.HV_MAXIMUM_MBPS,
        "smart_dcc_url": settings.SMART_DCC_URL,
    }


@prepared
def versions_in_force() -> VersionQuerySet:
    return GuidanceVersion.objects.in_force()


def guidance_in_force() -> GuidanceVersion | None:
    return next(iter(versions_in_force()), None)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Return what counts the things that need the contact: the menu calls it."""

    def nav_count() -> int | str:
        user: Any = request.user
        return count_for_the_menu(user, uk_date(timezone.now()))

    return {"nav_count": nav_count}
