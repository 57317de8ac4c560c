"""Who may do what: named predicates and the one place where private links are checked.

Lists are filtered by querysets (`Talk.objects.visible_to`); these predicates decide about one
thing at hand. Views, exports and the admin ask here and never decide by themselves.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core import signing

from submissions.domain.lifecycle import Action, Actor, State, actions_from
from submissions.domain.roles import Role
from submissions.models import Authorship, Meeting, Talk, User
from submissions.models.authorship import COAUTHOR_LINK_SALT
from submissions.models.talk import PRIVATE_LINK_SALT

EDITABLE = frozenset({State.DRAFT, State.SUBMITTED})
"""States in which a speaker may still change the text: nothing has been decided yet."""

COAUTHOR_LINK_LASTS: Final = timedelta(days=400)
"""From the call to well after the meeting."""


def is_organiser(user: User | AnonymousUser, meeting: Meeting) -> bool:
    """Organisers of this meeting, and superusers."""
    return Meeting.objects.organised_by(user).filter(pk=meeting.pk).exists()


def is_reviewer(user: User | AnonymousUser, meeting: Meeting) -> bool:
    return Meeting.objects.reviewed_by(user).filter(pk=meeting.pk).exists()


def may_read_talk(user: User | AnonymousUser, talk: Talk) -> bool:
    return Talk.objects.visible_to(user).filter(pk=talk.pk).exists()


def owns_talk(user: User | AnonymousUser, talk: Talk) -> bool:
    """Whether `user` is an author of the talk, by an address that they have proved."""
    return Talk.objects.owned_by(user).filter(pk=talk.pk).exists()


def may_see_authors(user: User | AnonymousUser, meeting: Meeting) -> bool:
    """Whether author names of this meeting's talks may be shown to `user` at all.

    Owners see their own talk by their own page, whatever this says.
    """
    return is_organiser(user, meeting) or (not meeting.is_blind and is_reviewer(user, meeting))


def may_edit_as_speaker(talk: Talk, *, at: datetime) -> bool:
    """Whether whoever holds the talk's private link may change its text now."""
    return talk.lifecycle_state in EDITABLE and talk.meeting.edits_are_open(at)


def takes_changes_by_speaker(talk: Talk, *, at: datetime) -> bool:
    """Whether changes that arrive now are taken: a form that was open has some minutes more."""
    return talk.lifecycle_state in EDITABLE and talk.meeting.takes_edits(at)


def may_add_material(talk: Talk, *, at: datetime) -> bool:
    """Whether the speakers of this talk may add slides and the like now."""
    return talk.is_placed and talk.meeting.takes_materials_at(at)


def speaker_actions(talk: Talk, *, at: datetime) -> tuple[Action, ...]:
    """What the holder of the private link may do now. Handing in waits for an open call."""
    actions = actions_from(talk.lifecycle_state, Actor.SPEAKER)
    if talk.meeting.edits_are_open(at):
        return actions
    return tuple(action for action in actions if action is not Action.SUBMIT)


def talk_by_private_token(meeting: Meeting, token: str) -> Talk | None:
    """The talk that a private link opens; None if it is forged, revoked or of another meeting."""
    try:
        code, version = signing.loads(token, salt=PRIVATE_LINK_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Talk.objects.filter(meeting=meeting, code=code, link_version=version).first()


def authorship_by_coauthor_token(meeting: Meeting, token: str) -> Authorship | None:
    """Whose page a co-author's link opens; None if it is forged, old, revoked or of elsewhere.

    Also once the person has another address: the link went to the one before.
    """
    try:
        pk, version, address = signing.loads(
            token, salt=COAUTHOR_LINK_SALT, max_age=COAUTHOR_LINK_LASTS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return opened_authorship(meeting, pk, [version, address])


def opened_authorship(meeting: Meeting, pk: Any, opened: Any) -> Authorship | None:
    """The authorship whose link, of this version and sent to this address, was followed."""
    authorship = (
        Authorship.objects.filter(talk__meeting=meeting, pk=pk)
        .select_related("talk__meeting", "speaker")
        .first()
    )
    if authorship is None or authorship.talk.lifecycle_state is State.DRAFT:
        return None
    now = [authorship.link_version, authorship.address_print()]
    return authorship if authorship.speaker.email and opened == now else None


def role_names(user: User | AnonymousUser, meeting: Meeting) -> frozenset[Role]:
    """The roles that `user` has in this meeting by membership."""
    if user.is_anonymous:
        return frozenset()
    roles = user.memberships.filter(meeting=meeting).values_list("role", flat=True)
    return frozenset(Role(role) for role in roles)
