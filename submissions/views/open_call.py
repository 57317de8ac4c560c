"""Whether the form is open for whoever asks: because the call is, or by a late-submission link."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from submissions.domain.calls import CallStatus
from submissions.models import LateLink, Meeting, TalkFormat

LATE_LINKS = "late_links"
"""In the login session: by meeting the late-submission link that this browser has followed."""


@dataclass(frozen=True, slots=True)
class OpenCall:
    meeting: Meeting
    at: datetime
    status: CallStatus
    """As it is for this browser."""
    late_link: LateLink | None = None
    has_void_link: bool = False
    """Whether it followed a link that was used since, withdrawn, or has run out."""

    @property
    def takes_forms(self) -> bool:
        """A form that arrives; new ones are shown while the call is open only."""
        return self.status in (CallStatus.OPEN, CallStatus.GRACE)

    @property
    def formats_at(self) -> datetime | None:
        """The moment at which formats must be open; with a link, none need be."""
        return None if self.late_link else self.at

    def link_needed_for(self, format_id: int | None) -> LateLink | None:
        """The link, if a talk of this format could not be submitted without it."""
        if self.meeting.call_status(self.at) not in (CallStatus.OPEN, CallStatus.GRACE):
            return self.late_link
        taken = TalkFormat.objects.taken_at(self.at, self.meeting)
        is_taken = format_id is None or taken.filter(pk=format_id).exists()
        return None if is_taken else self.late_link


def open_call(request: HttpRequest, meeting: Meeting) -> OpenCall:
    now = timezone.now()
    status = meeting.call_status(now)
    held = request.session.get(LATE_LINKS, {}).get(meeting.slug)
    if held is None:
        return OpenCall(meeting, now, status)
    link = LateLink.objects.usable_at(now).filter(meeting=meeting, pk=held).first()
    if link is None:
        return OpenCall(meeting, now, status, has_void_link=True)
    return OpenCall(meeting, now, CallStatus.OPEN, late_link=link)


def remember_link(request: HttpRequest, link: LateLink) -> None:
    held = request.session.get(LATE_LINKS, {})
    request.session[LATE_LINKS] = {**held, link.meeting.slug: link.pk}


def forget_link(request: HttpRequest, meeting: Meeting) -> None:
    held = request.session.get(LATE_LINKS, {})
    request.session[LATE_LINKS] = {slug: pk for slug, pk in held.items() if slug != meeting.slug}
