"""What the sign-in library may do here: nobody signs up, and it sends nothing."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from records.commands import owe_notice

WORDS = {
    "account_inactive": "This account is closed. Ask the Service Desk to open it.",
    "email_password_mismatch": (
        "The e-mail address or the password is wrong. Check both, or reset the password"
    ),
    "incorrect_password": "The password is wrong. Enter the one you sign in with",
    "too_many_login_attempts": "Too many attempts. Wait 5 minutes, then try again",
    "rate_limited": "Too many attempts. Wait a few minutes, then try again",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a Party's people are set up by the Service Desk."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        is_staff = getattr(request.user, "is_staff", False)
        return reverse("admin:index" if is_staff else "home")

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Owe the e-mail as a row, like every other. Each asking is a duty of its own.

        Raises:
            TemplateDoesNotExist: the library wants to say what we have no words for.
        """
        kind = "account_" + template_prefix.rpartition("/")[2]
        owe_notice(
            kind,
            key=f"{kind}:{get_random_string(20)}",
            to=[email],
            at=timezone.now(),
            name=str(context.get("user", "")),
            link=context.get("password_reset_url") or context.get("activate_url", ""),
        )
