"""The call of a meeting on its page: dates, limits, formats; and whether they fit together."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.admin.moments import DayField, LocalDateTimeField
from submissions.admin.scoped import MeetingScopedInline
from submissions.admin.versions import VersionedRowForm
from submissions.domain.abstracts.characters import clean
from submissions.models import Meeting, TalkFormat
from submissions.models.deadlines import deadline_words

CALL_FIELDS: Any = (
    ("call_opens_at", "call_closes_at", "edits_close_at"),
    ("grace_minutes", "closes_anywhere_on_earth"),
    "draft_reminder_hours",
    "call_text",
)
LIMIT_FIELDS: Any = (("word_limit", "title_limit"), ("author_limit", "talks_per_person"))
FORM_FIELDS: Any = (("asks_preference", "asks_remote", "tells_coauthors"), "is_blind")
AFTERWARDS_FIELDS: Any = (
    "tells_organisers_of_answers",
    ("takes_materials", "materials_close_at", "material_megabytes"),
    "erasure_keeps_published",
)

_MOMENTS = {
    "call_opens_at": gettext_lazy("Call opens"),
    "call_closes_at": gettext_lazy("Call closes"),
    "edits_close_at": gettext_lazy("Edits close"),
}


class MeetingForm(VersionedRowForm[Meeting]):
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    call_opens_at = LocalDateTimeField(label=_MOMENTS["call_opens_at"], required=False)
    call_closes_at = LocalDateTimeField(label=_MOMENTS["call_closes_at"], required=False)
    edits_close_at = LocalDateTimeField(
        label=_MOMENTS["edits_close_at"],
        required=False,
        help_text=gettext_lazy(
            "Until when speakers may change a submitted talk; empty: when the call closes."
        ),
    )

    materials_close_at = LocalDateTimeField(
        label=gettext_lazy("Material until"),
        required=False,
        help_text=gettext_lazy("Empty: without an end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_before = str(self.instance.call_zone) if self.instance.pk else ""

    def clean_call_text(self) -> str:
        return clean(self.cleaned_data["call_text"]).strip()

    def clean(self) -> Any:
        """Dates in an order in which nobody is shut out by mistake."""
        cleaned = super().clean()
        closes, edits = (self.cleaned_data.get(n) for n in ("call_closes_at", "edits_close_at"))
        if edits and not closes:
            self.add_error("edits_close_at", _("Say first when the call closes."))
        elif edits and closes and edits < closes:
            text = _(
                "Edits would close before the call does: who submits in between could correct "
                "nothing. Choose a later time, or leave it empty."
            )
            self.add_error("edits_close_at", text)
        return cleaned


class TalkFormatForm(forms.ModelForm[TalkFormat]):
    closes_at = LocalDateTimeField(
        label=gettext_lazy("Own deadline"),
        required=False,
        help_text=gettext_lazy("Later or earlier than the call's; empty: the same."),
    )


class TalkFormatFormSet(BaseInlineFormSet[TalkFormat, Meeting, forms.ModelForm[TalkFormat]]):
    """Formats are valid beside the call as it was typed on the same page: `self.instance`."""

    def clean(self) -> None:
        super().clean()
        meeting = self.instance
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            closes = data.get("closes_at")
            if closes is None or data.get("DELETE"):
                continue
            if meeting.call_closes_at is None:
                form.add_error("closes_at", _("Say first when the call itself closes."))
            elif meeting.call_opens_at is not None and closes <= meeting.call_opens_at:
                form.add_error("closes_at", _("This is before the call opens."))


class TalkFormatInline(MeetingScopedInline[TalkFormat, Meeting]):
    model = TalkFormat
    form = TalkFormatForm
    formset = TalkFormatFormSet
    fields = ("position", "name", "talk_minutes", "discussion_minutes", "is_poster", "closes_at")


def deadlines_of(meeting: Meeting) -> Iterator[str]:
    """Every date of the call in words, after its zone was changed.

    The clock times on the page stay what they were typed as, and not the moments: who wrote 23:59
    means 23:59. So all of them have moved, and that is said.
    """
    for name, label in _MOMENTS.items():
        if at := getattr(meeting, name):
            yield f"{label}: {deadline_words(at, meeting)}"
    for each in meeting.talk_formats.all():
        if each.closes_at:
            yield f"{each.name}: {deadline_words(each.closes_at, meeting)}"


def remarks_on(meeting: Meeting) -> Iterator[str]:
    """What is allowed, and may not be meant."""
    edits = meeting.edits_until
    for each in meeting.talk_formats.exclude(closes_at=None):
        if each.closes_at and edits and each.closes_at > edits:
            text = _(
                "“%(format)s” is taken until %(until)s, but talks can be changed only until "
                "%(edits)s. Set “Edits close” to a later time if they should be."
            )
            words = {
                "format": each.name,
                "until": deadline_words(each.closes_at, meeting),
                "edits": deadline_words(edits, meeting),
            }
            yield text % words
