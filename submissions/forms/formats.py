"""Choosing among the formats of a meeting, each with its minutes and its deadline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.models import Meeting, Talk, TalkFormat
from submissions.models.deadlines import deadline_words


def offered_formats(
    meeting: Meeting, talk: Talk | None, *, at: datetime | None, is_sent: bool
) -> QuerySet[TalkFormat]:
    """What may be chosen: formats that are still taken, and the one that the talk has.

    A form that `is_sent` has the grace of the call; one that is only shown has not. Without `at`
    no deadline counts.
    """
    if at is None:
        return TalkFormat.objects.filter(meeting=meeting)
    taken = TalkFormat.objects.taken_at(at if is_sent else at + meeting.grace, meeting)
    mine = Q(pk=talk.format_id) if talk and talk.format_id else Q(pk__in=[])
    return TalkFormat.objects.filter(Q(pk__in=taken.values("pk")) | mine, meeting=meeting)


class FormatField(forms.ModelChoiceField[TalkFormat]):
    """Formats with their minutes beside the name, and their deadlines where they differ."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("This format is not offered, or no longer. Choose another."),
    }
    meeting: Meeting | None = None

    def tell_deadlines(self, formats: Iterable[TalkFormat], meeting: Meeting) -> None:
        """Say until when each of them is taken, unless it is the same for all."""
        deadlines = {each.closes_at or meeting.call_closes_at for each in formats}
        self.meeting = meeting if len(deadlines) > 1 else None

    def label_from_instance(self, obj: Any) -> str:
        words = _words(obj)
        closes = self.meeting and (obj.closes_at or self.meeting.call_closes_at)
        if not closes or self.meeting is None:
            return words
        until = deadline_words(closes, self.meeting)
        return _("%(format)s; until %(deadline)s") % {"format": words, "deadline": until}


def _words(each: TalkFormat) -> str:
    if each.is_poster:
        return str(each.name)
    return _("%(name)s: %(talk)d minutes and %(questions)d for questions") % {
        "name": each.name,
        "talk": each.talk_minutes,
        "questions": each.discussion_minutes,
    }
