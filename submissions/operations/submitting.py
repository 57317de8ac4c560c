"""A proposal becomes a talk, or changes one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from submissions import emails
from submissions.domain.lifecycle import Action, State, next_state
from submissions.domain.names import fold
from submissions.domain.proposal import Proposal, ProposedAuthor
from submissions.importers.vocabulary import Kind
from submissions.models import (
    Affiliation,
    AstronomyArea,
    Authorship,
    Meeting,
    MLArea,
    Speaker,
    TagOrigin,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
    User,
)
from submissions.operations import history, mailing
from submissions.operations.areas import match_areas
from submissions.operations.indexing import reindex
from submissions.signals import state_changed


def submit(
    *, meeting: Meeting, proposal: Proposal, by: User | None, at: datetime, send_mail: bool = True
) -> Talk:
    """Make a submitted talk of the proposal, with its people, areas, history and receipt.

    The same `submit_key` again (a double click, a repeated request) returns the talk made first.
    Whether the call is open is the caller's question: organisers submit late on purpose.
    """
    if (earlier := _already_submitted(proposal)) is not None:
        return earlier
    try:
        with transaction.atomic():
            talk = _create(meeting, proposal, by=by, at=at)
            if send_mail:
                mailing.queue(
                    emails.talk_messages("receipt", talk, occasion="submitted"),
                    meeting=meeting,
                    talk=talk,
                    at=at,
                )
    except IntegrityError:
        # The other click was quicker, between our look and our write.
        if (earlier := _already_submitted(proposal)) is not None:
            return earlier
        raise
    return talk


def revise(talk: Talk, proposal: Proposal, *, by: User | None, at: datetime) -> bool:
    """Write the proposal over the talk; return whether anything changed. Keeps what was before."""
    with transaction.atomic():
        talk = Talk.objects.select_for_update().get(pk=talk.pk)
        before = content_of(talk)
        _write_text(talk, proposal, at=at)
        talk.save()
        _correct_own_people(talk, proposal.authors)
        _write_authors(talk, proposal.authors)
        _write_areas(talk, proposal)
        after = content_of(talk)
        changes = {
            name: [before[name], after[name]] for name in after if before[name] != after[name]
        }
        if changes:
            reindex(talk)
            history.record(talk, "change", by=by, at=at, changes=changes)
    return bool(changes)


def content_of(talk: Talk) -> dict[str, Any]:
    """What history compares: everything a speaker may change, as plain data."""
    authorships = talk.authorships.select_related("speaker").prefetch_related("affiliations")
    return {
        "title": talk.title,
        "abstract": talk.abstract,
        "format": talk.format.name if talk.format else "",
        "authors": [_author_line(authorship) for authorship in authorships],
        "astronomy_areas": sorted(talk.astronomy_areas.values_list("slug", flat=True)),
        "ml_areas": sorted(talk.ml_areas.values_list("slug", flat=True)),
        "astronomy_areas_text": talk.astronomy_areas_text,
        "ml_areas_text": talk.ml_areas_text,
        "remarks": talk.remarks,
    }


def write_tags(talk: Talk, astronomy: Iterable[str], ml: Iterable[str], origin: TagOrigin) -> None:
    """Make the talk's areas exactly these slugs.

    Areas that stay keep who put them there, but what a rule found and a person chose is chosen.
    """
    wanted = set(astronomy)
    talk.astronomy_tags.exclude(area__slug__in=wanted).delete()
    talk.astronomy_tags.filter(origin=TagOrigin.RULE).update(origin=origin)
    kept = set(talk.astronomy_tags.values_list("area__slug", flat=True))
    TalkAstronomyArea.objects.bulk_create(
        TalkAstronomyArea(talk=talk, area=area, origin=origin)
        for area in AstronomyArea.objects.filter(slug__in=wanted - kept)
    )
    wanted = set(ml)
    talk.ml_tags.exclude(area__slug__in=wanted).delete()
    talk.ml_tags.filter(origin=TagOrigin.RULE).update(origin=origin)
    kept = set(talk.ml_tags.values_list("area__slug", flat=True))
    TalkMLArea.objects.bulk_create(
        TalkMLArea(talk=talk, area=area, origin=origin)
        for area in MLArea.objects.filter(slug__in=wanted - kept)
    )


def _write_areas(talk: Talk, proposal: Proposal) -> None:
    """The areas that were chosen, and those that the text as typed names by exact rules."""
    write_tags(talk, proposal.astronomy_area_slugs, proposal.ml_area_slugs, TagOrigin.SPEAKER)
    if talk.astronomy_areas_text:
        found = match_areas(Kind.ASTRONOMY, talk.astronomy_areas_text).areas
        TalkAstronomyArea.objects.bulk_create(
            TalkAstronomyArea(talk=talk, area=area, origin=TagOrigin.RULE)
            for area in AstronomyArea.objects.filter(slug__in=found).exclude(tags__talk=talk)
        )
    if talk.ml_areas_text:
        found = match_areas(Kind.ML, talk.ml_areas_text).areas
        TalkMLArea.objects.bulk_create(
            TalkMLArea(talk=talk, area=area, origin=TagOrigin.RULE)
            for area in MLArea.objects.filter(slug__in=found).exclude(tags__talk=talk)
        )


def _already_submitted(proposal: Proposal) -> Talk | None:
    if proposal.submit_key is None:
        return None
    return Talk.objects.filter(submit_key=proposal.submit_key).first()


def _create(meeting: Meeting, proposal: Proposal, *, by: User | None, at: datetime) -> Talk:
    talk = Talk(meeting=meeting, created_at=at, submit_key=proposal.submit_key)
    _write_text(talk, proposal, at=at)
    talk.state = next_state(State.DRAFT, Action.SUBMIT).value
    talk.submitted_at = at
    talk.save()
    _write_authors(talk, proposal.authors)
    _write_areas(talk, proposal)
    reindex(talk)
    history.record(talk, Action.SUBMIT.value, by=by, at=at)
    state_changed.send(
        sender=Talk, talk=talk, before=State.DRAFT, after=talk.lifecycle_state, by=by, at=at
    )
    return talk


def _write_text(talk: Talk, proposal: Proposal, *, at: datetime) -> None:
    talk.title = proposal.title
    talk.abstract = proposal.abstract
    talk.format_id = proposal.format_id
    talk.astronomy_areas_text = proposal.astronomy_areas_text
    talk.ml_areas_text = proposal.ml_areas_text
    talk.remarks = proposal.remarks
    talk.changed_at = at


def _write_authors(talk: Talk, authors: tuple[ProposedAuthor, ...]) -> None:
    talk.authorships.all().delete()
    seen: set[int] = set()
    for author in authors:
        speaker = find_or_make_speaker(talk.meeting, author)
        if speaker.pk in seen:
            continue
        seen.add(speaker.pk)
        authorship = Authorship.objects.create(
            talk=talk, speaker=speaker, position=len(seen), is_presenting=author.is_presenting
        )
        Affiliation.objects.bulk_create(
            Affiliation(authorship=authorship, position=position, name=name)
            for position, name in enumerate(author.affiliations, start=1)
        )


def find_or_make_speaker(meeting: Meeting, author: ProposedAuthor) -> Speaker:
    """The person of this meeting whom `author` means, or a new one.

    The same person has the same e-mail address (or neither has one) and the same name or ORCID.
    An ORCID alone proves nothing: it is public, and anybody can type it.
    """
    same_address = Speaker.objects.filter(meeting=meeting, email__iexact=author.email)
    folded = fold(f"{author.family_name} {author.given_name}")
    for person in same_address.filter(Q(folded_name=folded) | Q(orcid=author.orcid, orcid__gt="")):
        if not author.orcid or not person.orcid or author.orcid == person.orcid:
            if author.orcid and not person.orcid:
                person.orcid = author.orcid
                person.save(update_fields=["orcid"])
            return person
    return Speaker.objects.create(
        meeting=meeting,
        given_name=author.given_name,
        family_name=author.family_name,
        email=author.email,
        orcid=author.orcid,
    )


def _correct_own_people(talk: Talk, authors: tuple[ProposedAuthor, ...]) -> None:
    """Write corrected names and ORCIDs to people who are on this talk alone, known by address.

    So a mended typing error does not leave a second person behind; people who are on other talks
    too are never changed from one talk's form.
    """
    by_email = {author.email.lower(): author for author in authors if author.email}
    alone = Speaker.objects.annotate(talk_count=Count("authorships")).filter(
        authorships__talk=talk, talk_count=1
    )
    for person in Speaker.objects.filter(pk__in=alone.values("pk")):
        author = by_email.get(person.email.lower())
        if author is not None:
            person.given_name, person.family_name = author.given_name, author.family_name
            person.orcid = author.orcid
            person.save()


def _author_line(authorship: Authorship) -> str:
    institutes = "; ".join(affiliation.name for affiliation in authorship.affiliations.all())
    presenting = " *" if authorship.is_presenting else ""
    speaker = authorship.speaker
    parts = [f"{speaker.name}{presenting}", speaker.email, institutes]
    return ", ".join(part for part in parts if part)
