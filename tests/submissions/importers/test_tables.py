"""Bytes and pasted texts into tables: header, delimiter, quotation marks, encodings, refusals."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.importers.rows import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from submissions.importers.tables import Row, Table, TableRefused, read_file, read_pasted

HEADER = "First Name\tSurname\tTitle\tAbstract"
ROW = "Ada\tExample\tRings\tText"


def rows_of(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in table.rows]


def refusal(content: bytes) -> str:
    with pytest.raises(TableRefused) as caught:
        read_file(content)
    return str(caught.value)


class TestHeader:
    def test_below_a_heading_and_blank_lines_is_found(self) -> None:
        table = read_pasted(f"\n\nTalks of the spring meeting\n\n{HEADER}\n{ROW}\n")
        assert table.header == ("First Name", "Surname", "Title", "Abstract")
        assert table.header_number == 5
        assert rows_of(table) == [(6, ("Ada", "Example", "Rings", "Text"))]
        assert table.notes == ("Above the column names, and not imported: line 3.",)

    def test_that_nobody_recognises_is_the_first_row_with_two_cells(self) -> None:
        table = read_pasted("Alles\nVorname\tNachname\nAda\tExample\n")
        assert table.header == ("Vorname", "Nachname")
        assert (
            table.notes[-1] == "The column names were not recognised; those of line 2 were taken."
        )

    def test_is_found_by_names_that_a_person_gave(self) -> None:
        text = "x\ty\tz\nNom\tTitre\tNotes du comité\nExample\tRings\t-\n"
        assert read_pasted(text, known=["nom", "TITRE"]).header_number == 2

    def test_that_is_repeated_is_skipped_and_said_so(self) -> None:
        table = read_pasted(f"{HEADER}\n{ROW}\n{HEADER}\n{ROW}\n")
        assert [row.number for row in table.rows] == [2, 4]
        assert table.notes == ("The column names are repeated, which was skipped: line 3.",)

    def test_names_are_made_different_and_never_blank(self) -> None:
        table = read_pasted("Title\t\tTitle\tSurname\tE-mail\n1\t2\t3\t4\t5\n")
        assert table.header == ("Title", "(column 2)", "Title (2)", "Surname", "E-mail")

    def test_cell_over_two_lines_is_one_name(self) -> None:
        table = read_file(b'Surname,"Areas of\nmachine learning",Title\nExample,CNN,Rings\n')
        assert table.header == ("Surname", "Areas of machine learning", "Title")
        assert rows_of(table) == [(3, ("Example", "CNN", "Rings"))]


class TestDelimiter:
    @pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
    def test_is_the_one_under_which_the_header_is_recognised(self, delimiter: str) -> None:
        text = HEADER.replace("\t", delimiter) + "\n" + ROW.replace("\t", delimiter)
        table = read_file(text.encode())
        assert table.header == ("First Name", "Surname", "Title", "Abstract")
        assert rows_of(table) == [(2, ("Ada", "Example", "Rings", "Text"))]

    def test_tab_is_not_outvoted_by_commas_in_texts(self) -> None:
        text = f"{HEADER}\nAda\tExample\tOne, two\ta, b, c, d, e\nBo\tSample\tX\ty, z\n"
        assert [row.cells for row in read_pasted(text).rows] == [
            ("Ada", "Example", "One, two", "a, b, c, d, e"),
            ("Bo", "Sample", "X", "y, z"),
        ]

    def test_line_that_announces_it_to_excel_is_passed_over(self) -> None:
        table = read_file(b"sep=;\nSurname;Title\nExample;Rings\n")
        assert table.header == ("Surname", "Title")


class TestQuotationMarks:
    def test_in_csv_enclose_delimiters_lines_and_doubled_marks(self) -> None:
        text = 'Surname,Title,Abstract\nExample,"Rings, and ""more""","One\n\ntwo"\nSample,X,Y\n'
        assert rows_of(read_file(text.encode())) == [
            (2, ("Example", 'Rings, and "more"', "One\n\ntwo")),
            (5, ("Sample", "X", "Y")),
        ]

    def test_at_the_start_of_a_pasted_cell_swallow_nothing(self) -> None:
        text = 'Surname\tTitle\tAbstract\nA\t"Big data\tx\nB\tand" more\ty\nC\t"Both" here\tz\n'
        assert [row.cells for row in read_pasted(text).rows] == [
            ("A", '"Big data', "x"),
            ("B", 'and" more', "y"),
            ("C", '"Both" here', "z"),
        ]

    def test_around_a_pasted_cell_of_several_lines_make_it_one(self) -> None:
        text = 'Surname\tTitle\tAbstract\nA\tRings\t"One\ntwo ""three"""\nB\tX\ty\n'
        assert rows_of(read_pasted(text)) == [
            (2, ("A", "Rings", 'One\ntwo "three"')),
            (4, ("B", "X", "y")),
        ]

    def test_of_a_tab_file_written_by_a_program_are_taken_off(self) -> None:
        text = 'Surname\tTitle\nA\t"He said ""hi"", twice"\n'
        assert read_file(text.encode()).rows[0].cells == ("A", 'He said "hi", twice')

    def test_around_a_whole_pasted_title_stay(self) -> None:
        assert read_pasted('Surname\tTitle\nA\t"Clean" data\nB\t"Rings"\n').rows[1].cells == (
            "B",
            '"Rings"',
        )

    def test_left_open_in_csv_are_refused_with_their_line(self) -> None:
        text = 'Surname,Title,Abstract\nA,X,y\nB,"Open, x,y\nC,X,y\nD,X,y\n'
        assert refusal(text.encode()).startswith(
            "The quotation marks of the row that starts on line 3 do not pair"
        )

    def test_left_open_in_tab_text_with_torn_rows_are_said(self) -> None:
        table = read_pasted('Surname\tTitle\tAbstract\nA\tX\t"open\nmore\nB\tX\ty\n')
        assert [row.number for row in table.rows] == [2, 3, 4]
        assert table.notes[0].startswith("The quotation marks from line 2 on do not pair")

    def test_that_do_not_pair_in_csv_without_need_are_text(self) -> None:
        table = read_file(b'Surname,Title\nA,"Big Data" now\nB,5" mirror\n')
        assert [row.cells for row in table.rows] == [("A", '"Big Data" now'), ("B", '5" mirror')]
        assert table.notes == (
            "Quotation marks were read as ordinary characters: they do not pair.",
        )

    def test_that_join_lines_which_look_like_rows_are_pointed_out(self) -> None:
        text = 'Surname,Title,Abstract\nA,X,"open\nB,X,y\nC,X,y\nD,"X, x",y"\nE,X,"a, b"\n'
        with pytest.raises(TableRefused, match="line 2"):
            read_file(text.encode())
        text = 'Surname;Title;Abstract\nA;X;"open; a\nB;X;y\nC;X;y\nD;X;y"\nE;X;"a; b"\n'
        [note] = read_file(text.encode()).notes
        assert note == (
            "The row that starts on line 2 runs to line 5, and the lines between look like rows "
            "themselves: is a closing quotation mark missing?"
        )


class TestRows:
    def test_blank_lines_are_padding_and_the_last_line_needs_no_end(self) -> None:
        table = read_pasted(f"{HEADER}\n{ROW}\n\n \t \n{ROW}")
        assert [row.number for row in table.rows] == [2, 5]

    def test_of_other_lengths_stay_as_they_are(self) -> None:
        table = read_pasted(f"{HEADER}\nAda\tExample\nAda\tExample\tA\tB\tC\n")
        assert [row.cells for row in table.rows] == [
            ("Ada", "Example"),
            ("Ada", "Example", "A", "B", "C"),
        ]

    def test_are_counted_by_lines_of_the_text_whatever_ends_them(self) -> None:
        table = read_file(f"{HEADER}\r{ROW}\r\n\r\n{ROW}\n".encode())
        assert [row.number for row in table.rows] == [2, 4]

    def test_unusual_line_separators_do_not_end_a_row(self) -> None:
        table = read_pasted(f"{HEADER}\nAda\tExample\tRings\tone\u2028two\x0bthree\x85four\n")
        assert [row.cells[3] for row in table.rows] == ["one\u2028two\x0bthree\x85four"]

    def test_cell_beyond_the_end_is_blank(self) -> None:
        assert Row(1, ("a",)).cell(5) == ""


class TestEncoding:
    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (b"", "utf-8"),
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
        ],
    )
    def test_with_its_mark_is_read_without_a_word(self, mark: bytes, encoding: str) -> None:
        text = "Surname\tTitle\nÉxämple\tα → β\n"
        table = read_file(mark + text.encode(encoding))
        assert (table.header, rows_of(table)) == (("Surname", "Title"), [(2, ("Éxämple", "α → β"))])
        assert table.notes == ()

    def test_of_old_windows_is_read_and_said(self) -> None:
        table = read_file("Surname;Title\nÉxämple;“Rings”\n".encode("cp1252"))
        assert table.rows[0].cells == ("Éxämple", "“Rings”")
        assert "Windows-1252" in table.notes[0]

    def test_control_characters_are_removed_and_said(self) -> None:
        table = read_file(b"Surname\tTitle\nEx\x00ample\tRin\x07gs\n")
        assert table.rows[0].cells == ("Example", "Rings")
        assert table.notes == ("2 control characters were removed.",)

    def test_letters_that_were_misread_before_are_pointed_out_and_kept(self) -> None:
        table = read_pasted("Surname\tTitle\nClÃ¡r\tRings\n")
        assert table.rows[0].cells == ("ClÃ¡r", "Rings")
        assert "Letters look damaged, such as “Ã¡” on line 2" in table.notes[0]

    def test_damaged_bytes_are_counted(self) -> None:
        table = read_file(codecs.BOM_UTF8 + b"Surname\tTitle\nEx\xffample\tRings\n")
        assert table.notes == ("1 characters are not valid UTF-8 and are shown as \ufffd.",)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
            (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
            (b"<!DOCTYPE html><html><table><tr><td>Title</td></tr></table>", "web page"),
            (b"  <table><tr><td>Surname</td></tr></table>", "web page"),
            (b"{\\rtf1 Surname}", "word-processor document"),
            (b"\x1f\x8b\x08\x00", "compressed file"),
            (b"PK\x03\x04 and then nothing", "damaged"),
            ("Surname\tTitle\n".encode("utf-16-le"), "UTF-16 without its mark"),
        ],
    )
    def test_of_other_files_name_the_kind_and_what_to_do(self, content: bytes, kind: str) -> None:
        said = refusal(content)
        assert kind in said
        assert "Save it as .xlsx, .csv or .tsv" in said

    @pytest.mark.parametrize("content", [b"", b"\n\n \t\n", codecs.BOM_UTF8])
    def test_of_nothing(self, content: bytes) -> None:
        assert refusal(content).startswith("There is nothing in it.")

    def test_of_too_much(self) -> None:
        assert "More than 32 MB" in refusal(bytes(MAX_BYTES + 1))
        assert "More than 20,000 rows" in refusal(b"Surname,Title\n" + b"A,B\n" * MAX_ROWS)
        assert "More than 20,000 rows" in refusal(b"Surname,Title\n" + b"\n" * 1_000_001)
        wide = ",".join(f"c{index}" for index in range(MAX_COLUMNS + 1))
        assert "More than 200 columns" in refusal(f"Surname,Title,{wide}\n".encode())
        assert "More than 200 columns" in refusal(b"Surname\tTitle\n" + b"\t" * 1_000_000 + b"x")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_refusal(content: bytes) -> None:
    _read_or_refuse(content)


@given(st.text(alphabet=st.sampled_from('ab"\t,;\n\r \x00é<>='), max_size=200))
def test_any_text_keeps_every_letter_or_is_refused(text: str) -> None:
    whole = f"Surname\tTitle\n{text}"
    try:
        table = read_pasted(whole)
    except TableRefused:
        return
    letters = [character for character in text if character in "abé<>="]
    found = [c for row in table.rows for cell in row.cells for c in cell if c in "abé<>="]
    if table.header_number == 1 and not any("repeated" in note for note in table.notes):
        assert found == letters


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_file_with_a_header_is_a_table_or_a_refusal(text: str) -> None:
    _read_or_refuse(f"Surname,Title\nExample,{text}\n".encode())


def _read_or_refuse(content: bytes) -> None:
    """Anything else that is raised fails the test."""
    with suppress(TableRefused):
        assert all(row.number > 0 for row in read_file(content).rows)
