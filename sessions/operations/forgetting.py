"""What the programme holds about people: told to them, and taken out when they must be forgotten.

A release never changes, with this one exception: names are taken out of every stored release of a
meeting whose setting says so. When that was is noted with the release (docs/decisions/0018).
"""

from typing import Any

from django.db import transaction

from sessions.domain.anonymising import codes_in, people_in, without_person
from sessions.models import Release, SessionChair, Slot
from sessions.snapshots import forget_published
from submissions.domain.identity_texts import NAME_REMOVED
from submissions.models import Meeting
from submissions.operations import erasing_people  # noqa: F401 - its erasers come before ours
from submissions.operations.erasing import Erasure, Published, eraser, publications
from submissions.operations.personal_data import Subject, holding


@publications
def published(meeting: Meeting) -> Published:
    """What any release of the meeting has shown."""
    contents = list(Release.objects.filter(meeting=meeting).values_list("content", flat=True))
    return Published(codes=codes_in(contents), people=people_in(contents))


@eraser("programme.Release", "programme.SessionChair", "programme.Slot")
def programme(erasure: Erasure) -> None:
    """Runs after the people of submissions: the person has a new address by then, or stays."""
    speaker = erasure.speaker
    if erasure.keeps_name:
        return
    SessionChair.objects.filter(speaker=speaker).delete()
    Slot.objects.filter(led_by=speaker).update(led_by=None)
    for release in Release.objects.select_for_update().filter(meeting=erasure.meeting):
        content = without_person(
            release.content,
            erasure.old_slug,
            new_slug=speaker.slug,
            name=NAME_REMOVED,
            clean=erasure.identity.out_of,
        )
        note = erasure.identity.out_of(release.note, also_family_name=True)
        if (content, note) != (release.content, release.note):
            Release.objects.filter(pk=release.pk).update(
                content=content, note=note, anonymised_at=erasure.at
            )
    transaction.on_commit(forget_published)


@holding("programme", "programme.SessionChair", "programme.Slot", "programme.Release")
def in_programme(subject: Subject) -> dict[str, Any]:
    """Where they chair or lead something, once it is published, and in which releases they are."""
    if subject.talk is not None:
        # The link of a talk proves nothing about sessions; the release is public anyway.
        return {"releases": [], "programmes_published": 0}
    releases = []
    for speaker in subject.speakers:
        rows = Release.objects.filter(meeting=speaker.meeting).order_by("number")
        releases += [
            {"meeting": speaker.meeting.slug, "release": row.number}
            for row in rows
            if speaker.slug in people_in(row.content)
        ]
    by_them = Release.objects.filter(published_by=subject.user) if subject.user else None
    return {"releases": releases, "programmes_published": by_them.count() if by_them else 0}
