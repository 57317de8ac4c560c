"""Organisers correct a talk or a person: history keeps what was there before."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from submissions.domain.lifecycle import State
from submissions.domain.proposal import ProposedAuthor
from submissions.domain.questions import GivenAnswer
from submissions.models import Speaker, TagOrigin, Talk, User
from submissions.operations import coauthors, history
from submissions.operations.indexing import reindex
from submissions.operations.people import find_or_make_speaker, write_authors
from submissions.operations.questions import write_answers
from submissions.operations.submitting import content_of
from submissions.operations.tagging import write_tags


@dataclass(frozen=True, slots=True)
class CorrectedAuthor:
    author: ProposedAuthor
    speaker_id: int | None = None
    """The person who is meant and may be renamed; None: found by name and address."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Everything of a talk that an organiser may change, as it shall be."""

    title: str
    abstract: str
    format_id: int | None
    authors: tuple[CorrectedAuthor, ...]
    collaboration: str = ""
    astronomy_area_slugs: tuple[str, ...] = ()
    ml_area_slugs: tuple[str, ...] = ()
    preference: str | None = None
    """None: as it is."""
    is_remote: bool | None = None
    answers: tuple[GivenAnswer, ...] = ()
    """Of questions that were asked; the others stay."""


def version_of(talk: Talk) -> str:
    """A short text that is the same as long as the content is: what an editor's page was made of.

    Decisions do not count, so that two organisers can edit and decide at once.
    """
    content = json.dumps(content_of(talk), sort_keys=True)
    return sha256(content.encode()).hexdigest()[:20]


def correct(talk: Talk, correction: Correction, *, by: User, at: datetime) -> bool:
    """Write the correction; return whether it changed anything.

    Renames the people named by `speaker_id` on all their talks: it is one person.
    """
    with transaction.atomic():
        talk.meeting.hold_people()
        talk = Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
        before = content_of(talk)
        named = set(talk.authorships.values_list("pk", flat=True))
        talk.title, talk.abstract = correction.title, correction.abstract
        talk.format_id = correction.format_id
        talk.collaboration = correction.collaboration
        if correction.preference is not None:
            talk.preference = correction.preference
        if correction.is_remote is not None:
            talk.is_remote = correction.is_remote
        talk.save(
            update_fields=[
                "title",
                "abstract",
                "format",
                "collaboration",
                "preference",
                "is_remote",
            ]
        )
        write_answers(talk, correction.answers)
        people = [
            (_person(talk, corrected, by=by, at=at), corrected.author)
            for corrected in correction.authors
        ]
        write_authors(talk, people)
        write_tags(
            talk, correction.astronomy_area_slugs, correction.ml_area_slugs, TagOrigin.ORGANISER
        )
        if talk.lifecycle_state is not State.DRAFT:
            new = set(talk.authorships.values_list("pk", flat=True)) - named
            coauthors.tell(talk, by=by, at=at, among=new)
        return _note_change(talk, before, by=by, at=at)


def correct_person(person: Speaker, *, by: User, at: datetime) -> None:
    """Save a person whose fields were changed in memory, and what follows on their talks."""
    with transaction.atomic():
        _save_person(person, except_on=None, by=by, at=at)


def _save_person(person: Speaker, *, except_on: Talk | None, by: User, at: datetime) -> None:
    talks = Talk.objects.filter(authorships__speaker=person)
    if except_on is not None:
        talks = talks.exclude(pk=except_on.pk)
    before = [(talk, content_of(talk)) for talk in talks]
    person.save()
    for talk, content in before:
        _note_change(talk, content, by=by, at=at)


def _note_change(talk: Talk, before: dict[str, Any], *, by: User, at: datetime) -> bool:
    after = content_of(talk)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        talk.changed_at = at
        talk.save(update_fields=["changed_at"])
        reindex(talk)
        history.record(talk, "change", by=by, at=at, changes=changes)
    return bool(changes)


def _person(talk: Talk, corrected: CorrectedAuthor, *, by: User, at: datetime) -> Speaker:
    author = corrected.author
    if corrected.speaker_id is None:
        return find_or_make_speaker(talk.meeting, author)
    person = Speaker.objects.get(pk=corrected.speaker_id, meeting=talk.meeting_id)
    fields = ("given_name", "family_name", "email", "orcid")
    if any(getattr(person, name) != getattr(author, name) for name in fields):
        for name in fields:
            setattr(person, name, getattr(author, name))
        _save_person(person, except_on=talk, by=by, at=at)
    return person
