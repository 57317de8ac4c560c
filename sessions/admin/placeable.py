"""Choosing a talk for a slot: of those that may be placed in this session."""

from collections import defaultdict
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models import Session, Slot
from submissions.domain.lifecycle import PLACED, Action, State
from submissions.models import Meeting, Talk
from submissions.models.labels import STATE_LABELS

LIST_ID: Final = "talks-to-place"
MOST_OPTIONS: Final = 100
"""A list in every row with more talks would make the page heavy: then one list serves all rows."""
LONGEST_TITLE: Final = 90


class Placeable:
    """The talks that a session may take: accepted or about to be, and not in another one."""

    def __init__(self, meeting: Meeting, block: Session | None) -> None:
        elsewhere = Slot.objects.filter(session__meeting=meeting, talk__isnull=False)
        here = elsewhere.filter(session=block) if block else elsewhere.none()
        states = [state.value for state in PLACED]
        may_come = Q(state__in=states) | Q(prepared_decision=Action.ACCEPT.value)
        talks = (
            Talk.objects.for_meeting(meeting)
            .filter(may_come & ~Q(pk__in=elsewhere.values("talk")) | Q(pk__in=here.values("talk")))
            .select_related("format")
            .prefetch_related("authorships__speaker")
            .defer("abstract", "search_text")
            .order_by("title", "pk")
        )
        self.by_code = {talk.code: talk for talk in talks}

    @property
    def is_long(self) -> bool:
        return len(self.by_code) > MOST_OPTIONS

    @cached_property
    def choices(self) -> list[Any]:
        """Codes and names by format, for a drop-down list."""
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for talk in self.by_code.values():
            shape = talk.format
            name = f"{shape.name}, {shape.minutes} min" if shape else str(_("no format"))
            groups[name].append((talk.code, self.name_of(talk)))
        return [("", "–"), *sorted(groups.items())]

    @cached_property
    def offered(self) -> list[str]:
        """What a browser offers while somebody types."""
        return [self.text_of(code) for code in self.by_code]

    def text_of(self, code: str) -> str:
        talk = self.by_code.get(code)
        return f"{code} {self.name_of(talk)}" if talk else code

    def name_of(self, talk: Talk) -> str:
        """Title and who presents; the state where it is not confirmed."""
        authors = list(talk.authorships.all())
        presenting = [author for author in authors if author.is_presenting] or authors[:1]
        names = ", ".join(author.speaker.name for author in presenting)
        name = f"{talk.title[:LONGEST_TITLE]} – {names}"
        state = talk.lifecycle_state
        return name if state is State.CONFIRMED else f"{name} ({STATE_LABELS[state]})"

    def find(self, typed: str) -> Talk:
        """The talk whose code the text begins with."""
        talk = self.by_code.get(typed.split(maxsplit=1)[0].upper()) if typed.strip() else None
        if talk is None:
            raise ValidationError(
                _(
                    "This talk cannot be placed here: it is in another session, or it is not "
                    "accepted. Choose one of the list."
                ),
                code="not placeable",
            )
        return talk


class TalkField(forms.CharField):
    """A talk by its code; its value is a Talk or None. `offer` is called before use."""

    placeable: Placeable

    def offer(self, placeable: Placeable) -> None:
        """Few talks as a drop-down list, many by typing with suggestions."""
        self.placeable = placeable
        if placeable.is_long:
            self.widget = forms.TextInput({"list": LIST_ID, "autocomplete": "off"})
        else:
            self.widget = forms.Select(choices=placeable.choices)

    def prepare_value(self, value: Any) -> Any:
        return self.placeable.text_of(value) if value and self.placeable.is_long else value

    def clean(self, value: Any) -> Any:
        typed: str = super().clean(value)
        return self.placeable.find(typed) if typed else None
