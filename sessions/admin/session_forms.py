"""The forms of a session's page: the session itself, and its slots as rows in order."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    ORDERING_FIELD_NAME,
    BaseFormSet,
    formset_factory,
)
from django.utils.translation import gettext_lazy as _

from sessions.admin.people import People, PersonField
from sessions.admin.placeable import Placeable, TalkField
from sessions.models import Session, SlotKind
from sessions.operations import scheduling
from submissions.admin.moments import LocalDateTimeField
from submissions.admin.scoped import MeetingForm
from submissions.admin.versions import Versioned
from submissions.models import Speaker, Talk

DAY: Final = 24 * 60
EMPTY_CHAIRS: Final = 1


class SessionForm(Versioned, MeetingForm[Session]):
    """A session by its start and length: moving it is changing one field."""

    starts_at = LocalDateTimeField(label=_("Starts"))
    minutes = forms.IntegerField(label=_("Length, minutes"), min_value=1, max_value=DAY, initial=90)
    extend = forms.BooleanField(
        label=_("If its items need more time, make the session longer"), required=False
    )
    version = forms.CharField(widget=forms.HiddenInput(), required=False)

    class Meta:
        model = Session
        fields = ("number", "theme", "room", "starts_at", "join_link", "description")

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].widget.attrs["rows"] = 3
        for name in ("theme", "join_link"):
            self.fields[name].widget.attrs["class"] = "vLargeTextField"
        chairs: list[int] = []
        if self.instance.pk:
            chairs = list(self.instance.session_chairs.values_list("speaker", flat=True))
            self.initial["minutes"] = self.instance.minutes
            self.initial["version"] = scheduling.version_of(self.instance)
        self.chair_names = [f"chair_{n}" for n in range(1, len(chairs) + 1 + EMPTY_CHAIRS)]
        for number, name in enumerate(self.chair_names):
            label = _("Chair") if number == 0 else _("Further chair")
            field = PersonField(label=label)
            field.people = people
            self.fields[name] = field
            self.initial[name] = chairs[number] if number < len(chairs) else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_at, minutes = cleaned.get("starts_at"), cleaned.get("minutes")
        if starts_at and minutes:
            self.instance.ends_at = starts_at + timedelta(minutes=minutes)
        return cleaned

    @property
    def chairs(self) -> list[Speaker]:
        """In the order of the fields."""
        named = (self.cleaned_data[name] for name in self.chair_names)
        return [person for person in named if person is not None]

    def current_version(self) -> str:
        stored = Session.objects.filter(pk=self.instance.pk).first()
        return scheduling.version_of(stored) if stored else ""


class SlotForm(forms.Form):
    slot = forms.IntegerField(required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("Kind"), choices=SlotKind.choices, initial=SlotKind.TALK.value)
    talk = TalkField(label=_("Talk"), required=False)
    title = forms.CharField(label=_("Title of its own"), required=False, max_length=200)
    led_by = PersonField(label=_("Led by"))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=DAY)

    def __init__(self, *args: Any, people: People, placeable: Placeable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        talk, led_by = self.fields["talk"], self.fields["led_by"]
        if isinstance(talk, TalkField) and isinstance(led_by, PersonField):
            talk.offer(placeable)
            led_by.people = people
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label or ""

    @cached_property
    def changed_data(self) -> list[str]:
        """A row with nothing but its kind and a place in the order is still an empty row."""
        beside = {"kind", "slot", ORDERING_FIELD_NAME, DELETION_FIELD_NAME}
        changed = super().changed_data
        is_talk = self["kind"].data in (None, "", SlotKind.TALK.value)
        return [name for name in changed if name not in beside or (name == "kind" and not is_talk)]

    def clean(self) -> None:
        talk: Talk | None = self.cleaned_data.get("talk")
        if talk is not None:
            self.cleaned_data["kind"] = SlotKind.TALK.value
        elif self.cleaned_data.get("kind") == SlotKind.TALK.value and "talk" not in self.errors:
            self.add_error("talk", _("Choose the talk, or another kind."))
        if self.cleaned_data.get("minutes") is None and "minutes" not in self.errors:
            usual = talk.format.minutes if talk and talk.format else 0
            if usual:
                self.cleaned_data["minutes"] = usual
            else:
                self.add_error("minutes", _("How long does it take?"))

    def item(self) -> scheduling.Item:
        talk: Talk | None = self.cleaned_data["talk"]
        led_by: Speaker | None = self.cleaned_data["led_by"]
        return scheduling.Item(
            kind=SlotKind(self.cleaned_data["kind"]),
            minutes=self.cleaned_data["minutes"],
            talk_id=talk.pk if talk else None,
            title="" if talk else self.cleaned_data["title"],
            led_by_id=led_by.pk if led_by else None,
            slot_id=self.cleaned_data["slot"],
        )


class SlotRows(BaseFormSet[SlotForm]):
    def add_fields(self, form: SlotForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[ORDERING_FIELD_NAME].widget.attrs |= {"class": "order", "inputmode": "numeric"}

    def filled(self) -> Iterator[SlotForm]:
        """The rows that count, in their order."""
        for form in self.ordered_forms:
            if form.has_changed() or form.cleaned_data.get("slot"):
                yield form

    def clean(self) -> None:
        if any(self.errors) or not self.management_form.is_valid():
            return
        seen: set[int] = set()
        for form in self.filled():
            talk = form.cleaned_data.get("talk")
            if talk is None:
                continue
            if talk.pk in seen:
                raise ValidationError(
                    _("“%(title)s” stands in two rows."), params={"title": talk.title}
                )
            seen.add(talk.pk)

    def row_of(self, talk: Talk) -> SlotForm | None:
        return next((f for f in self.filled() if f.cleaned_data["talk"] == talk), None)


def slot_form_set(extra: int) -> Any:
    return formset_factory(
        SlotForm, formset=SlotRows, extra=extra, max_num=200, can_order=True, can_delete=True
    )


def initial_slots(block: Session) -> list[dict[str, Any]]:
    """What the rows show. `starts_at` is no field: it is printed beside them."""
    return [
        {
            "slot": slot.pk,
            "kind": slot.kind,
            "talk": slot.talk.code if slot.talk else "",
            "title": slot.title,
            "led_by": slot.led_by_id,
            "minutes": slot.minutes,
            "starts_at": slot.starts_at,
        }
        for slot in block.slots.select_related("talk")
    ]
