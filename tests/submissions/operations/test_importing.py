"""Importing a spreadsheet: the plan, all or nothing, the same twice, and what is written."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from submissions.admin.downloads import talks_csv
from submissions.domain.lifecycle import State
from submissions.importers.column_names import Field
from submissions.importers.vocabulary import Kind, shipped_areas
from submissions.models import (
    Affiliation,
    Authorship,
    Email,
    HistoryEntry,
    Meeting,
    Speaker,
    TagOrigin,
    Talk,
    TalkMLArea,
)
from submissions.operations import import_history
from submissions.operations.areas import load_areas
from submissions.operations.importing import (
    ColumnsMissing,
    ColumnsNotValid,
    PlanChanged,
    RowsRefused,
    Upload,
    import_talks,
    preview,
)
from submissions.operations.submitting import content_of
from tests.make import (
    NOW,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_speaker,
    make_talk,
)

pytestmark = pytest.mark.django_db

ROW = {
    "First name": "Clár-Bríd",
    "Surname": "Example",
    "E-mail": "clar@example.org",
    "Affiliation": "Institute of Rings; University of Examples",
    "Co-authors": "Sample, Bo;",
    "Title": "Rings",
    "Astronomy area": "Galaxies, ",
    "ML area": "convolutional neural networks",
    "Format": "Poster",
    "Abstract": "Text with $c > b$.",
    "Remarks": "Early, please",
}


def upload(*rows: Mapping[str, str], name: str = "talks.csv") -> Upload:
    """A file whose columns are those of the first row."""
    header = list(rows[0])
    lines = [header, *([row.get(column, "") for column in header] for row in rows)]
    text = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    return Upload(text.encode(), name=name)


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting()
    make_format(meeting, name="Poster", is_poster=True)
    return meeting


def take(meeting: Meeting, *rows: Mapping[str, str], later: int = 0) -> dict[str, int]:
    plan = import_talks(meeting, upload(*rows), by=None, at=NOW + timedelta(hours=later))
    return plan.counts


def counts(new: int = 0, changed: int = 0, same: int = 0, refused: int = 0) -> dict[str, int]:
    return {"new": new, "changed": changed, "same": same, "refused": refused}


def everything() -> list[Sequence[object]]:
    """All rows of all tables that an import could touch."""
    tables = [Talk, Speaker, Authorship, Affiliation, HistoryEntry, TalkMLArea, Email]
    return [list(table._default_manager.order_by("pk").values_list()) for table in tables]


class TestNewTalk:
    def test_has_everything_that_the_row_says(self, meeting: Meeting) -> None:
        area = make_ml_area("Convolutional neural networks")
        organiser = make_organiser(meeting)
        plan = import_talks(meeting, upload(ROW), by=organiser, at=NOW)
        talk = Talk.objects.get()
        assert plan.counts == counts(new=1)
        assert content_of(talk) == {
            "title": "Rings",
            "abstract": "Text with $c > b$.",
            "format": "Poster",
            "authors": [
                "Clár-Bríd Example *, clar@example.org, Institute of Rings; University of Examples",
                "Bo Sample",
            ],
            "astronomy_areas": [],
            "ml_areas": ["convolutional-neural-networks"],
            "astronomy_areas_text": "Galaxies,",
            "ml_areas_text": "convolutional neural networks",
            "remarks": "Early, please",
        }
        assert (talk.lifecycle_state, talk.submitted_at, talk.created_at, talk.changed_at) == (
            State.SUBMITTED,
            NOW,
            NOW,
            NOW,
        )
        assert [(tag.area, tag.origin) for tag in talk.ml_tags.all()] == [(area, TagOrigin.RULE)]
        entry = talk.history.get()
        assert (entry.action, entry.by, entry.at, entry.changes, entry.note) == (
            "import",
            organiser,
            NOW,
            {},
            "talks.csv, line 2",
        )

    def test_is_found_by_the_search(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        for words in (
            "clar brid rings",
            "bo sample",
            "institute of rings",
            Talk.objects.get().code,
        ):
            assert Talk.objects.search(words).count() == 1

    def test_mails_nobody(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        assert (Email.objects.count(), mail.outbox) == (0, [])

    def test_needs_no_address(self, meeting: Meeting) -> None:
        take(meeting, {"Surname": "Example", "Title": "Rings"})
        assert [(s.given_name, s.family_name, s.email) for s in Speaker.objects.all()] == [
            ("", "Example", "")
        ]

    def test_of_somebody_known_makes_no_second_person(self, meeting: Meeting) -> None:
        take(meeting, ROW, ROW | {"Title": "Moons", "E-mail": ""}, ROW | {"Title": "Suns"})
        names = Speaker.objects.order_by("pk").values_list("family_name", "slug", "folded_name")
        assert list(names) == [
            ("Example", "clar-brid-example", "example clar brid"),
            ("Sample", "bo-sample", "sample bo"),
        ]

    def test_of_somebody_of_the_same_name_makes_another_address(self, meeting: Meeting) -> None:
        make_speaker(meeting, given_name="Clár-Bríd", family_name="Example", email="a@example.org")
        take(meeting, ROW)
        slugs = Speaker.objects.order_by("pk").values_list("slug", flat=True)
        assert list(slugs) == ["clar-brid-example", "clar-brid-example-2", "bo-sample"]

    def test_leaves_people_and_talks_of_other_meetings_alone(self, meeting: Meeting) -> None:
        other = make_meeting()
        take(other, {"Surname": "Example", "Title": "Rings"})
        before = Talk.objects.get()
        assert take(meeting, {"Surname": "Example", "Title": "Rings"}) == counts(new=1)
        assert Speaker.objects.filter(meeting=meeting).count() == 1
        assert list(Talk.objects.for_meeting(other)) == [before]


class TestSameFile:
    def test_twice_changes_nothing_at_all(self, meeting: Meeting) -> None:
        load_areas(Kind.ML, shipped_areas(Kind.ML))
        rows = [ROW, ROW | {"Title": "Moons", "Abstract": "<p>One</p><p>two &amp; three</p>"}]
        take(meeting, *rows)
        before = everything()
        assert take(meeting, *rows, later=5) == counts(same=2)
        assert everything() == before

    def test_is_the_same_in_the_preview(self, meeting: Meeting) -> None:
        take(meeting, ROW)
        data = preview(meeting, upload(ROW)).as_data()
        code = Talk.objects.get().code
        assert (data["new"], data["changed"], data["refused"]) == ([], [], [])
        assert [(row["line"], row["code"], row["title"]) for row in data["same"]] == [
            (2, code, "Rings")
        ]

    @pytest.mark.django_db(transaction=True)
    def test_by_two_organisers_at_once_comes_in_once(self, meeting: Meeting) -> None:
        if connection.vendor == "sqlite" and connection.settings_dict["NAME"].startswith(
            "file:memory"
        ):
            pytest.skip("an SQLite database in memory has one writer only")
        start, done = Barrier(2), []

        def run() -> None:
            start.wait()
            done.append(take(meeting, ROW))
            connection.close()

        threads = [Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(done, key=lambda found: found["new"]) == [counts(same=1), counts(new=1)]
        assert Talk.objects.count() == 1


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


class TestAllOrNothing:
    def test_one_refused_row_stops_everything(self, meeting: Meeting) -> None:
        before = everything()
        with pytest.raises(RowsRefused) as stopped:
            take(meeting, ROW, ROW | {"Title": ""}, ROW | {"Title": "X", "Format": "Keynote"})
        assert stopped.value.plan.counts == counts(new=1, refused=2)
        assert stopped.value.plan.as_data()["refused"] == [
            {"line": 3, "reasons": ["It has no title."]},
            {
                "line": 4,
                "reasons": ["There is no format “Keynote”. The meeting has “Poster”."],
            },
        ]
        assert everything() == before

    def test_preview_writes_nothing(self, meeting: Meeting) -> None:
        before = everything()
        assert preview(meeting, upload(ROW)).can_import
        assert everything() == before

    def test_what_was_not_shown_is_not_done(self, meeting: Meeting) -> None:
        plan = preview(meeting, upload(ROW))
        take(meeting, ROW | {"Abstract": "Meanwhile."})
        before = everything()
        with pytest.raises(PlanChanged) as stopped:
            import_talks(meeting, upload(ROW), by=None, at=NOW, expected=plan.fingerprint)
        assert stopped.value.plan.counts == counts(changed=1)
        assert everything() == before

    def test_what_was_shown_is_done(self, meeting: Meeting) -> None:
        plan = preview(meeting, upload(ROW))
        import_talks(meeting, upload(ROW), by=None, at=NOW, expected=plan.fingerprint)
        assert Talk.objects.count() == 1

    def test_failure_half_way_leaves_nothing(
        self, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = everything()

        def fail(*_args: object, **_kwargs: object) -> None:
            raise OSError

        monkeypatch.setattr(import_history, "note_changes", fail)
        with pytest.raises(OSError, match=r"^$"):
            take(meeting, ROW)
        assert everything() == before


class TestColumns:
    def test_without_a_title_or_name_are_named(self, meeting: Meeting) -> None:
        file = upload({"Thema": "Rings", "Surname": "Example"})
        plan = preview(meeting, file)
        assert (plan.missing, plan.counts) == (("the title (title)",), counts())
        assert not plan.can_import
        with pytest.raises(ColumnsMissing, match=r"No column holds the title \(title\)\."):
            import_talks(meeting, file, by=None, at=NOW)

    def test_can_be_corrected_by_hand(self, meeting: Meeting) -> None:
        file = upload({"Thema": "Rings", "Surname": "Example", "Notes": "x"})
        chosen = {"thema": Field.TITLE, "Notes": None}
        plan = import_talks(meeting, file, chosen, by=None, at=NOW)
        assert plan.columns.by_name() == {
            "Thema": "title",
            "Surname": "family_name",
            "Notes": None,
        }
        assert plan.notes == ("Not imported: “Notes”.",)
        assert (Talk.objects.get().title, Talk.objects.get().remarks) == ("Rings", "")

    def test_that_are_not_there_cannot(self, meeting: Meeting) -> None:
        with pytest.raises(ColumnsNotValid, match="no column “Titel”"):
            preview(meeting, upload(ROW), {"Titel": Field.TITLE})

    def test_have_examples(self, meeting: Meeting) -> None:
        plan = preview(meeting, upload(ROW | {"Remarks": ""}, ROW | {"Title": "Moons"}))
        examples = dict(zip(plan.columns.header, plan.examples, strict=True))
        assert (examples["Title"], examples["Remarks"]) == ("Rings", "Early, please")


class TestHints:
    def test_name_areas_that_are_not_recognised(self, meeting: Meeting) -> None:
        make_ml_area("Clustering")
        row = {"Surname": "Example", "Title": "Rings", "Keywords": "clustering, basket weaving"}
        [new] = preview(meeting, upload(row)).as_data()["new"]
        assert new["ml_areas"] == ["clustering"]
        assert new["warnings"] == [
            "The area “basket weaving” is not recognised. It is kept as typed."
        ]

    def test_follow_the_limits_of_the_meeting(self, meeting: Meeting) -> None:
        meeting.word_limit = 3
        [new] = preview(meeting, upload(ROW | {"Abstract": "one two three four"})).as_data()["new"]
        assert "The abstract has 4 words; the meeting asks for 3 at most." in new["warnings"]


def test_list_of_talks_as_downloaded_comes_back_without_a_change(meeting: Meeting) -> None:
    second = make_speaker(meeting, given_name="Bo", family_name="Sample")
    first = make_speaker(meeting, given_name="Clár-Bríd", family_name="O’Example", email="")
    make_talk(meeting, speakers=[first, second], title="=1+1 rings", abstract="- one\n- two  \n\nx")
    make_talk(meeting, State.ACCEPTED, speakers=[first], title="'Oumuamua", affiliation="IoE; X")
    make_talk(meeting, State.DRAFT, speakers=[], title="Nobody's", remarks="<b>bold</b>")
    take(meeting, ROW)
    Authorship.objects.filter(speaker=second).update(is_presenting=True)
    before = everything()
    content = talks_csv(Talk.objects.for_meeting(meeting)).content
    plan = import_talks(meeting, Upload(content, name="talks.csv"), by=None, at=NOW)
    assert plan.as_data()["changed"] == []
    assert plan.counts == counts(same=4)
    assert everything() == before


def test_history_compares_what_it_compares_everywhere(meeting: Meeting) -> None:
    make_ml_area("Convolutional neural networks")
    take(meeting, ROW)
    talk = Talk.objects.get()
    assert import_history.contents([talk.pk]) == {talk.pk: content_of(talk)}


def test_number_of_queries_does_not_grow_with_new_talks(
    meeting: Meeting, django_assert_max_num_queries: object
) -> None:
    rows = [ROW | {"Title": f"Rings {number}"} for number in range(40)]
    with django_assert_max_num_queries(80):  # type: ignore[operator]
        take(meeting, *rows)
