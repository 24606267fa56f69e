"""The sign-in library's forms, drawn and worded like all others."""

from typing import Any

from allauth.account import forms as library
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

from common.forms import PortalFormMixin
from parties.commands import ask_for_new_password
from parties.forms import CHOSE_FOR, NEW_PASSWORD

LONGEST_EMAIL = 254


class SignInForm(PortalFormMixin, library.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "login", "E-mail address", "Enter your e-mail address")
        word(self, "password", "Password", "Enter your password")
        if self.request is not None:
            # A trial's list of people links here with the address of each.
            known = self.request.session.get(CHOSE_FOR, "")
            self.fields["login"].initial = self.request.GET.get("email", known)


class AskForResetForm(PortalFormMixin, library.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "email", "E-mail address", "Enter your e-mail address")

    def clean_email(self) -> str:
        """Look nobody up: the answer takes the same time for every address."""
        email: str = self.cleaned_data["email"]
        if len(email) > LONGEST_EMAIL:
            raise ValidationError("Enter an e-mail address of 254 letters at most")
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        ask_for_new_password(email)
        return email


class OpenLinkForm(library.UserTokenForm):
    """Whether a mailed link may still be used: never once its sign-in is closed."""

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean()
        if not self.reset_user.is_active:
            raise ValidationError("This sign-in is closed.")
        return answers


class NewPasswordForm(PortalFormMixin, library.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "password1", "New password", "Enter a new password", NEW_PASSWORD)
        word(self, "password2", "New password again", "Enter the new password again")


class SignInAgainForm(PortalFormMixin, library.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "password", "Password", "Enter your password")


def word(form: Form, name: str, label: str, missing: str, hint: str = "") -> None:
    """Give a field our label, hint and error. A placeholder is no label."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
