"""What a reader may ask of a programme: words, areas, a day. A GET form; it changes nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.domain.programme import Programme
from sessions.domain.selection import Selection
from submissions.domain.talk import Area

_UNKNOWN_AREA = {
    "invalid_choice": _("No talk of this programme has the area “%(value)s”. Choose another one.")
}


class ProgrammeFilterForm(forms.Form):
    """Choices are those that occur; what cannot be understood is reported and not applied."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )
    astronomy = forms.ChoiceField(
        label=_("Astronomy area"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages=_UNKNOWN_AREA,
    )
    ml = forms.ChoiceField(
        label=_("Machine-learning area"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages=_UNKNOWN_AREA,
    )
    # The day is chosen by the links above the list; the form keeps it.
    day = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("The programme has nothing on “%(value)s”. Choose one of its days.")
        },
    )

    def __init__(self, data: Any, *, programme: Programme) -> None:
        super().__init__(data)
        self._choose("astronomy", _("All areas"), programme.astronomy_areas)
        self._choose("ml", _("All areas"), programme.ml_areas)
        days = [(day.date.isoformat(), day.date.isoformat()) for day in programme.days]
        self._field("day").choices = [("", ""), *days]

    def selection(self) -> Selection:
        """What was asked for and understood."""
        self.full_clean()
        day = self.cleaned_data.get("day")
        return Selection(
            day=date.fromisoformat(day) if day else None,
            astronomy=self.cleaned_data.get("astronomy", ""),
            ml=self.cleaned_data.get("ml", ""),
            text=self.cleaned_data.get("q", ""),
        )

    def _choose(self, name: str, everything: Any, areas: Iterable[Area]) -> None:
        self._field(name).choices = [("", everything), *((a.slug, a.label) for a in areas)]

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field
