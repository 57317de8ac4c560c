"""Rows into talks: what is cleaned, what is pointed out, what is refused."""

import pytest

from submissions.importers.columns import guess_columns
from submissions.importers.people import Person
from submissions.importers.tables import read_pasted
from submissions.importers.talks import RefusedRow, Rules, TalkRow, read_talks

RULES = Rules(title_limit=60, word_limit=5, formats=("Contributed talk", "Poster"))


def read(cells: dict[str, str], rules: Rules = RULES) -> TalkRow | RefusedRow:
    """One row with these cells; given are a title and a family name."""
    cells = {"Title": "Rings", "Surname": "Example"} | cells
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells.values()]
    header = "\t".join(f'"{name}"' for name in cells)
    table = read_pasted(f"{header}\n" + "\t".join(quoted))
    talks, refused = read_talks(table, guess_columns(table.header), rules)
    return talks[0] if talks else refused[0]


def talk(**cells: str) -> TalkRow:
    row = read({name.replace("_", " "): cell for name, cell in cells.items()})
    assert isinstance(row, TalkRow), row
    return row


def reasons(**cells: str) -> tuple[str, ...]:
    row = read({name.replace("_", " "): cell for name, cell in cells.items()})
    assert isinstance(row, RefusedRow), row
    return row.reasons


def test_row_becomes_a_talk_with_everything_in_it() -> None:
    row = talk(
        First_name=" Clár-Bríd ",
        Surname="O’Example",
        Title="Rings   around\nstars",
        Email="mailto:ada@example.org",
        ORCID="https://orcid.org/0000-0002-1825-0097",
        Affiliation="University of Examples; Institute",
        Co_authors="Sample, Bo; Ada O’Example",
        Astronomy_area="Extragalactic FIR, ",
        ML_area="CNN",
        Format="contributed TALK",
        Abstract="Text with $c > b$",
        Remarks="- please early\n- thanks",
        Code="abc234",
    )
    assert row == TalkRow(
        number=2,
        title="Rings around stars",
        speaker=Person(
            "Clár-Bríd",
            "O’Example",
            "ada@example.org",
            "0000000218250097",
            ("University of Examples", "Institute"),
        ),
        code="ABC234",
        co_authors=(Person("Bo", "Sample"), Person("", "Ada O’Example")),
        astronomy_areas="Extragalactic FIR,",
        ml_areas="CNN",
        format="Contributed talk",
        abstract="Text with $c > b$",
        remarks="- please early\n- thanks",
        cells=row.cells,
    )
    assert row.cells[0] == "Rings   around\nstars"


def test_mixed_areas_go_to_both_kinds_as_typed() -> None:
    row = talk(Keywords="CNN, lensing", ML_area="deep learning")
    assert (row.astronomy_areas, row.ml_areas) == ("CNN, lensing", "deep learning; CNN, lensing")


def test_name_in_one_piece_stays_so() -> None:
    assert talk(Surname="", Speaker="Ada Maria Example").speaker == Person("", "Ada Maria Example")
    assert talk(Surname="", Speaker="Example, Ada").speaker == Person("Ada", "Example")


def test_addresses_of_several_speakers_stay_under_a_code() -> None:
    row = talk(Code="ABC234", Speaker="Ada Example; Bo Sample", Email="bo@example.org")
    assert row.speaker.email == ""
    assert row.warnings == ("Several people present it: their addresses stay as they are.",)


def test_several_speakers_are_one_and_co_authors() -> None:
    row = talk(Surname="", Speaker="Example, Ada; Sample, Bo", Co_authors="Cy Third, Di Fourth")
    assert row.speaker == Person("Ada", "Example")
    assert [person.name for person in row.co_authors] == ["Bo Sample", "Cy Third", "Di Fourth"]


def test_only_name_is_the_family_name() -> None:
    assert talk(First_name="Madonna", Surname="").speaker == Person("", "Madonna")


def test_words_for_nothing_are_nothing() -> None:
    row = talk(Email="n/a", ORCID="-", Co_authors="None")
    assert (row.speaker, row.co_authors) == (Person("", "Example"), ())


def test_mark_of_a_text_that_looks_like_a_formula_is_taken_off() -> None:
    assert talk(Title="'=SUM(A1)").title == "=SUM(A1)"
    assert talk(Abstract="'-5 degrees").abstract == "-5 degrees"
    assert talk(Title="'\"=1+1").title == '"=1+1'
    assert talk(Title="'＝1").title == "＝1"
    assert talk(Title="'Oumuamua").title == "'Oumuamua"
    assert talk(Title="-5 degrees").title == "-5 degrees"


def test_co_authors_that_cannot_be_told_apart_are_kept_in_the_remarks() -> None:
    row = talk(Co_authors="Sample, B., Third, C.", Remarks="Early please")
    assert row.co_authors == ()
    assert row.remarks == "Early please\nCo-authors: Sample, B., Third, C."
    assert row.warnings[0].startswith("Where one co-author's name ends")


def test_row_with_a_code_needs_nothing_else() -> None:
    row = talk(Code="ABC234", Title="", Surname="", Format="Poster")
    assert (row.title, row.speaker, row.format) == ("", Person("", ""), "Poster")


class TestWarnings:
    def test_of_an_abstract_in_html(self) -> None:
        row = talk(Abstract="<p>One &amp; two</p><p>three</p>")
        assert row.abstract == "One & two\n\nthree"
        assert row.warnings == ("The abstract was in HTML and has been converted.",)

    def test_of_too_many_words_as_a_reader_counts_them(self) -> None:
        assert talk(Abstract="a b c $x + y + z$ d").warnings == ()
        assert talk(Abstract="one two three four five six").warnings == (
            "The abstract has 6 words; the meeting asks for 5 at most.",
        )

    def test_of_a_title_over_the_limit(self) -> None:
        assert talk(Title="x" * 61).warnings == (
            "The title has 61 characters; the meeting asks for 60 at most.",
        )

    def test_of_arrows_at_the_end(self) -> None:
        row = talk(Abstract="The end. →→")
        assert row.abstract == "The end. →→"
        assert row.warnings == ("The abstract ends with “→→”. It was kept.",)

    def test_of_a_letter_from_another_alphabet(self) -> None:
        row = talk(Title="Ph\u03bftometry of Hα and ΔT in Ελλάδα", Abstract="Крым")
        assert row.warnings == (
            "The title has letters of two alphabets in one word: “Ph\u03bftometry”. It was kept.",
        )

    def test_of_an_abstract_that_excel_may_have_cut(self) -> None:
        row = read({"Abstract": "x" * 32_767})
        assert isinstance(row, TalkRow)
        assert row.warnings == ("The abstract fills the cell: Excel may have cut off its end.",)

    def test_of_a_short_row(self) -> None:
        table = read_pasted("Surname\tTitle\tAbstract\nExample\tRings\n")
        talks, _ = read_talks(table, guess_columns(table.header), RULES)
        assert talks[0].warnings == (
            "It has 2 cells where the header has 3; the missing ones are taken as blank.",
        )


class TestReasons:
    def test_all_of_a_row_are_given_at_once(self) -> None:
        assert reasons(Title="", Surname=" \u200b", Email="ada at example.org") == (
            "It has no title.",
            "It has no name of a speaker.",
            "“ada at example.org” is not one e-mail address. Leave it blank if there is none.",
        )

    @pytest.mark.parametrize(
        "email",
        ["a@b", "a@b.c", "a b@example.org", "a@x.org; b@x.org", "@x.org", "a@x..org", "a@x.o,rg"],
    )
    def test_address_that_cannot_be_one(self, email: str) -> None:
        assert "is not one e-mail address" in reasons(Email=email)[0]

    def test_orcid_with_a_mistyped_digit(self) -> None:
        [reason] = reasons(ORCID="0000-0002-1825-0098")
        assert reason.startswith("“0000-0002-1825-0098”: A digit of this ORCID seems mistyped")

    def test_unknown_format_names_the_known_ones(self) -> None:
        assert reasons(Format="Keynote") == (
            "There is no format “Keynote”. The meeting has “Contributed talk”, “Poster”.",
        )

    def test_error_of_the_spreadsheet(self) -> None:
        assert reasons(Abstract="#REF!") == (
            "“Abstract” holds #REF!, an error of the spreadsheet.",
        )

    def test_texts_that_are_no_title_or_name(self) -> None:
        assert reasons(Title="x" * 501) == ("“Title” has 501 characters; title may have 500.",)
        assert reasons(Surname="x" * 121) == (
            "“Surname” has 121 characters; family_name may have 120.",
        )
        assert "an affiliation may have 300" in reasons(Affiliation="x" * 301)[0]
        assert "too long for the name of a co-author" in reasons(Co_authors="x" * 121)[0]

    def test_cells_beyond_the_header(self) -> None:
        table = read_pasted("Surname\tTitle\nExample\tRings\ttext\tmore\nExample\tRings\t\t\n")
        talks, refused = read_talks(table, guess_columns(table.header), RULES)
        assert [talk.number for talk in talks] == [3]
        [row] = refused
        assert row.cells == ("Example", "Rings", "text", "more")
        assert row.reasons[0].startswith("It has 4 cells where the header has 2")
