"""Importing over what is there: what changes, what stays, and the history of it."""

from datetime import timedelta

import pytest

from submissions.domain.lifecycle import State
from submissions.models import (
    Affiliation,
    Authorship,
    Meeting,
    Speaker,
    TagOrigin,
    Talk,
    TalkMLArea,
)
from submissions.operations.importing import preview
from submissions.operations.submitting import content_of
from tests.make import NOW, make_format, make_meeting, make_ml_area, make_speaker, make_talk
from tests.submissions.operations.spreadsheets import ROW, counts, take, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting()
    make_format(meeting, name="Poster", is_poster=True)
    return meeting


class TestChangedTalk:
    def test_gets_the_new_cells_and_a_history(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        row = ROW | {"Abstract": "Other text.", "Affiliation": "Institute of Rings", "Remarks": ""}
        assert take(meeting, row, later=1) == counts(changed=1)
        talk = Talk.objects.get()
        assert (talk.abstract, talk.remarks) == ("Other text.", "Early, please")
        assert talk.changed_at == NOW + timedelta(hours=1)
        entry = talk.history.first()
        assert entry is not None
        assert (entry.action, entry.note) == ("import", "talks.csv, line 2")
        assert entry.changes["abstract"] == ["Text with $c > b$.", "Other text."]
        assert [lines[0] for lines in entry.changes["authors"]] == [
            "Clár-Bríd Example *, clar@example.org, Institute of Rings; University of Examples",
            "Clár-Bríd Example *, clar@example.org, Institute of Rings",
        ]
        assert set(entry.changes) == {"abstract", "authors"}

    def test_keeps_the_areas_that_people_chose(self, meeting: Meeting) -> None:
        neural, clustering, chosen = map(
            make_ml_area, ("Neural networks", "Clustering", "Transformers")
        )
        take(meeting, ROW | {"ML area": "neural networks"})
        talk = Talk.objects.get()
        TalkMLArea.objects.create(talk=talk, area=chosen, origin=TagOrigin.ORGANISER)
        take(meeting, ROW | {"ML area": "clustering, transformers"})
        found = talk.ml_tags.order_by("area__label").values_list("area", "origin")
        assert list(found) == [
            (clustering.pk, TagOrigin.RULE),
            (chosen.pk, TagOrigin.ORGANISER),
        ]
        assert neural.tags.count() == 0

    def test_that_a_speaker_edited_shows_what_would_be_lost(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        Talk.objects.update(abstract="Much better.", remarks="Late, please")
        [changed] = preview(meeting, upload(ROW)).as_data()["changed"]
        assert changed["changes"] == {
            "abstract": ["Much better.", "Text with $c > b$."],
            "remarks": ["Late, please", "Early, please"],
        }

    def test_touches_only_columns_of_the_file(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        before = content_of(Talk.objects.get())
        few = {"Surname": "Example", "First name": "Clár-Bríd", "Title": "Rings"}
        assert take(meeting, few) == counts(same=1)
        assert content_of(Talk.objects.get()) == before

    def test_may_change_its_state_no_more(self, meeting: Meeting) -> None:
        speaker = make_speaker(meeting, given_name="Ada", family_name="Example")
        make_talk(meeting, State.CONFIRMED, speakers=[speaker], title="Rings")
        row = {"First name": "Ada", "Surname": "Example", "Title": "Rings", "Abstract": "New."}
        assert take(meeting, row) == counts(changed=1)
        assert Talk.objects.get().lifecycle_state is State.CONFIRMED

    def test_takes_new_co_authors_and_keeps_old_ones(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        take(meeting, ROW | {"Co-authors": "Third, Cy (Institute of Suns);"})
        authors = content_of(Talk.objects.get())["authors"]
        assert authors[1:] == ["Bo Sample", "Cy Third, Institute of Suns"]
        assert Talk.objects.search("cy third suns").count() == 1

    def test_keeps_the_ror_identifier_of_an_institute_that_stays(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        Affiliation.objects.filter(name="University of Examples").update(
            ror_id="https://ror.org/0abcdef12"
        )
        take(meeting, ROW | {"Affiliation": "University of Examples; IoR"})
        found = Affiliation.objects.order_by("position").values_list("name", "ror_id")
        assert list(found) == [
            ("University of Examples", "https://ror.org/0abcdef12"),
            ("IoR", ""),
        ]

    def test_can_be_presented_by_a_co_author(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        code = Talk.objects.get().code
        take(meeting, {"Code": code, "Speaker": "Sample, Bo"})
        assert content_of(Talk.objects.get())["authors"] == [
            "Clár-Bríd Example, clar@example.org, Institute of Rings; University of Examples",
            "Bo Sample *",
        ]

    def test_forgets_a_double_who_is_on_no_talk_any_more(self, meeting: Meeting) -> None:
        double = make_speaker(meeting, given_name="Ada", family_name="Example", email="")
        make_talk(meeting, speakers=[double], title="Rings")
        known = make_speaker(meeting, given_name="Ada", family_name="Example", email="a@x.org")
        row = {"Speaker": "Example, Ada", "Title": "Rings", "E-mail": "a@x.org"}
        assert take(meeting, row) == counts(changed=1)
        assert list(Speaker.objects.all()) == [known]
        assert list(Talk.objects.get().authors.all()) == [known]

    def test_gives_a_person_of_the_same_name_and_another_address_their_place(
        self, meeting: Meeting
    ) -> None:
        rows = [ROW, ROW | {"Title": "Moons"}]
        take(meeting, *rows)
        rows[0] = ROW | {"E-mail": "other@example.org"}
        take(meeting, *rows)
        addresses = Authorship.objects.filter(is_presenting=True).order_by("talk__title")
        assert list(addresses.values_list("speaker__email", flat=True)) == [
            "clar@example.org",
            "other@example.org",
        ]
        assert take(meeting, *rows) == counts(same=2)


class TestCorrectedPerson:
    def test_is_corrected_on_all_talks_with_history_and_search(self, meeting: Meeting) -> None:
        take(meeting, ROW, ROW | {"Title": "Moons"})
        row = ROW | {"Surname": "Newname"}
        assert take(meeting, row) == counts(changed=1)
        assert Talk.objects.search("newname").count() == 2
        entry = Talk.objects.get(title="Moons").history.first()
        assert entry is not None
        assert (entry.note, list(entry.changes)) == ("talks.csv", ["authors"])

    def test_swaps_orcids_without_a_clash(self, meeting: Meeting) -> None:
        first, second = "0000-0002-1825-0097", "0000-0001-5109-3700"
        columns = ("Surname", "E-mail", "Title", "ORCID")
        rows = [
            dict(zip(columns, ("Example", "e@example.org", "Rings", first), strict=True)),
            dict(zip(columns, ("Sample", "s@example.org", "Moons", ""), strict=True)),
        ]
        take(meeting, *rows)
        rows[0]["ORCID"], rows[1]["ORCID"] = second, first
        assert take(meeting, *rows) == counts(changed=2)
        found = Speaker.objects.order_by("family_name").values_list("orcid", flat=True)
        assert list(found) == ["0000000151093700", "0000000218250097"]
