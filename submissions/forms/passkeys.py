"""What a browser posts about a passkey. Anything else is refused calmly, whatever it is."""

import struct
from typing import Any

from allauth.mfa.webauthn import forms as passkeys
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What the library that reads passkeys trips over when it is given something else.
STUMBLES = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)


def _not_a_passkey() -> ValidationError:
    return ValidationError(
        _("This passkey was not accepted. Try again, or choose another way."), code="passkey"
    )


class AddPasskeyForm(passkeys.AddWebAuthnForm):  # type: ignore[misc]
    def clean(self) -> Any:
        try:
            return super().clean()
        except STUMBLES as error:
            raise _not_a_passkey() from error


class _UsePasskey:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except STUMBLES as error:
            raise _not_a_passkey() from error


class SecondStepForm(_UsePasskey, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """After the code or the password."""


class PasskeySignInForm(_UsePasskey, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    """Alone."""


class PasskeyAgainForm(_UsePasskey, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something delicate is changed."""
