"""The reason with which a speaker declines or withdraws."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.forms.text import TextField


class AnswerForm(forms.Form):
    reason = TextField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Optional; for the organisers only."),
    )
