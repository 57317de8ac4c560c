"""Rows against what is there: new, changed cell by cell, the same, refused; and who is who."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from submissions.importers.comparison import compare
from submissions.importers.identity import KnownPerson
from submissions.importers.outcomes import (
    ChangedTalk,
    Changes,
    Comparison,
    KnownAuthor,
    KnownTalk,
)
from submissions.importers.people import Person
from submissions.importers.talks import TalkRow

ADA = Person("Ada", "Example", "ada@example.org")
BO = Person("Bo", "Sample")


@dataclass
class Meeting:
    """What an import writes to, without a database."""

    people: dict[int, Person] = field(default_factory=dict)
    talks: dict[int, KnownTalk] = field(default_factory=dict)

    def compare(self, *rows: TalkRow) -> Comparison:
        return compare(rows, self.talks.values(), self.people.items())

    def take(self, *rows: TalkRow) -> Comparison:
        """Do what the comparison says, refused rows left out."""
        found = self.compare(*rows)
        keys = {}
        for known in _used(found):
            keys[known.key] = len(self.people) + 1 if known.is_new else known.key
            self.people[keys[known.key]] = known.person
        for new in found.new:
            authors = [(new.speaker, new.row.speaker), *new.co_authors]
            self._write(
                KnownTalk(len(self.talks) + 1, f"T{len(self.talks) + 1:05}", "", ()),
                new.row,
                [
                    KnownAuthor(keys[key], index == 0, person.affiliations)
                    for index, (key, person) in enumerate(authors)
                ],
            )
        for changed in found.changed:
            self._write(changed.talk, changed.row, list(_authors_after(changed, keys)))
        return found

    def _write(self, talk: KnownTalk, row: TalkRow, authors: list[KnownAuthor]) -> None:
        texts = {
            name: getattr(row, name) or getattr(talk, name)
            for name in ("title", "format", "astronomy_areas", "ml_areas", "abstract", "remarks")
        }
        self.talks[talk.id] = replace(talk, authors=tuple(authors), **texts)


def _used(found: Comparison) -> Iterable[KnownPerson]:
    wanted: set[int] = set()
    for new in found.new:
        wanted.add(new.speaker)
        wanted.update(key for key, _ in new.co_authors)
    for changed in found.changed:
        wanted.add(_speaker(changed))
        wanted.update(key for key, _ in changed.added)
    return [
        known for known in found.people.by_key.values() if not known.is_new or known.key in wanted
    ]


def _speaker(changed: ChangedTalk) -> int:
    """Here every talk has one."""
    assert changed.speaker is not None
    return changed.speaker


def _authors_after(changed: ChangedTalk, keys: dict[int, int]) -> Iterable[KnownAuthor]:
    moved = "speaker" in changed.changes
    speaker = keys[_speaker(changed)]
    said = changed.row.speaker.affiliations
    there = False
    for author in changed.talk.authors:
        key = speaker if author.person == changed.replaced else author.person
        is_speaker = key == speaker
        there = there or is_speaker
        yield KnownAuthor(
            key,
            is_speaker if moved else author.is_presenting,
            said if is_speaker and said else author.affiliations,
        )
    if not there:
        yield KnownAuthor(speaker, is_presenting=True, affiliations=said)
    for added, person in changed.added:
        yield KnownAuthor(keys[added], is_presenting=False, affiliations=person.affiliations)


def row(number: int = 2, title: str = "Rings", speaker: Person = ADA, **texts: str) -> TalkRow:
    return TalkRow(number, title, speaker, **texts)  # type: ignore[arg-type]  # texts only


def with_talk(*rows: TalkRow) -> Meeting:
    meeting = Meeting()
    meeting.take(*rows)
    return meeting


def changes(found: Comparison) -> Changes:
    [changed] = found.changed
    assert not found.new
    assert not found.refused
    return changed.changes


def reason(found: Comparison) -> str:
    [refused] = found.refused
    return refused.reasons[0]


class TestTalk:
    def test_unknown_is_new(self) -> None:
        [new] = Meeting().compare(row()).new
        assert (new.row.title, new.speaker, new.co_authors, new.warnings) == ("Rings", -1, (), ())

    def test_is_the_same_by_folded_title_and_name(self) -> None:
        meeting = with_talk(row(title="Étoiles–Rings", speaker=Person("Clár-Bríd", "Exámple")))
        found = meeting.compare(row(title="etoiles rings", speaker=Person("", "Clar Brid EXAMPLE")))
        assert changes(found) == {"title": ("Étoiles–Rings", "etoiles rings")}

    def test_change_is_shown_cell_by_cell(self) -> None:
        meeting = with_talk(row(abstract="Old", ml_areas="CNN", format="Poster", remarks="Early"))
        found = meeting.compare(row(abstract="New", ml_areas="CNN", remarks="Late"))
        assert changes(found) == {"abstract": ("Old", "New"), "remarks": ("Early", "Late")}

    def test_blank_cell_erases_nothing(self) -> None:
        meeting = with_talk(row(abstract="Old", remarks="Early", format="Poster"))
        [same] = meeting.compare(row(speaker=Person("Ada", "Example"))).same
        assert same.talk.abstract == "Old"

    def test_of_a_code_is_found_whatever_the_title(self) -> None:
        meeting = with_talk(row())
        assert changes(meeting.compare(row(title="Moons", code="T00001"))) == {
            "title": ("Rings", "Moons")
        }

    def test_with_a_code_alone_is_found(self) -> None:
        meeting = with_talk(row())
        found = meeting.compare(TalkRow(2, "", Person("", ""), code="T00001", format="Poster"))
        assert changes(found) == {"format": ("", "Poster")}

    def test_of_an_unknown_code_is_refused(self) -> None:
        assert reason(Meeting().compare(row(code="ABC234"))).startswith(
            "This meeting has no talk ABC234"
        )

    def test_twice_in_a_file_is_refused_with_the_first_line(self) -> None:
        found = Meeting().compare(row(2), row(7, title="RINGS", speaker=Person("Ada", "Example")))
        assert [new.row.number for new in found.new] == [2]
        assert reason(found) == "It is the same talk as line 2: same title, same speaker."

    def test_twice_under_two_names_of_one_person_is_refused(self) -> None:
        known = Person("Ada", "Example", orcid="0000000218250097")
        found = Meeting().compare(
            row(2, speaker=Person("Ada", "Example")),
            row(3, "Moons", known),
            row(4, speaker=replace(known, given_name="Ada Maria")),
        )
        assert reason(found) == "Ada Example has a talk of this title in line 2."

    def test_twice_by_code_and_by_title_is_refused(self) -> None:
        meeting = with_talk(row())
        assert "same talk as line 2" in reason(
            meeting.compare(row(2, title="Moons", code="T00001"), row(3))
        )

    def test_is_recognised_by_a_co_author_too(self) -> None:
        """So a talk whose presenter the organisers changed does not come in twice."""
        meeting = with_talk(row(co_authors=(BO,)))  # type: ignore[arg-type]  # not a text
        found = meeting.compare(row(speaker=BO))
        assert changes(found) == {"speaker": ("Ada Example <ada@example.org>", "Bo Sample")}
        meeting.take(row(speaker=BO))
        assert [author.is_presenting for author in meeting.talks[1].authors] == [False, True]

    def test_is_recognised_by_address_when_the_name_changed(self) -> None:
        meeting = with_talk(row())
        found = meeting.compare(row(speaker=replace(ADA, family_name="Newname")))
        assert changes(found) == {"family_name": ("Example", "Newname")}

    def test_that_is_withdrawn_steps_back_behind_a_live_one(self) -> None:
        meeting = with_talk(row())
        meeting.talks[2] = replace(meeting.talks[1], id=2, code="T00002")
        assert reason(meeting.compare(row())).startswith(
            "Several talks have this title and author: T00001, T00002."
        )
        meeting.talks[1] = replace(meeting.talks[1], is_live=False)
        assert [same.talk.code for same in meeting.compare(row()).same] == ["T00002"]

    def test_with_a_title_much_like_another_of_the_speaker_is_pointed_out(self) -> None:
        meeting = with_talk(row(title="Rings around young stars"))
        [new] = meeting.compare(row(title="Rings around young star")).new
        [warning] = new.warnings
        assert warning == (
            "The speaker already has a talk T00001, “Rings around young stars”. "
            "If this is the same one, say so in a column “code”."
        )

    def test_with_the_title_of_another_person_is_pointed_out(self) -> None:
        found = with_talk(row()).compare(row(2, speaker=BO), row(3, speaker=Person("Cy", "Third")))
        there = "The talk T00001 of other people has the same title."
        in_file = "Line 2 has the same title and another speaker."
        assert [new.warnings for new in found.new] == [(there,), (in_file, there)]


class TestPerson:
    def test_of_one_address_is_one(self) -> None:
        found = Meeting().compare(
            row(2), row(3, title="Moons", speaker=Person("A.", "Example", "ADA@example.org"))
        )
        assert [new.speaker for new in found.new] == [-1, -1]
        assert found.new[1].warnings == (
            "Ada Example: the name is “Ada” in line 2; “A.” is not used.",
        )

    def test_of_one_name_without_contradiction_is_one(self) -> None:
        found = Meeting().compare(
            row(2, speaker=Person("Ada", "Example")), row(3, title="Moons", speaker=ADA)
        )
        assert [new.speaker for new in found.new] == [-1, -1]
        assert found.people[-1].person == ADA

    def test_of_one_name_and_two_addresses_are_two(self) -> None:
        other = replace(ADA, email="other@example.org")
        found = Meeting().compare(row(2), row(3, title="Moons", speaker=other))
        assert [new.speaker for new in found.new] == [-1, -2]

    def test_of_one_name_and_two_orcids_are_two(self) -> None:
        found = Meeting().compare(
            row(2, speaker=Person("Ada", "Example", orcid="0000000218250097")),
            row(3, title="Moons", speaker=Person("Ada", "Example", orcid="0000000151093700")),
        )
        assert [new.speaker for new in found.new] == [-1, -2]

    def test_of_one_address_with_two_orcids_is_refused(self) -> None:
        found = Meeting().compare(
            row(2, speaker=replace(ADA, orcid="0000000218250097")),
            row(3, "Moons", replace(ADA, orcid="0000000151093700")),
        )
        assert reason(found) == "Line 2 gives Ada Example another ORCID."

    def test_of_another_name_cannot_share_an_address(self) -> None:
        found = Meeting().compare(row(2), row(3, "Moons", replace(BO, email="ada@example.org")))
        assert reason(found) == (
            "The e-mail address ada@example.org belongs to Ada Example. "
            "If they are one person, write the name alike; if not, leave the address blank."
        )

    def test_whose_orcid_and_address_belong_to_two_is_refused(self) -> None:
        found = Meeting().compare(
            row(2),
            row(3, "Moons", Person("A.", "Example", "a@x.org", "0000000218250097")),
            row(4, "Suns", replace(ADA, orcid="0000000218250097")),
        )
        assert (
            reason(found) == "The ORCID belongs to A. Example, the e-mail address to Ada Example."
        )

    def test_new_and_named_in_one_piece_is_pointed_out(self) -> None:
        [new] = Meeting().compare(row(speaker=Person("", "Ada Maria Example"))).new
        assert new.warnings[0].startswith("“Ada Maria Example” is kept in one piece")

    def test_named_in_one_piece_is_recognised_and_keeps_the_parts(self) -> None:
        found = Meeting().compare(row(2, speaker=Person("", "Ada Example")), row(3, "Moons", ADA))
        assert {new.speaker for new in found.new} == {-1}
        assert found.people[-1].person == ADA
        [same] = with_talk(row()).compare(row(speaker=Person("", "Ada Example"))).same
        assert same.warnings == ()

    def test_known_in_one_piece_gets_the_parts(self) -> None:
        meeting = with_talk(row(speaker=Person("", "Ada Example")))
        assert changes(meeting.compare(row(speaker=ADA))) == {
            "given_name": ("", "Ada"),
            "family_name": ("Ada Example", "Example"),
            "email": ("", "ada@example.org"),
        }

    def test_with_a_new_address_is_the_same_if_nothing_speaks_against_it(self) -> None:
        meeting = with_talk(row())
        moved = replace(ADA, email="ada@elsewhere.example")
        assert changes(meeting.compare(row(speaker=moved))) == {
            "email": ("ada@example.org", "ada@elsewhere.example")
        }

    def test_whose_old_address_is_still_used_is_another(self) -> None:
        meeting = with_talk(row(), row(3, "Moons"))
        other = replace(ADA, email="other@example.org")
        rows = (row(speaker=other), row(3, "Moons"))
        assert changes(meeting.compare(*rows)) == {
            "speaker": ("Ada Example <ada@example.org>", "Ada Example <other@example.org>")
        }
        meeting.take(*rows)
        assert [talk.authors[0].person for talk in meeting.talks.values()] == [2, 1]

    def test_spelt_otherwise_under_a_code_is_renamed(self) -> None:
        meeting = with_talk(row())
        found = meeting.compare(row(speaker=Person("Adah", "Example"), code="T00001"))
        assert changes(found) == {"given_name": ("Ada", "Adah")}

    def test_of_another_name_under_a_code_presents_and_the_first_stays(self) -> None:
        meeting = with_talk(row())
        meeting.take(row(speaker=BO, code="T00001"))
        assert meeting.talks[1].authors == (
            KnownAuthor(1, is_presenting=False),
            KnownAuthor(2, is_presenting=True),
        )

    def test_who_is_known_may_change_with_a_new_talk(self) -> None:
        meeting = with_talk(row(speaker=Person("Ada", "Example")))
        [new] = meeting.compare(row(title="Moons", speaker=ADA)).new
        assert new.speaker_changes == {"email": ("", "ada@example.org")}


class TestCoAuthors:
    def test_are_added_and_those_who_are_there_stay(self) -> None:
        meeting = with_talk(replace(row(), co_authors=(BO,)))
        found = meeting.compare(replace(row(), co_authors=(Person("Cy", "Third"),)))
        assert changes(found) == {"co_authors": ("Bo Sample", "Bo Sample; Cy Third")}
        meeting.take(replace(row(), co_authors=(Person("Cy", "Third"),)))
        assert [author.person for author in meeting.talks[1].authors] == [1, 2, 3]

    def test_are_recognised_among_the_authors_of_the_talk(self) -> None:
        meeting = with_talk(replace(row(), co_authors=(Person("Bo", "Sample", "bo@example.org"),)))
        assert meeting.compare(replace(row(), co_authors=(Person("", "Bo Sample"),))).same

    def test_who_present_elsewhere_are_the_same_people(self) -> None:
        found = Meeting().compare(
            replace(row(2), co_authors=(Person("", "Bo Sample"),)), row(3, "Moons", BO)
        )
        assert found.new[0].co_authors == ((found.new[1].speaker, Person("", "Bo Sample")),)
        assert found.people[found.new[1].speaker].person == BO

    def test_change_nobody_who_is_known(self) -> None:
        meeting = with_talk(row(2, speaker=BO))
        listed = Person("", "Bo Sample", "bo@example.org")
        [new] = meeting.compare(replace(row(title="Moons"), co_authors=(listed,))).new
        assert new.warnings == ("Bo Sample does not get the e-mail address “bo@example.org”.",)

    def test_with_a_strangers_address_refuse_the_row(self) -> None:
        found = Meeting().compare(
            replace(row(2), co_authors=(Person("", "Bo Sample", "ada@example.org"),))
        )
        assert reason(found).startswith("A co-author: The e-mail address ada@example.org belongs")


class TestAffiliations:
    def test_are_compared_as_a_list(self) -> None:
        there = replace(ADA, affiliations=("IoE", "UoE"))
        meeting = with_talk(row(speaker=there))
        assert meeting.compare(row(speaker=there)).same
        assert changes(meeting.compare(row(speaker=replace(ADA, affiliations=("UoE",))))) == {
            "affiliations": ("IoE; UoE", "UoE")
        }


GIVEN = st.sampled_from(["Ada", "Adá", "Bo", ""])
FAMILY = st.sampled_from(["Example", "Exámple", "Ada Example", "Sample"])
EMAIL = st.sampled_from(["", "", "a@x.org", "A@x.org", "b@x.org", "c@x.org"])
ORCID = st.sampled_from(["", "", "", "0000000218250097", "0000000151093700"])
PEOPLE = st.builds(Person, GIVEN, FAMILY, EMAIL, ORCID, st.sampled_from([(), ("IoE",)]))
ROWS = st.lists(
    st.builds(
        TalkRow,
        number=st.just(0),
        title=st.sampled_from(["Rings", "RINGS", "Moons"]),
        speaker=PEOPLE,
        code=st.sampled_from(["", "", "", "T00001", "T00002"]),
        co_authors=st.lists(PEOPLE, max_size=2).map(tuple),
        abstract=st.sampled_from(["", "One", "Two"]),
    ),
    max_size=5,
).map(lambda rows: [replace(row, number=2 + index) for index, row in enumerate(rows)])


@given(ROWS, ROWS)
def test_what_was_taken_has_nothing_left_to_do(earlier: list[TalkRow], rows: list[TalkRow]) -> None:
    """The same file again finds no talk new and none changed.

    Where it has made two talks alike, by two people of one name, it asks which is meant.
    """
    meeting = Meeting()
    meeting.take(*earlier)
    if meeting.compare(*rows).refused:
        return
    meeting.take(*rows)
    again = meeting.compare(*rows)
    assert not again.new
    assert [changed.changes for changed in again.changed] == []
    assert all(row.reasons[0].startswith("Several talks have") for row in again.refused)
