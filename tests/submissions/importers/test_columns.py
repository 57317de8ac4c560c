"""Which column holds what, by its name and by a person's correction."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.importers.column_names import Field, recognise
from submissions.importers.columns import (
    ColumnsNotValid,
    corrected,
    guess_columns,
    parse_correction,
)

F = Field
NAMES = {
    F.GIVEN_NAME: [
        "First Name",
        "Given name(s)",
        "FirstName",
        "first_name",
        "Forename",
        "Presenting author first name",
    ],
    F.FAMILY_NAME: ["Surname", "Last name", "Family Name", "last_name", "Speaker surname"],
    F.FULL_NAME: [
        "Name",
        "Your name",
        "Full name",
        "Speaker",
        "Speaker's name",
        "Presenting author",
        "Presenter",
        "Presenting",
        "Name and surname",
        "Name of the presenting author",
    ],
    F.EMAIL: [
        "E-mail address",
        "Email Address",
        "e-mail",
        "Your email",
        "Email of the presenting author",
    ],
    F.ORCID: ["ORCID", "ORCiD", "ORCID iD", "Your ORCID (if you have one)"],
    F.AFFILIATIONS: [
        "Institution",
        "Affiliation(s)",
        "Affiliation 1",
        "University / Institute",
        "Home institution",
        "Presenting author affiliation",
        "Name of your institution",
    ],
    F.TITLE: [
        "Title",
        "Proposed Talk Title",
        "Title of your presentation",
        "Abstract title",
        "Talk title (max 15 words)",
    ],
    F.ABSTRACT: ["Abstract", "Abstract (max 250 words)", "Talk abstract", "Summary"],
    F.ASTRONOMY_AREAS: [
        "Area of Astronomy Research",
        "Astronomy topic",
        "Which area of astronomy does your talk belong to?",
        "Science area",
    ],
    F.ML_AREAS: [
        "Areas of Machine Learning / AI",
        "AI/ML topic",
        "Machine learning methods",
        "ML keywords",
    ],
    F.AREAS: [
        "Keywords",
        "Research area",
        "Topics",
        "Primary research area",
        "Astronomy and machine learning keywords",
    ],
    F.FORMAT: [
        "Format",
        "Contribution type",
        "Type of contribution",
        "Oral or poster?",
        "Preferred format",
    ],
    F.CO_AUTHORS: ["Co-authors", "Coauthors (comma separated)", "Other authors", "Authors"],
    F.REMARKS: [
        "Remarks",
        "Any other comments",
        "Notes to organisers",
        "Comments for the organisers",
    ],
    F.CODE: ["code", "Talk code", "Submission code"],
}
OTHERS = [
    "Timestamp",
    "Job title",
    "Academic title",
    "Session title",
    "Supervisor name",
    "Co-author emails",
    "Country",
    "Dietary requirements",
    "Have you used machine learning in astronomy before?",
    "Submitted",
    "State",
    "",
    "x" * 500,
]


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for field, names in NAMES.items() for name in names]
)
def test_name_is_recognised_by_its_meaning(name: str, field: Field) -> None:
    guess = recognise(name)
    assert guess is not None
    assert guess.field is field


@pytest.mark.parametrize("name", OTHERS)
def test_name_about_something_else_is_not_imported(name: str) -> None:
    assert recognise(name) is None


@given(st.text(max_size=300))
def test_any_name_is_recognised_or_not(name: str) -> None:
    recognise(name)


def test_the_plain_value_of_every_field_is_its_own_name() -> None:
    """So that a table whose columns carry our own words needs no mapping."""
    found = {field: recognise(field.value) for field in Field}
    assert {field: guess.field for field, guess in found.items() if guess} == {
        field: field for field in Field
    }


class TestGuessing:
    def test_lists_what_is_not_imported(self) -> None:
        columns = guess_columns(["Timestamp", "Surname", "Title", "T-shirt size"])
        assert columns.by_name() == {
            "Timestamp": None,
            "Surname": "family_name",
            "Title": "title",
            "T-shirt size": None,
        }
        assert columns.not_imported() == ("Timestamp", "T-shirt size")

    def test_takes_the_better_of_two_and_says_so(self) -> None:
        columns = guess_columns(["Summary", "Surname", "Abstract", "Title"])
        assert columns.fields == (None, F.FAMILY_NAME, F.ABSTRACT, F.TITLE)
        assert columns.notes == (
            "“Summary” and “Abstract” look like abstract; “Abstract” was taken.",
        )

    def test_takes_the_fuller_of_two_equals_then_the_left_one(self) -> None:
        header = ["E-mail", "E-mail address", "Surname"]
        assert guess_columns(header).of(F.EMAIL) == (0,)
        rows = [("", "a@example.org", "A"), ("", "b@example.org", "B")]
        assert guess_columns(header, rows).of(F.EMAIL) == (1,)

    def test_joins_columns_of_a_list(self) -> None:
        columns = guess_columns(["Affiliation 1", "Affiliation 2", "Surname"])
        assert columns.of(F.AFFILIATIONS) == (0, 1)
        assert columns.notes == (
            "“Affiliation 1” and “Affiliation 2” are read one after the other as affiliations.",
        )

    def test_takes_areas_as_typed_before_labels(self) -> None:
        columns = guess_columns(["Astronomy areas", "Astronomy areas as typed", "Title"])
        assert columns.of(F.ASTRONOMY_AREAS) == (1,)
        assert columns.notes[0].endswith("“Astronomy areas as typed” was taken.")

    def test_knows_the_title_of_a_person_by_its_values(self) -> None:
        rows = [("Dr", "Example", "Rings"), ("Prof.", "Sample", "Moons"), ("", "Third", "X")]
        columns = guess_columns(["Title", "Surname", "Talk title"], rows)
        assert columns.fields == (None, F.FAMILY_NAME, F.TITLE)
        assert columns.notes == ()

    def test_takes_name_beside_surname_for_the_given_name(self) -> None:
        assert guess_columns(["Name", "Surname", "Title"]).fields == (
            F.GIVEN_NAME,
            F.FAMILY_NAME,
            F.TITLE,
        )

    def test_names_what_is_missing(self) -> None:
        assert guess_columns(["Abstract"]).missing() == (
            "the title (title)",
            "the speaker's name (family_name and given_name, or full_name)",
        )
        assert guess_columns(["Code", "Abstract"]).missing() == ()


class TestCorrecting:
    def test_has_the_last_word(self) -> None:
        columns = corrected(
            guess_columns(["Title", "Surname", "Thema"]), {"thema": F.TITLE, "Surname": F.FULL_NAME}
        )
        assert columns.by_name() == {"Title": None, "Surname": "full_name", "Thema": "title"}

    def test_can_leave_a_column_out(self) -> None:
        assert corrected(guess_columns(["Title", "Remarks"]), {"Remarks": None}).fields == (
            F.TITLE,
            None,
        )

    def test_names_the_columns_that_are_there(self) -> None:
        with pytest.raises(
            ColumnsNotValid, match=r"no column “Titel”\. The columns are “Title”, “Surname”"
        ):
            corrected(guess_columns(["Title", "Surname"]), {"Titel": F.TITLE})

    def test_refuses_one_field_for_two_columns(self) -> None:
        with pytest.raises(ColumnsNotValid, match="Two columns are said to hold title"):
            corrected(guess_columns(["A", "B"]), {"A": F.TITLE, "B": F.TITLE})

    def test_of_a_list_may_name_two_columns(self) -> None:
        columns = corrected(guess_columns(["A", "B"]), {"A": F.AFFILIATIONS, "B": F.AFFILIATIONS})
        assert columns.of(F.AFFILIATIONS) == (0, 1)

    @pytest.mark.parametrize(
        ("text", "correction"),
        [
            ("Surname=family_name", ("Surname", F.FAMILY_NAME)),
            (" H = x = Family-Name ", ("H = x", F.FAMILY_NAME)),
            ("Notes=", ("Notes", None)),
            ("Notes=-", ("Notes", None)),
            ("Notes=none", ("Notes", None)),
        ],
    )
    def test_is_written_with_an_equals_sign(
        self, text: str, correction: tuple[str, Field | None]
    ) -> None:
        assert parse_correction(text) == correction

    @pytest.mark.parametrize("text", ["Surname", "=title", ""])
    def test_without_a_name_is_refused(self, text: str) -> None:
        with pytest.raises(ColumnsNotValid, match="Header=field"):
            parse_correction(text)

    def test_to_an_unknown_field_lists_the_known_ones(self) -> None:
        with pytest.raises(
            ColumnsNotValid, match=r"“titel” is not a field\. The fields are code, title"
        ):
            parse_correction("A=titel")


def test_every_field_is_explained_in_the_papers() -> None:
    page = Path(__file__).parents[3] / "docs" / "importing.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    explained = [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(explained) == sorted(Field)
