"""Choosing a person of the meeting by typing a name: the browser offers names, no script needed."""

from collections import Counter, defaultdict
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from submissions.domain.names import fold
from submissions.models import Meeting, Speaker

LIST_ID: Final = "people-of-the-meeting"
MOST_OFFERED: Final = 1000
"""More names would make the page heavy; the others are found as well when typed in full."""


class People:
    """The people of a meeting, each by a name that means nobody else; one query."""

    def __init__(self, meeting: Meeting) -> None:
        people = list(Speaker.objects.filter(meeting=meeting))
        counts = Counter(fold(person.name) for person in people)
        self.names = {
            person.pk: person.name
            if counts[fold(person.name)] == 1
            else f"{person.name} ({person.slug})"
            for person in people
        }
        self._by_name: dict[str, list[Speaker]] = defaultdict(list)
        for person in people:
            for name in {fold(person.name), fold(self.names[person.pk])}:
                self._by_name[name].append(person)

    @property
    def offered(self) -> list[str]:
        return sorted(self.names.values(), key=fold)[:MOST_OFFERED]

    def find(self, typed: str) -> Speaker:
        """The person of this name, accents or not; ValidationError says what to do otherwise."""
        found = self._by_name.get(fold(typed), [])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("Nobody of this meeting is called “%(name)s”. Add the person under Speakers."),
                params={"name": typed},
            )
        names = ", ".join(self.names[person.pk] for person in found)
        raise ValidationError(
            _("Several people are called that; write one of: %(names)s."), params={"names": names}
        )


class PersonField(forms.CharField):
    """A name typed or picked; its value is a Speaker or None. `people` is set before use."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.TextInput({"list": LIST_ID, "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.people: People | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) and self.people is not None:
            return self.people.names.get(value, "")
        return value

    def clean(self, value: Any) -> Any:
        typed: str = super().clean(value)
        return self.people.find(typed) if typed and self.people is not None else None
