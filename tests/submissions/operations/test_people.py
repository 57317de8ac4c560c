from typing import Any

import pytest

from sessions.models import SessionChair
from submissions.domain.proposal import ProposedAffiliation, ProposedAuthor, typed_affiliations
from submissions.models import Affiliation, Institute, Meeting, Speaker, Talk, User
from submissions.operations import submitting
from submissions.operations.people import find_or_make_speaker
from tests.make import NOW, make_meeting, make_proposal, make_session, make_slot, make_user

pytestmark = pytest.mark.django_db

ESO = "https://ror.org/01qtasp15"


def proposed(**fields: Any) -> ProposedAuthor:
    values: dict[str, Any] = {
        "given_name": "Ada",
        "family_name": "Lovelace",
        "email": "ada@example.org",
    }
    return ProposedAuthor(**(values | fields))


@pytest.mark.parametrize(
    ("second", "people"),
    [
        (proposed(email="ADA@example.org", given_name="Áda"), 1),
        (proposed(email="someone.else@example.org"), 2),
        (proposed(orcid="000000021694233X"), 2),
        (proposed(family_name="King", orcid="0000000218250097"), 1),
        (proposed(family_name="King"), 2),
        (proposed(email="", orcid="0000000218250097"), 2),
    ],
    ids=[
        "same address and folded name",
        "same name, other address",
        "same name and address, other ORCID",
        "same address and ORCID, other name",
        "same address, other name",
        "same ORCID, no address",
    ],
)
def test_who_is_the_same_person(second: ProposedAuthor, people: int) -> None:
    meeting = make_meeting()
    first = proposed(orcid="0000000218250097")
    find_or_make_speaker(meeting, first)
    find_or_make_speaker(meeting, second)
    assert Speaker.objects.count() == people


def test_people_of_another_meeting_are_other_people() -> None:
    find_or_make_speaker(make_meeting(), proposed())
    find_or_make_speaker(make_meeting(), proposed())
    assert Speaker.objects.count() == 2


def test_the_same_person_on_two_talks_is_one_speaker() -> None:
    meeting = make_meeting()
    for _ in range(2):
        submitting.submit(meeting=meeting, proposal=make_proposal(), by=None, at=NOW)
    assert Speaker.objects.count() == 1


# --- What a revision does to people -----------------------------------------------------------


def submitted(meeting: Meeting, *authors: ProposedAuthor) -> Talk:
    proposal = make_proposal(authors=authors)
    return submitting.submit(meeting=meeting, proposal=proposal, by=None, at=NOW)


def revise(talk: Talk, *authors: ProposedAuthor, by: User | None = None) -> list[str]:
    """The author list afterwards."""
    submitting.revise(talk, make_proposal(authors=authors), by=by, at=NOW)
    return [author.speaker.name for author in talk.authorships.all()]


def names() -> list[str]:
    return sorted(person.name for person in Speaker.objects.all())


def test_a_mended_name_leaves_no_second_person_behind() -> None:
    talk = submitted(make_meeting(), proposed())
    assert revise(talk, proposed(given_name="Augusta")) == names() == ["Augusta Lovelace"]


def test_a_person_taken_off_the_only_talk_is_forgotten() -> None:
    grace = proposed(given_name="Grace", family_name="Hopper", email="grace@example.org")
    talk = submitted(make_meeting(), proposed(), grace)
    assert revise(talk, proposed()) == names() == ["Ada Lovelace"]


def test_one_talk_does_not_rename_or_forget_a_person_who_is_on_another() -> None:
    meeting = make_meeting()
    talk, other = submitted(meeting, proposed()), submitted(meeting, proposed())
    assert revise(talk, proposed(given_name="Eve")) == ["Eve Lovelace"]
    assert [author.name for author in other.authors.all()] == ["Ada Lovelace"]


@pytest.mark.parametrize("part", ["chairs", "leads"])
def test_one_talk_does_not_rename_a_person_with_a_part_in_the_programme(part: str) -> None:
    meeting = make_meeting()
    talk = submitted(meeting, proposed())
    block, person = make_session(meeting), talk.authors.get()
    if part == "chairs":
        SessionChair.objects.create(session=block, speaker=person)
    else:
        make_slot(block, led_by=person)
    assert revise(talk, proposed(given_name="Eve")) == ["Eve Lovelace"]
    assert names() == ["Ada Lovelace", "Eve Lovelace"]


def test_who_has_an_account_is_renamed_by_themselves_only() -> None:
    account, meeting = make_user(), make_meeting()
    talk = submitted(meeting, proposed())
    talk.authors.update(user=account)
    assert revise(talk, proposed(given_name="Augusta"), by=account) == ["Augusta Lovelace"]
    assert names() == ["Augusta Lovelace"]
    revise(talk, proposed(given_name="Eve"))
    assert names() == ["Augusta Lovelace", "Eve Lovelace"]


def test_authors_change_places() -> None:
    grace = proposed(given_name="Grace", family_name="Hopper", email="grace@example.org")
    talk = submitted(make_meeting(), proposed(), grace)
    assert revise(talk, grace, proposed()) == ["Grace Hopper", "Ada Lovelace"]
    assert list(talk.authorships.values_list("position", flat=True)) == [1, 2]


def test_an_institute_that_stays_keeps_the_identifier_an_organiser_found() -> None:
    engines = proposed(affiliations=typed_affiliations("Engines", "Looms"))
    talk = submitted(make_meeting(), engines)
    ror_id = "https://ror.org/0abcdef12"
    Affiliation.objects.filter(name="Looms").update(ror_id=ror_id)
    revise(talk, proposed(affiliations=typed_affiliations("Observatory", "Looms")))
    assert list(Affiliation.objects.values_list("name", "ror_id")) == [
        ("Observatory", ""),
        ("Looms", ror_id),
    ]


@pytest.mark.parametrize(
    ("name", "ror_id", "stored"),
    [
        ("European Southern Observatory", ESO, ESO),
        ("ESO", ESO, ESO),
        ("european southern observatory", ESO, ESO),
        ("European Southern Observatory, Garching", ESO, ""),
        ("Somewhere else", ESO, ""),
        ("ESO", "https://ror.org/036f5mx38", ""),
    ],
)
def test_an_identifier_is_kept_where_the_institute_is_known_by_that_name(
    name: str, ror_id: str, stored: str
) -> None:
    Institute.objects.create(
        name="European Southern Observatory", other_names=["ESO"], ror_id=ESO, origin="shipped"
    )
    affiliation = ProposedAffiliation(name, ror_id)
    submitted(make_meeting(), proposed(affiliations=(affiliation,)))
    assert Affiliation.objects.values_list("name", "ror_id").get() == (name, stored)
