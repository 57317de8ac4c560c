"""Rows against the talks that are there: new, changed cell by cell, the same, refused."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from submissions.importers.people import Person
from submissions.importers.talks import TalkRow
from tests.submissions.importers.paper_meeting import (
    ADA,
    BO,
    Meeting,
    changes,
    reason,
    row,
    with_talk,
)


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
