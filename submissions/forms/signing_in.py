"""What is typed to sign in: an address, then the code that was sent to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(
            {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        ),
    )

    def clean_email(self) -> str:
        """As it is stored and as the mail is addressed, so that both are one address."""
        email: str = self.cleaned_data["email"]
        return email.lower()


class AnotherAddressForm(AddressForm):
    """On the page of somebody who has one already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Another address")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Eight letters; capitals and the hyphen do not matter."),
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
