"""What an organiser sends about a term: which term, and which of the three meanings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.forms.text import LineField
from submissions.models import AreaKind

SYNONYM, NEW_AREA, NO_AREA = "synonym", "new-area", "no-area"
CHOICES = (
    (SYNONYM, _("Take as a synonym")),
    (NEW_AREA, _("Add as a new area")),
    (NO_AREA, _("Not an area")),
)


class TermForm(forms.Form):
    kind = forms.ChoiceField(choices=AreaKind.choices)
    term = LineField(max_length=500)
    meaning = forms.ChoiceField(choices=CHOICES)
    area = LineField(required=False, max_length=200)
    label = LineField(required=False, max_length=200)
    parent = LineField(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        meaning = data.get("meaning")
        if meaning == SYNONYM and not data.get("area"):
            self.add_error("area", _("Name the area that the term means."))
        if meaning == NEW_AREA and not data.get("label"):
            self.add_error("label", _("Name the new area."))
        return data
