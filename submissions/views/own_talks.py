"""Everything that somebody has proposed, over all meetings, and where they have a part to play."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from submissions.domain.abstracts import render_inline
from submissions.domain.lifecycle import Action
from submissions.domain.roles import Role
from submissions.models import Meeting, Membership, Talk
from submissions.permissions import may_edit_as_speaker, speaker_actions


@dataclass(frozen=True, slots=True)
class _Line:
    talk: Talk
    title: str
    may_edit: bool
    may_confirm: bool


@never_cache
@login_required
@require_safe
def talk_list(request: HttpRequest) -> HttpResponse:
    """In the words that a speaker may read: a decision that is only prepared shows nowhere."""
    assert request.user.is_authenticated  # login_required
    now = timezone.now()
    talks = (
        Talk.objects.owned_by(request.user)
        .select_related("meeting", "format")
        .order_by("-meeting__starts_on", "meeting__name", "-created_at", "-pk")
    )
    memberships = Membership.objects.filter(user=request.user).select_related("meeting")
    context = {
        "groups": [
            (meeting, [_line(talk, at=now) for talk in group])
            for meeting, group in groupby(talks, key=_meeting_of)
        ],
        "organises": [one.meeting for one in memberships if one.role == Role.ORGANISER],
        "reviews": [one.meeting for one in memberships if one.role == Role.REVIEWER],
    }
    return render(request, "submissions/talk/list.html", context)


def _meeting_of(talk: Talk) -> Meeting:
    return talk.meeting


def _line(talk: Talk, *, at: datetime) -> _Line:
    return _Line(
        talk=talk,
        title=render_inline(talk.title).html,
        may_edit=may_edit_as_speaker(talk, at=at),
        may_confirm=Action.CONFIRM in speaker_actions(talk, at=at),
    )
