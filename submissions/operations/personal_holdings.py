"""What this app holds about people, part by part (operations/personal_data.py registers it).

Nothing here is about somebody else: of co-authors only the names that stand on the talk, of
organisers only that they did something. A decision that is prepared is not told before it is
announced, here as little as anywhere.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db.models import Q

from submissions.domain.lifecycle import DECIDED, Action
from submissions.domain.outbox import EmailState
from submissions.models import (
    Answer,
    AreaTermEntry,
    Authorship,
    Draft,
    Email,
    EmailChange,
    ErasureRequest,
    HistoryEntry,
    LateLink,
    Material,
    Membership,
    PendingImport,
    Talk,
)
from submissions.operations.personal_data import Subject, holding
from submissions.operations.versions import versions_of

THEIRS_BY_LINK: Final = (
    Action.SUBMIT.value,
    Action.CONFIRM.value,
    Action.DECLINE.value,
    Action.WITHDRAW.value,
    *("draft", "change", "add material", "change material", "remove material"),
)
"""What somebody without an account may have done by a private link."""
WITH_REASON: Final = (Action.DECLINE.value, Action.WITHDRAW.value)
_NOT_TOLD: Final = frozenset({"authors"})
"""Of earlier versions: lines of history about authors hold the addresses of all of them."""


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


@holding("people", "submissions.Speaker")
def people(subject: Subject) -> list[dict[str, Any]]:
    """Their entries among the people of meetings."""
    return [
        {
            "meeting": speaker.meeting.slug,
            "given_name": speaker.given_name,
            "family_name": speaker.family_name,
            "email": speaker.email,
            "orcid": speaker.orcid,
            "address_of_public_page": speaker.slug,
            "is_linked_to_account": speaker.user_id is not None,
        }
        for speaker in subject.speakers
    ]


@holding(
    "talks",
    *("submissions.Talk", "submissions.Authorship", "submissions.Affiliation"),
    *("submissions.TalkAstronomyArea", "submissions.TalkMLArea"),
)
def talks(subject: Subject) -> list[dict[str, Any]]:
    found = subject.talks().select_related("meeting", "format").with_authors()
    found = found.prefetch_related("astronomy_areas", "ml_areas")
    return [_talk(talk, subject) for talk in found]


def _talk(talk: Talk, subject: Subject) -> dict[str, Any]:
    people = {speaker.pk for speaker in subject.speakers}
    authorships = list(talk.authorships.all())
    return {
        "meeting": talk.meeting.slug,
        "code": talk.code,
        "state": talk.state,
        "title": talk.title,
        "abstract": talk.abstract,
        "collaboration": talk.collaboration,
        "format": talk.format.name if talk.format else "",
        "astronomy_areas": [area.label for area in talk.astronomy_areas.all()],
        "astronomy_areas_text": talk.astronomy_areas_text,
        "ml_areas": [area.label for area in talk.ml_areas.all()],
        "ml_areas_text": talk.ml_areas_text,
        "remarks": talk.remarks,
        "preference": talk.preference,
        "is_remote": talk.is_remote,
        "created_at": moment(talk.created_at),
        "submitted_at": moment(talk.submitted_at),
        "changed_at": moment(talk.changed_at),
        "decision": _announced_decision(talk),
        "authors": [authorship.speaker.name for authorship in authorships],
        "your_part": [_part(each) for each in authorships if each.speaker_id in people],
        "versions": [
            {
                "number": version.number,
                "at": moment(version.at),
                "texts": {
                    name: value for name, value in version.content.items() if name not in _NOT_TOLD
                },
            }
            for version in versions_of(talk)
        ],
    }


def _announced_decision(talk: Talk) -> dict[str, Any] | None:
    """Of what is only prepared nothing, and nothing of an older decision that was reopened."""
    if talk.lifecycle_state not in DECIDED:
        return None
    return {"decided_at": moment(talk.decided_at), "reason": talk.decision_note}


def _part(authorship: Authorship) -> dict[str, Any]:
    return {
        "position": authorship.position,
        "is_presenting": authorship.is_presenting,
        "affiliations": [
            {"name": place.name, "ror_id": place.ror_id} for place in authorship.affiliations.all()
        ],
        "told_at": moment(authorship.told_at),
        "confirmed_at": moment(authorship.confirmed_at),
        "objected_at": moment(authorship.objected_at),
        "objection": authorship.objection,
    }


@holding("drafts", "submissions.Draft")
def drafts(subject: Subject) -> list[dict[str, Any]]:
    """What was typed and not handed in."""
    found = Draft.objects.filter(talk__in=subject.talks()).select_related("talk").order_by("pk")
    return [
        {
            "talk": draft.talk.code,
            "typed": _without_co_authors(draft.content, subject.addresses),
            "email": draft.email if draft.email.lower() in subject.addresses else "",
            "saved_at": moment(draft.saved_at),
            "reminded_at": moment(draft.reminded_at),
        }
        for draft in found
    ]


def _without_co_authors(content: dict[str, Any], addresses: Iterable[str]) -> dict[str, Any]:
    """Fields called authors-N-… only where N is who asks."""
    known = set(addresses)
    own = {
        name.split("-")[1]
        for name, texts in content.items()
        if name.startswith("authors-")
        and name.endswith("-email")
        and texts
        and str(texts[0]).strip().lower() in known
    }
    return {
        name: texts
        for name, texts in content.items()
        if not name.startswith("authors-") or name.split("-")[1] in own
    }


@holding("answers", "submissions.Answer")
def answers(subject: Subject) -> list[dict[str, Any]]:
    found = Answer.objects.filter(talk__in=subject.talks()).select_related("talk", "question")
    return [
        {"talk": answer.talk.code, "question": answer.question.text, "answer": answer.value}
        for answer in found.order_by("talk", "question__position", "question")
    ]


@holding("materials", "submissions.Material")
def materials(subject: Subject) -> list[dict[str, Any]]:
    found = Material.objects.filter(talk__in=subject.talks()).select_related("talk")
    return [
        {
            "talk": material.talk.code,
            "kind": material.kind,
            "label": material.label,
            "address": material.url,
            "file_name": material.file_name,
            "size": material.size,
            "sha256": material.sha256,
            "is_public": material.is_public,
            "added_at": moment(material.uploaded_at),
        }
        for material in found.order_by("talk", "uploaded_at", "pk")
    ]


@holding("emails", "submissions.Email", "submissions.EmailAttempt")
def emails(subject: Subject) -> list[dict[str, Any]]:
    """What was sent to them. What still waits may tell what is not announced."""
    to_them = Q()
    for address in sorted(subject.addresses):
        to_them |= Q(recipient__iexact=address)
    found = (
        Email.objects.in_state(EmailState.SENT).filter(to_them) if to_them else Email.objects.none()
    )
    if subject.talk is not None:
        found = found.filter(talk=subject.talk)
    return [
        {
            "meeting": email.meeting.slug,
            "talk": email.talk.code if email.talk else "",
            "to": email.recipient,
            "subject": email.subject,
            "text": email.body,
            "sent_at": moment(email.sent_at),
        }
        for email in found.select_related("meeting", "talk").order_by("sent_at", "pk")
    ]


@holding("history", "submissions.HistoryEntry")
def history(subject: Subject) -> list[dict[str, Any]]:
    """What they did; what it changed is in the versions of their talks."""
    by_link = Q(talk__in=subject.talks(), by=None, action__in=THEIRS_BY_LINK)
    by_account = Q(by=subject.user) if subject.user else Q(pk__in=())
    found = HistoryEntry.objects.filter(by_link | by_account).select_related("talk")
    return [
        {
            "at": moment(entry.at),
            "talk": entry.talk.code,
            "action": entry.action,
            # Of their own words only a reason; the notes of organisers may be about others.
            "reason": entry.note if entry.by_id is None and entry.action in WITH_REASON else "",
            "signed_in": entry.by_id is not None,
        }
        for entry in found.order_by("at", "pk")
    ]


@holding("erasure_requests", "submissions.ErasureRequest")
def erasure_requests(subject: Subject) -> list[dict[str, Any]]:
    found = ErasureRequest.objects.filter(speaker__in=subject.speakers).order_by("pk")
    return [
        {
            "asked_at": moment(request.asked_at),
            "reason": request.reason,
            "closed_at": moment(request.closed_at),
            "is_erased": request.is_erased,
            "answer": request.answer,
        }
        for request in found
    ]


@holding(
    "account",
    *("submissions.User", "account.EmailAddress", "socialaccount.SocialAccount"),
    *("mfa.Authenticator", "usersessions.UserSession"),
)
def account(subject: Subject) -> dict[str, Any] | None:
    user = subject.user
    if user is None:
        return None
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    return {
        "email": user.email,
        "name": user.full_name,
        "joined_at": moment(user.date_joined),
        "last_sign_in_at": moment(user.last_login),
        "addresses": [{"email": one.email, "is_proved": one.verified} for one in addresses],
        "orcid": [one.uid for one in SocialAccount.objects.filter(user=user).order_by("pk")],
        "second_factors": [
            {
                "kind": one.type,
                "added_at": moment(one.created_at),
                "used_at": moment(one.last_used_at),
            }
            for one in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "signed_in_devices": [
            {"device": one.user_agent, "ip": str(one.ip), "last_seen_at": moment(one.last_seen_at)}
            for one in UserSession.objects.filter(user=user).order_by("pk")
        ],
    }


@holding("memberships", "submissions.Membership")
def memberships(subject: Subject) -> list[dict[str, Any]]:
    if subject.user is None:
        return []
    found = Membership.objects.filter(user=subject.user).select_related("meeting").order_by("pk")
    return [{"meeting": one.meeting.slug, "role": one.role} for one in found]


@holding(
    "work_for_meetings",
    *("submissions.LateLink", "submissions.EmailChange", "submissions.PendingImport"),
    *("submissions.AreaTermEntry", "admin.LogEntry"),
)
def work_for_meetings(subject: Subject) -> list[dict[str, Any]]:
    """What they did as organisers, without what it says about others."""
    user = subject.user
    if user is None:
        return []
    links = LateLink.objects.filter(created_by=user).values_list("created_at", flat=True)
    mails = EmailChange.objects.filter(by=user).values_list("at", "action")
    uploads = PendingImport.objects.filter(uploaded_by=user).values_list("uploaded_at", flat=True)
    terms = AreaTermEntry.objects.filter(by=user).values_list("at", flat=True)
    admin = LogEntry.objects.filter(user=user).values_list("action_time", "content_type__model")
    done = [
        *((at, "made a late-submission link") for at in links),
        *((at, f"e-mail: {action}") for at, action in mails),
        *((at, "uploaded a spreadsheet") for at in uploads),
        *((at, "decided what a term for an area means") for at in terms),
        *((at, f"changed a row of: {model}") for at, model in admin),
    ]
    return [{"at": moment(at), "what": what} for at, what in sorted(done)]
