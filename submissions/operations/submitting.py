"""A proposal becomes a talk, or changes one."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from submissions import emails
from submissions.domain.lifecycle import Action, State, next_state
from submissions.domain.names import fold
from submissions.domain.orcid import hyphenated
from submissions.domain.proposal import Proposal
from submissions.domain.questions import filled
from submissions.models import Authorship, Draft, LateLink, Meeting, TagOrigin, Talk, User
from submissions.operations import coauthors, drafting, history, late_links, limits, mailing
from submissions.operations.codes import free_code
from submissions.operations.indexing import reindex
from submissions.operations.people import (
    correct_own_people,
    find_or_make_speaker,
    forget_unneeded,
    write_authors,
)
from submissions.operations.questions import answer_lines, write_answers
from submissions.operations.tagging import tag_from_words, write_tags
from submissions.permissions import EDITABLE
from submissions.signals import state_changed
from submissions.snapshots import proposal_of


class FormUsedBefore(Exception):
    """The form was submitted before, with something else in it."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk.code)
        self.talk = talk


class ChangedMeanwhile(Exception):
    """The talk is not what the person who changes it has seen."""


class NotEditable(Exception):
    """The talk has been decided, or withdrawn: its text stays as it is."""


def submit(
    *,
    meeting: Meeting,
    proposal: Proposal,
    by: User | None,
    at: datetime,
    send_mail: bool = True,
    seen_draft: int | None = None,
    late_link: LateLink | None = None,
    is_limited: bool = True,
) -> Talk:
    """Make a submitted talk of the proposal, with its people, areas, history and receipt.

    The same `submit_key` again (a double click, a repeated request) returns the talk made first;
    a draft of this key becomes the talk. Raises FormUsedBefore if the key's talk is not the same
    proposal: somebody went back in the browser and wrote another text over the first. Raises
    drafting.DraftChanged if the draft is not `seen_draft`. Whether the call is open is the
    caller's question: organisers submit late on purpose. A `late_link` is spent on the talk;
    raises late_links.LateLinkVoid if another talk was quicker. Raises limits.TooManyTalks unless
    the talk is not `is_limited`: an organiser's own entry.
    """
    try_it = partial(
        _submit,
        meeting,
        proposal,
        by=by,
        at=at,
        send_mail=send_mail,
        seen_draft=seen_draft,
        late_link=late_link,
        is_limited=is_limited,
    )
    try:
        return try_it()
    except IntegrityError:
        if not _is_known(proposal.submit_key):
            raise
        # The other click was quicker, between our look and our write.
        return try_it()


def _submit(
    meeting: Meeting,
    proposal: Proposal,
    *,
    by: User | None,
    at: datetime,
    send_mail: bool,
    seen_draft: int | None,
    late_link: LateLink | None,
    is_limited: bool,
) -> Talk:
    with transaction.atomic():
        meeting.hold_people()
        talk = _talk_of(proposal.submit_key)
        if talk is not None and talk.lifecycle_state is not State.DRAFT:
            return _same(talk, meeting, proposal)
        if talk is None:
            talk = Talk(meeting=meeting, code=free_code(), submit_key=proposal.submit_key)
            talk.created_at = at
        elif talk.meeting != meeting:
            raise FormUsedBefore(talk)
        else:
            drafting.check_seen(talk, seen_draft)
        _hand_in(talk, proposal, by=by, at=at)
        if is_limited:
            limits.check_talks_per_person(talk)
        if late_link is not None:
            late_links.use(late_link, talk, at=at)
        if send_mail:
            messages = emails.talk_messages("receipt", talk, occasion="submitted")
            mailing.queue(messages, meeting=meeting, talk=talk, at=at)
            coauthors.tell(talk, by=by, at=at)
    return talk


def revise(
    talk: Talk,
    proposal: Proposal,
    *,
    by: User | None,
    at: datetime,
    seen: datetime | None = None,
) -> bool:
    """Write the proposal over the talk; return whether anything changed. Keeps what was before.

    `seen` is the `changed_at` of what the person has before them: raises ChangedMeanwhile if the
    talk has another by now. Raises NotEditable once it is decided, and limits.TooManyTalks if
    somebody is to present it who presents enough already.
    """
    with transaction.atomic():
        talk.meeting.hold_people()
        talk = (
            Talk.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=talk.pk)
        )
        if talk.lifecycle_state not in EDITABLE:
            raise NotEditable
        if seen is not None and talk.changed_at != seen:
            raise ChangedMeanwhile
        before, presenting = content_of(talk), limits.presenting_addresses(talk)
        people = set(talk.authors.values_list("pk", flat=True))
        _write_text(talk, proposal)
        correct_own_people(talk, proposal.authors, by=by)
        _write_people(talk, proposal)
        limits.check_talks_per_person(talk, known=presenting)
        forget_unneeded(people)
        _write_areas(talk, proposal)
        after = content_of(talk)
        changes = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        if changes:
            talk.changed_at = at
            talk.save(update_fields=["changed_at"])
            reindex(talk)
            history.record(talk, "change", by=by, at=at, changes=changes)
            coauthors.tell(talk, by=by, at=at)
        Draft.objects.filter(talk=talk).delete()
    return bool(changes)


def content_of(talk: Talk) -> dict[str, Any]:
    """What history compares: everything a speaker may change, as plain data."""
    authorships = talk.authorships.select_related("speaker").prefetch_related("affiliations")
    return {
        "title": talk.title,
        "abstract": talk.abstract,
        "collaboration": talk.collaboration,
        "format": talk.format.name if talk.format else "",
        "authors": [author_line(authorship) for authorship in authorships],
        "astronomy_areas": sorted(talk.astronomy_areas.values_list("slug", flat=True)),
        "ml_areas": sorted(talk.ml_areas.values_list("slug", flat=True)),
        "astronomy_areas_text": talk.astronomy_areas_text,
        "ml_areas_text": talk.ml_areas_text,
        "remarks": talk.remarks,
        "preference": talk.preference,
        "is_remote": talk.is_remote,
        "answers": answer_lines(talk),
    }


def _is_known(submit_key: UUID | None) -> bool:
    return submit_key is not None and Talk.objects.filter(submit_key=submit_key).exists()


def _talk_of(submit_key: UUID | None) -> Talk | None:
    """The talk or draft that this form has become, locked."""
    if submit_key is None:
        return None
    talks = Talk.objects.select_for_update(of=("self",)).select_related("meeting")
    return talks.filter(submit_key=submit_key).first()


def _same(talk: Talk, meeting: Meeting, proposal: Proposal) -> Talk:
    if talk.meeting != meeting or _essence(proposal_of(talk)) != _essence(proposal):
        raise FormUsedBefore(talk)
    return talk


def _essence(proposal: Proposal) -> tuple[Any, ...]:
    """What makes two arrivals of a form the same; people may be known by another spelling."""
    authors = [
        (
            fold(f"{author.family_name} {author.given_name}"),
            author.email.lower(),
            [affiliation.name for affiliation in author.affiliations],
            author.is_presenting,
        )
        for author in proposal.authors
    ]
    areas = (set(proposal.astronomy_area_slugs), set(proposal.ml_area_slugs))
    texts = (
        proposal.collaboration,
        proposal.astronomy_areas_text,
        proposal.ml_areas_text,
        proposal.remarks,
    )
    practical = (proposal.format_id, proposal.preference, proposal.is_remote)
    answers = filled(proposal.answers)
    return (proposal.title, proposal.abstract, practical, authors, areas, texts, answers)


def _hand_in(talk: Talk, proposal: Proposal, *, by: User | None, at: datetime) -> None:
    talk.submitted_at = talk.changed_at = at
    talk.state = next_state(State.DRAFT, Action.SUBMIT).value
    _write_text(talk, proposal)
    _write_areas(talk, proposal)
    _write_people(talk, proposal)
    reindex(talk)
    Draft.objects.filter(talk=talk).delete()
    history.record(talk, Action.SUBMIT.value, by=by, at=at)
    state_changed.send(
        sender=Talk, talk=talk, before=State.DRAFT, after=talk.lifecycle_state, by=by, at=at
    )


def _write_text(talk: Talk, proposal: Proposal) -> None:
    talk.title = proposal.title
    talk.abstract = proposal.abstract
    talk.collaboration = proposal.collaboration
    talk.format_id = proposal.format_id
    talk.astronomy_areas_text = proposal.astronomy_areas_text
    talk.ml_areas_text = proposal.ml_areas_text
    talk.remarks = proposal.remarks
    talk.preference, talk.is_remote = proposal.preference, proposal.is_remote
    talk.save()
    write_answers(talk, proposal.answers)


def _write_areas(talk: Talk, proposal: Proposal) -> None:
    """The areas that were chosen, and those that the text as typed names by exact rules."""
    write_tags(talk, proposal.astronomy_area_slugs, proposal.ml_area_slugs, TagOrigin.SPEAKER)
    tag_from_words(talk)


def _write_people(talk: Talk, proposal: Proposal) -> None:
    people = [(find_or_make_speaker(talk.meeting, one), one) for one in proposal.authors]
    write_authors(talk, people)


def author_line(authorship: Authorship) -> str:
    """An author as history shows them; the star presents."""
    institutes = "; ".join(affiliation.name for affiliation in authorship.affiliations.all())
    presenting = " *" if authorship.is_presenting else ""
    speaker = authorship.speaker
    parts = [f"{speaker.name}{presenting}", speaker.email, hyphenated(speaker.orcid), institutes]
    return ", ".join(part for part in parts if part)
