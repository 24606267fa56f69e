"""What the sign-in library may do here: nobody signs up, and it sends nothing."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

FAILED = "login_failed"
WORDS = {
    "account_inactive": "This account is closed. Ask the Service Desk to open it.",
    "email_password_mismatch": (
        "The e-mail address or the password is wrong. Check both, or reset the password"
    ),
    "incorrect_password": "The password is wrong. Enter the one you sign in with",
    "too_many_login_attempts": (
        "Too many attempts. Wait 5 minutes, then try again. After more wrong passwords "
        "the wait is longer"
    ),
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
        """Refuse: what the portal writes is owed as a row, and by our own commands.

        Raises:
            NotImplementedError: always; the library has nothing to say here.
        """
        raise NotImplementedError(template_prefix)

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """Count wrong passwords for one address from one network.

        Counted for the address alone, anybody could keep its owner out from afar.
        """
        address = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{address}:{ratelimit.get_ip(request)}"

    def _delete_login_attempts_cached_email(
        self, request: HttpRequest, **credentials: Any
    ) -> None:
        """Forget the wrong passwords of who chose a new one, where they chose it.

        What the network has guessed at others stays counted: a password of one's own
        can be chosen anew again and again.
        """
        kept = settings.ACCOUNT_RATE_LIMITS[FAILED]
        theirs = ",".join(rate for rate in kept.split(",") if rate.endswith("/key"))
        ratelimit.clear(
            request,
            app="allauth.account",
            action=FAILED,
            config={FAILED: theirs},
            key=self._get_login_attempts_cache_key(request, **credentials),
        )
