"""Importing a spreadsheet: the plan, all or nothing, the same twice, and what is written."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core import mail

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
from tests.submissions.operations.spreadsheets import ROW, counts, take, upload
from tests.together import shared_database, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    meeting = make_meeting()
    make_format(meeting, name="Poster", is_poster=True)
    return meeting


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
            "collaboration": "",
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
            "preference": "",
            "is_remote": False,
            "answers": [],
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
    def test_by_two_organisers_at_once_comes_in_once(
        self, meeting: Meeting, tmp_path: Path
    ) -> None:
        rows = [ROW | {"Title": f"Rings {number}"} for number in range(20)]
        with shared_database(tmp_path):
            done = together(lambda _number: take(meeting, *rows), 2)
            assert sorted(found["new"] for found in done) == [0, 20]
            assert sorted(found["same"] for found in done) == [0, 20]
            assert (Talk.objects.count(), Speaker.objects.count()) == (20, 2)


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
