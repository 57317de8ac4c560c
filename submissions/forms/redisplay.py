"""Showing a half-filled form again although nobody has asked to submit it."""

from django import forms
from django.forms.utils import ErrorDict


class ForgivingForm(forms.Form):
    def forgive(self) -> None:
        """Keep everything as typed and complain about nothing."""
        self._errors = ErrorDict()
