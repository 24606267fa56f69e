"""The sign-in library's forms, drawn and worded like all others."""

from typing import Any

from allauth.account import forms as library

from common.forms import PortalFormMixin

NEW_PASSWORD = "At least 12 characters, not a common password and not your own name."  # noqa: S105  words, not a password


class SignInForm(PortalFormMixin, library.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "login", "E-mail address", "Enter your e-mail address")
        word(self, "password", "Password", "Enter your password")
        if self.request is not None:
            # A trial's list of people links here with the address of each.
            self.fields["login"].initial = self.request.GET.get("email", "")


class AskForResetForm(PortalFormMixin, library.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "email", "E-mail address", "Enter your e-mail address")


class NewPasswordForm(PortalFormMixin, library.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "password1", "New password", "Enter a new password", NEW_PASSWORD)
        word(self, "password2", "New password again", "Enter the new password again")


class SignInAgainForm(PortalFormMixin, library.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, "password", "Password", "Enter your password")


def word(form: Any, name: str, label: str, missing: str, hint: str = "") -> None:
    """Give a field our label, hint and error. A placeholder is no label."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
