"""Taking a person out of the tables of this app, one part after the other (operations/erasing.py).

The order counts: texts first, while it is still known who is on which talk; the person last.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet

from submissions.domain.identity_texts import NAME_REMOVED
from submissions.domain.lifecycle import Action, State
from submissions.domain.outbox import EmailState
from submissions.models import (
    Authorship,
    Draft,
    Email,
    EmailAttempt,
    EmailChange,
    HistoryEntry,
    LateLink,
    Material,
    Meeting,
    PendingImport,
    Speaker,
    Talk,
)
from submissions.operations import answering
from submissions.operations.erasing import LIVE_STATES, Erasure, eraser
from submissions.operations.indexing import reindex

TEXT_REMOVED: Final = "Text removed"
NO_ADDRESS: Final = "erased@erased.invalid"
"""Stands for an address; no mail can ever reach a name that ends like this."""
_TEXTS: Final = (
    *("abstract", "collaboration", "remarks", "astronomy_areas_text", "ml_areas_text"),
    *("preference", "decision_note", "prepared_note"),
)


@eraser("submissions.Draft")
def drafts(erasure: Erasure) -> None:
    """Their own drafts go; out of those of others they are taken."""
    meeting, identity = erasure.meeting, erasure.identity
    if identity.email:
        own = Draft.objects.filter(email__iexact=identity.email, talk__meeting=meeting)
        Talk.objects.filter(draft__in=own, state=State.DRAFT.value, authorships=None).delete()
        own.delete()
    Draft.objects.filter(talk__in=[talk.pk for talk in erasure.alone]).delete()
    for draft in Draft.objects.of_meeting(meeting).exclude(content={}):
        content = _without_entries(draft.content, erasure)
        content = {name: identity.out_of_data(texts) for name, texts in content.items()}
        if content != draft.content:
            Draft.objects.filter(pk=draft.pk).update(content=content)


def _without_entries(content: dict[str, Any], erasure: Erasure) -> dict[str, Any]:
    """The form without what was typed about them as one of the authors."""

    def typed(number: str, field: str) -> str:
        texts = content.get(f"authors-{number}-{field}") or [""]
        return str(texts[0]).strip().lower()

    identity = erasure.identity
    numbers = {name.split("-")[1] for name in content if name.startswith("authors-")}
    theirs = {
        number
        for number in numbers
        if (identity.email and typed(number, "email") == identity.email.lower())
        or (typed(number, "given_name"), typed(number, "family_name"))
        == (identity.given_name.lower(), identity.family_name.lower())
    }
    cleared = {}
    for name, texts in content.items():
        parts = name.split("-")
        is_theirs = parts[0] == "authors" and len(parts) > 2 and parts[1] in theirs
        if is_theirs and parts[2] not in {"ORDER", "DELETE", "is_presenting"}:
            cleared[name] = [NAME_REMOVED if parts[2] == "family_name" else ""] * len(texts)
        else:
            cleared[name] = texts
    return cleared


@eraser("submissions.Talk", "submissions.Answer", "submissions.Material")
def talks(erasure: Erasure) -> None:
    for talk in erasure.alone:
        _empty(talk, erasure)
    for talk in [*erasure.published, *erasure.shared]:
        authors = list(talk.authorships.all())
        is_theirs = len(authors) == 1 or any(
            each.speaker_id == erasure.speaker.pk and each.is_presenting for each in authors
        )
        _take_out(talk, erasure, is_theirs=is_theirs)


def _empty(talk: Talk, erasure: Erasure) -> None:
    """Of a talk that nobody else is on its place in the record remains: code, state, dates."""
    if talk.lifecycle_state is State.DRAFT:
        talk.delete()
        return
    if talk.lifecycle_state in LIVE_STATES:
        talk = answering.answer(talk, Action.WITHDRAW, by=erasure.by, at=erasure.at)
    talk.title = TEXT_REMOVED
    for name in _TEXTS:
        setattr(talk, name, "")
    talk.is_remote, talk.submit_key = False, None
    talk.link_version += 1
    talk.prepared_decision, talk.prepared_at, talk.prepared_by = "", None, None
    talk.save()
    talk.answers.all().delete()
    talk.materials.all().delete()


def _take_out(talk: Talk, erasure: Erasure, *, is_theirs: bool) -> None:
    """Out of the texts of a talk that stays; what the presenting author told in private goes."""
    stays_as_published = talk in erasure.published and erasure.keeps_published
    if is_theirs:
        # The private link went to their mailbox; other authors come back by signing in.
        talk.link_version += 1
        talk.remarks = ""
        talk.answers.filter(question__is_public=False).delete()
        _remove_materials(talk.materials.all(), keeps_public=stays_as_published)
    for name in ("remarks", "decision_note", "prepared_note"):
        setattr(talk, name, erasure.identity.out_of(getattr(talk, name), also_family_name=True))
    if not stays_as_published:
        for name in ("title", "abstract", "collaboration"):
            setattr(talk, name, erasure.identity.out_of(getattr(talk, name)))
        for material in talk.materials.all():
            _rename(material, erasure)
    talk.save()


def _remove_materials(materials: QuerySet[Material], *, keeps_public: bool) -> None:
    """What was published stays where the programme stays; names and contents tell who made it."""
    if keeps_public:
        materials = materials.filter(is_public=False)
    materials.delete()


def _rename(material: Material, erasure: Erasure) -> None:
    label = erasure.identity.out_of(material.label, also_family_name=True)
    file_name = erasure.identity.out_of(material.file_name, also_family_name=True)
    if (label, file_name) != (material.label, material.file_name):
        Material.objects.filter(pk=material.pk).update(label=label, file_name=file_name)


@eraser("submissions.HistoryEntry")
def history(erasure: Erasure) -> None:
    """What changed stays known, who it was about does not; of emptied talks neither does."""
    emptied = [talk.pk for talk in erasure.alone if talk.pk]
    HistoryEntry.objects.filter(talk__in=emptied).update(note="")
    for entry in HistoryEntry.objects.filter(talk__in=emptied).exclude(changes={}):
        kept = {name: pair for name, pair in entry.changes.items() if name == "state"}
        HistoryEntry.objects.filter(pk=entry.pk).update(changes=kept)
    theirs = {talk.pk for talk in erasure.talks}
    keeping = {talk.pk for talk in erasure.published} if erasure.keeps_published else set()
    others = HistoryEntry.objects.filter(talk__meeting=erasure.meeting).exclude(talk__in=emptied)
    for entry in others.iterator(chunk_size=500):
        how = {
            "keeps_names": entry.talk_id in keeping,
            "also_family_name": entry.talk_id in theirs,
        }
        changes = erasure.identity.out_of_data(entry.changes, **how)
        note = erasure.identity.out_of(entry.note, **how)
        if (changes, note) != (entry.changes, entry.note):
            HistoryEntry.objects.filter(pk=entry.pk).update(changes=changes, note=note)


@eraser("submissions.Email", "submissions.EmailAttempt", "submissions.EmailChange")
def emails(erasure: Erasure) -> None:
    """Mails to them keep their date and cause; out of mails to others they are taken."""
    identity = erasure.identity
    if identity.email:
        forget_mails_to(identity.email, Email.objects.filter(meeting=erasure.meeting))
    for email in Email.objects.filter(meeting=erasure.meeting).exclude(body=""):
        subject = identity.out_of(email.subject, keeps_names=erasure.keeps_name)
        body = identity.out_of(email.body, keeps_names=erasure.keeps_name)
        if (subject, body) != (email.subject, email.body):
            Email.objects.filter(pk=email.pk).update(subject=subject, body=body)
    for change in EmailChange.objects.filter(email__meeting=erasure.meeting).exclude(changes={}):
        changes = identity.out_of_data(change.changes, keeps_names=erasure.keeps_name)
        if changes != change.changes:
            EmailChange.objects.filter(pk=change.pk).update(changes=changes)


def forget_mails_to(address: str, emails: QuerySet[Email]) -> None:
    """Delete what was not sent; of what was, keep when and why."""
    theirs = emails.filter(recipient__iexact=address)
    _forget_in_log(Email, theirs.values_list("pk", flat=True))
    theirs.exclude(state=EmailState.SENT.value).delete()
    EmailAttempt.objects.filter(email__in=theirs).update(answer="")
    EmailChange.objects.filter(email__in=theirs).update(changes={})
    for email in theirs:
        Email.objects.filter(pk=email.pk).update(
            recipient=NO_ADDRESS,
            recipient_name="",
            subject="",
            body="",
            last_error="",
            dedupe_key=f"erased:{email.pk}",
        )


@eraser("submissions.LateLink", "submissions.PendingImport", "admin.LogEntry")
def records_of_organisers(erasure: Erasure) -> None:
    """Notes on late links; uploaded spreadsheets, whatever they hold; the log of the admin."""
    identity, meeting = erasure.identity, erasure.meeting
    for link in LateLink.objects.filter(meeting=meeting):
        note = identity.out_of(link.note, also_family_name=True)
        if note != link.note:
            LateLink.objects.filter(pk=link.pk).update(note=note)
    PendingImport.objects.filter(meeting=meeting).delete()
    _forget_in_log(Speaker, [erasure.speaker.pk])
    _forget_in_log(Talk, [talk.pk for talk in erasure.alone if talk.pk])
    for model in (Speaker, Talk):
        of_meeting = set(
            model._default_manager.filter(meeting=meeting).values_list("pk", flat=True)
        )
        for entry in _log_of(model):
            text = identity.out_of(entry.object_repr, keeps_names=erasure.keeps_name)
            if text != entry.object_repr and int(entry.object_id or 0) in of_meeting:
                LogEntry.objects.filter(pk=entry.pk).update(object_repr=text)


def _forget_in_log(model: type[Model], keys: Iterable[int]) -> None:
    about = _log_of(model).filter(object_id__in=[str(key) for key in keys])
    about.update(object_repr=NAME_REMOVED, change_message="")


def _log_of(model: type[Model]) -> QuerySet[LogEntry]:
    """What the admin's own log says about rows of this kind."""
    kind = model._meta
    return LogEntry.objects.filter(
        content_type__app_label=kind.app_label, content_type__model=kind.model_name
    )


@eraser(
    *("submissions.Speaker", "submissions.Authorship", "submissions.Affiliation"),
    "submissions.ErasureRequest",
)
def person(erasure: Erasure) -> None:
    """The person last. They stay, without address, where the programme shows them; else nobody."""
    speaker = erasure.speaker
    Authorship.objects.filter(speaker=speaker).update(objection="")
    speaker.email, speaker.orcid, speaker.user = "", "", None
    if erasure.keeps_name:
        speaker.save()
        theirs = Authorship.objects.filter(speaker=speaker)
        elsewhere = theirs.exclude(talk__in=[talk.pk for talk in erasure.published])
        _hand_over(elsewhere, erasure.meeting)
    else:
        _forget_institutes(Authorship.objects.filter(speaker=speaker))
        speaker.given_name, speaker.family_name, speaker.slug = "", NAME_REMOVED, ""
        speaker.save()
    for talk in Talk.objects.filter(pk__in=[talk.pk for talk in erasure.talks if talk.pk]):
        reindex(talk)


def _hand_over(authorships: QuerySet[Authorship], meeting: Meeting) -> None:
    """Put a new entry without anything of anybody in the person's place on these talks."""
    if authorships.exists():
        _forget_institutes(authorships)
        nobody = Speaker.objects.create(meeting=meeting, family_name=NAME_REMOVED)
        authorships.update(speaker=nobody)


def _forget_institutes(authorships: QuerySet[Authorship]) -> None:
    for authorship in authorships:
        authorship.affiliations.all().delete()
