"""Every public page and the main ones of organisers, on the demonstration: no barrier, no overflow.

That the browser complains of nothing on them, such as the content policy, is checked by the
fixtures.
"""

from collections.abc import Iterable

import pytest
from django.urls import reverse

from sessions.models import Session
from submissions.domain.lifecycle import State
from submissions.models import AstronomyArea, Email, Meeting, PendingImport, Speaker, Talk, User
from submissions.operations.personal_data import people_of_link
from tests.journeys.conftest import Visitor
from tests.journeys.looking import look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "conjunction-demo"


def problems(visitor: Visitor, paths: Iterable[str]) -> list[str]:
    found = []
    for path in paths:
        visitor.go(path)
        found += [f"{path}: {each}" for each in visitor.complaints]
        found += [f"{path}: {each}" for each in look(visitor.page)]
        visitor.complaints.clear()  # axe-core tries inline styles, which the policy refuses
    return found


def test_public_pages(speaker: Visitor, demonstration: Meeting) -> None:
    other = Meeting.objects.exclude(pk=demonstration.pk).get()
    found = problems(speaker, public_pages(demonstration, other))
    assert not found, "\n".join(found)


def public_pages(meeting: Meeting, other: Meeting) -> list[str]:
    slug = meeting.slug
    block = Session.objects.filter(meeting=meeting).order_by("starts_at")[0]
    talk = Talk.objects.filter(meeting=meeting, state=State.CONFIRMED).order_by("code")[0]
    programme = reverse("sessions:programme-detail", args=[slug])
    return [
        "/",
        "/sign-in/",
        "/no-such-page/",
        reverse("submissions:meeting-detail", args=[slug]),
        reverse("submissions:meeting-detail", args=[other.slug]),
        reverse("submissions:talk-submit", args=[slug]),
        reverse("submissions:talk-submit", args=[other.slug]),
        reverse("submissions:talk-open", args=[slug, "forged"]),
        reverse("sessions:programme-detail", args=[other.slug]),
        programme,
        f"{programme}?abstracts=open",
        f"{programme}?q=galaxies&ml=nothing",
        f"{programme}?q=nothing-has-this-word",
        reverse("sessions:session-detail", args=[slug, block.number or 1]),
        reverse("sessions:talk-detail", args=[slug, talk.code]),
        reverse("sessions:speaker-list", args=[slug]),
        reverse("sessions:speaker-detail", args=[slug, talk.authors.all()[0].slug]),
    ]


def test_private_pages_of_a_speaker(speaker: Visitor, demonstration: Meeting) -> None:
    paths = []
    for state in (State.SUBMITTED, State.ACCEPTED):
        talk = Talk.objects.filter(meeting=demonstration, state=state)[0]
        arguments = [talk.meeting.slug, talk.code]
        erasure = reverse("submissions:talk-erasure", args=arguments)
        paths += [
            reverse("submissions:talk-open", args=[talk.meeting.slug, talk.private_token()]),
            reverse("submissions:talk-edit", args=arguments),
            reverse("submissions:talk-decline", args=arguments),
            reverse("submissions:talk-materials", args=arguments),
            reverse("submissions:talk-versions", args=arguments),
            reverse("submissions:talk-personal-data", args=arguments),
            f"{erasure}?person={people_of_link(talk)[0].slug}",
        ]
    found = problems(speaker, paths)
    assert not found, "\n".join(found)


def test_pages_of_a_reviewer(speaker: Visitor, demonstration: Meeting) -> None:
    speaker.sign_in("reviewer@example.org", PASSWORD)
    slug = demonstration.slug
    talk = Talk.objects.filter(meeting=demonstration, state=State.CONFIRMED)[0]
    paths = [
        reverse("submissions:review-list", args=[slug]),
        reverse("submissions:review-detail", args=[slug, talk.code]),
    ]
    found = problems(speaker, paths)
    assert not found, "\n".join(found)


def test_pages_of_organisers(organiser: Visitor, demonstration: Meeting) -> None:
    organiser.sign_in("organiser@example.org", PASSWORD)
    found = problems(organiser, organisers_pages(demonstration))
    assert not found, "\n".join(found)


def organisers_pages(meeting: Meeting) -> list[str]:
    talks = Talk.objects.filter(meeting=meeting)
    submitted, accepted = talks.filter(state="submitted")[0], talks.filter(state="accepted")[0]
    block = Session.objects.filter(meeting=meeting).order_by("starts_at")[0]
    decide = reverse("admin:submissions_talk_decide", args=["accept"])
    pending = PendingImport.objects.create(
        meeting=meeting,
        uploaded_by=User.objects.get(email="organiser@example.org"),
        uploaded_at=submitted.created_at,
        is_pasted=True,
        content=b"Surname\tTitle\tAbstract\nOne\tFirst\tIn short.\n\tSecond\tNobody.\n",
    )
    return [
        reverse("admin:meeting-dashboard", args=[meeting.slug]),
        reverse("admin:programme-preview", args=[meeting.slug]),
        reverse("admin:programme-publish", args=[meeting.slug]),
        *(
            reverse(f"admin:{model}_changelist")
            for model in (
                "submissions_talk",
                "submissions_speaker",
                "submissions_email",
                "submissions_meeting",
                "submissions_areaterm",
                "submissions_astronomyarea",
                "programme_room",
                "programme_session",
            )
        ),
        *(
            reverse(f"admin:{model}_add")
            for model in ("submissions_talk", "submissions_speaker", "programme_session")
        ),
        reverse("admin:submissions_talk_change", args=[submitted.pk]),
        reverse("admin:submissions_talk_change", args=[accepted.pk]),
        reverse("admin:submissions_talk_delete", args=[submitted.pk]),
        reverse("admin:submissions_talk_private_link", args=[submitted.pk]),
        reverse("admin:submissions_talk_versions", args=[submitted.pk]),
        reverse("admin:submissions_speaker_erase", args=[submitted.authors.all()[0].pk]),
        reverse("admin:submissions_talk_answer", args=[accepted.pk, "confirm"]),
        reverse("admin:submissions_talk_announce"),
        f"{decide}?talk={submitted.pk}&talk={accepted.pk}",
        reverse("admin:submissions_talk_import"),
        reverse("admin:submissions_talk_import_preview", args=[pending.pk]),
        reverse("admin:programme_session_change", args=[block.pk]),
        reverse("admin:submissions_meeting_change", args=[meeting.pk]),
        reverse(
            "admin:submissions_speaker_change", args=[Speaker.objects.filter(meeting=meeting)[0].pk]
        ),
        reverse(
            "admin:submissions_email_change", args=[Email.objects.filter(meeting=meeting)[0].pk]
        ),
        reverse("admin:submissions_astronomyarea_change", args=[AstronomyArea.objects.all()[0].pk]),
        reverse("admin:password_change"),
    ]


def test_pages_of_administrators(organiser: Visitor, demonstration: Meeting) -> None:
    organiser.sign_in("admin@example.org", PASSWORD)
    paths = [
        reverse("admin:index"),
        reverse("admin:submissions_user_changelist"),
        reverse("admin:submissions_user_change", args=[User.objects.all()[0].pk]),
        reverse("admin:submissions_meeting_add"),
        reverse("admin:programme_session_add"),
    ]
    found = problems(organiser, paths)
    assert not found, "\n".join(found)
