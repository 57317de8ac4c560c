"""Fields for what only the visitor knows, labelled as on our other pages."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {"login": _("E-mail address"), "password": _("Password"), "code": _("Code")}


class _Labelled(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class PasswordForm(_Labelled, LoginForm):  # type: ignore[misc]
    """Address and password."""


class PasswordAgainForm(_Labelled, ReauthenticateForm):  # type: ignore[misc]
    """Before something delicate is changed."""


class FactorForm(_Labelled, AuthenticateForm):  # type: ignore[misc]
    """A code of the app or a recovery code, after the code from the mail."""


class FactorAgainForm(_Labelled, SecondFactorAgainForm):  # type: ignore[misc]
    """Before something delicate is changed."""


class NewAppForm(_Labelled, ActivateTOTPForm):  # type: ignore[misc]
    """The first code that a new app shows."""
