"""Who is who: people of the meeting and people that rows name."""

from dataclasses import replace

from submissions.importers.outcomes import KnownAuthor
from submissions.importers.people import Person
from tests.submissions.importers.paper_meeting import (
    ADA,
    BO,
    Meeting,
    changes,
    reason,
    row,
    with_talk,
)


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
