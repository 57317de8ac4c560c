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
        people = Speaker.objects.filter(meeting=meeting).order_by("folded_name", "pk")
        columns = ("pk", "slug", "given_name", "family_name", "folded_name")
        rows = list(people.values_list(*columns))
        counts = Counter(folded for *_names, folded in rows)
        self.names: dict[int, str] = {}
        """Per key the name that is offered, in the order of family names."""
        self._by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for pk, slug, given_name, family_name, folded in rows:
            name = f"{given_name} {family_name}".strip()
            self.names[pk] = name if counts[folded] == 1 else f"{name} ({slug})"
            self._by_words[_words(folded)].append(pk)
            if counts[folded] > 1:
                self._by_words[_words(fold(self.names[pk]))].append(pk)

    @property
    def offered(self) -> list[str]:
        return list(self.names.values())[:MOST_OFFERED]

    def find(self, typed: str) -> Speaker:
        """The person of this name, in whatever order and accents or not.

        ValidationError says what to do if that is nobody, or several people.
        """
        found = self._by_words.get(_words(fold(typed)), [])
        if len(found) == 1:
            return Speaker.objects.get(pk=found[0])
        if not found:
            raise ValidationError(
                _("Nobody of this meeting is called “%(name)s”. Add the person under Speakers."),
                params={"name": typed},
            )
        names = ", ".join(self.names[pk] for pk in found)
        raise ValidationError(
            _("Several people are called that; write one of: %(names)s."), params={"names": names}
        )


def _words(folded: str) -> tuple[str, ...]:
    return tuple(sorted(folded.split()))


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
