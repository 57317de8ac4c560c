"""The people of a meeting: found again or added, put on talks in order, forgotten when unneeded."""

from collections.abc import Iterable, Sequence

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, ProtectedError, Q
from django.db.models.deletion import Collector

from submissions.domain.names import fold
from submissions.domain.proposal import ProposedAffiliation, ProposedAuthor
from submissions.models import Affiliation, Authorship, Institute, Meeting, Speaker, Talk, User


def find_or_make_speaker(meeting: Meeting, author: ProposedAuthor) -> Speaker:
    """The person of this meeting whom `author` means, or a new one.

    Call it holding the people of the meeting (`Meeting.hold_people`). The same person has the same
    e-mail address (or neither has one) and the same name or ORCID.
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


def write_authors(talk: Talk, authors: Iterable[tuple[Speaker, ProposedAuthor]]) -> None:
    """Make the author list exactly these people in this order; who comes twice counts once."""
    wanted: dict[int, ProposedAuthor] = {}
    for person, author in authors:
        wanted.setdefault(person.pk, author)
    talk.authorships.exclude(speaker__in=wanted).delete()
    there = {authorship.speaker_id: authorship for authorship in talk.authorships.all()}
    confirmed = _confirmed(wanted.values())
    for position, (person_id, author) in enumerate(wanted.items(), start=1):
        authorship = there.get(person_id) or Authorship(talk=talk, speaker_id=person_id)
        authorship.position = position
        authorship.is_presenting = author.is_presenting
        authorship.save()
        _write_affiliations(authorship, author.affiliations, confirmed)


def correct_own_people(talk: Talk, authors: Iterable[ProposedAuthor], *, by: User | None) -> None:
    """Write corrected names and ORCIDs to people whom this talk alone knows, by their address.

    So a mended typing error does not leave a second person behind. Whoever is on another talk,
    chairs a session or has an account of their own is never changed from one talk's form.
    """
    by_email = {author.email.lower(): author for author in authors if author.email}
    known = Speaker.objects.filter(authorships__talk=talk).exclude(email="").select_related("user")
    for person in known:
        author = by_email.get(person.email.lower())
        is_their_own = person.user in (None, by)
        if author is not None and is_their_own and _only_this_talk_needs(person, talk):
            person.given_name, person.family_name = author.given_name, author.family_name
            person.orcid = author.orcid
            person.save()


def correct_own_entry(authorship: Authorship, correction: ProposedAuthor) -> None:
    """Write what an author says of themselves: names for all their talks, institutes for this.

    The link that leads there went to their own address, which is what this person is known by.
    """
    person = authorship.speaker
    person.given_name, person.family_name = correction.given_name, correction.family_name
    person.orcid = correction.orcid
    person.save()
    _write_affiliations(authorship, correction.affiliations, _confirmed([correction]))


def forget_unneeded(people: Iterable[int]) -> None:
    """Delete those of these people (by key) whom nothing refers to and who have no account."""
    for person in Speaker.objects.filter(pk__in=people, authorships=None, user=None):
        if not _what_protects(person):
            person.delete()


def _only_this_talk_needs(person: Speaker, talk: Talk) -> bool:
    return all(
        isinstance(row, Authorship) and row.talk_id == talk.pk for row in _what_protects(person)
    )


def _what_protects(person: Speaker) -> set[Model]:
    """Rows that keep the person from being deleted, in whichever app they are.

    Asked this way because this app does not know the programme, where people chair sessions.
    """
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect([person])
    except ProtectedError as error:
        return set(error.protected_objects)
    return set()


def _confirmed(authors: Iterable[ProposedAuthor]) -> set[ProposedAffiliation]:
    """Those whose name is one of the institute's that the identifier means.

    A name that was changed after it had been chosen, without a script that noticed, is not.
    """
    with_id = {one for author in authors for one in author.affiliations if one.ror_id}
    if not with_id:
        return set()
    institutes = Institute.objects.filter(ror_id__in={one.ror_id for one in with_id})
    by_id = {institute.ror_id: institute for institute in institutes}
    return {one for one in with_id if one.ror_id in by_id and by_id[one.ror_id].is_called(one.name)}


def _write_affiliations(
    authorship: Authorship,
    affiliations: Sequence[ProposedAffiliation],
    confirmed: set[ProposedAffiliation],
) -> None:
    """Make the institutes exactly these; one that keeps its name keeps its ROR identifier."""
    there = list(authorship.affiliations.values_list("name", "ror_id"))
    known = dict(there)
    wanted = [
        (one.name, one.ror_id if one in confirmed else known.get(one.name, ""))
        for one in affiliations
    ]
    if there == wanted:
        return
    authorship.affiliations.all().delete()
    Affiliation.objects.bulk_create(
        Affiliation(authorship=authorship, position=position, name=name, ror_id=ror_id)
        for position, (name, ror_id) in enumerate(wanted, start=1)
    )
