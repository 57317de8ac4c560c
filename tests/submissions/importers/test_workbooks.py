"""Excel files: what people put into them, and what attackers do."""

import io
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from submissions.importers import workbook_parts
from submissions.importers.tables import TableRefused, read_file

HEADER = ("First Name", "Surname", "Title", "Abstract")
PARTS = "http://schemas.openxmlformats.org"


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*rows: Sequence[Any], then: Callable[[Worksheet], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if then:
        then(sheet)
    return saved(book)


def repacked(
    content: bytes, changed: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same file with some parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
        for name in changed.keys() - set(old.namelist()):
            new.writestr(name, changed[name])
    return stream.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(TableRefused) as caught:
        read_file(content)
    return str(caught.value)


def test_rows_have_the_numbers_that_excel_shows() -> None:
    table = read_file(
        workbook(
            (), ("Talks of 2031",), (), HEADER, ("Ada", "Example", "Rings"), (), ("Bo", "S", "X")
        )
    )
    assert (table.header, table.header_number, table.unit) == (HEADER, 4, "row")
    assert [(row.number, row.cells) for row in table.rows] == [
        (5, ("Ada", "Example", "Rings")),
        (7, ("Bo", "S", "X")),
    ]
    assert table.notes == ("Above the column names, and not imported: row 2.",)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1984, "1984"),
        (2.0, "2"),
        (0.1, "0.1"),
        (-0.5, "-0.5"),
        (True, "TRUE"),
        (date(2031, 7, 14), "2031-07-14"),
        (datetime.fromisoformat("2031-07-14T16:30"), "2031-07-14 16:30"),
        (time(16, 30), "16:30:00"),
        ("=cmd|calc", "=cmd|calc"),
        ("  Clár\nBríd\t", "  Clár\nBríd\t"),
        ("one_x000D_\ntwo_x0007_", "one\ntwo"),
        ("#REF!", "#REF!"),
        (None, None),
    ],
)
def test_value_is_read_as_a_person_sees_it(value: object, text: str | None) -> None:
    def write(sheet: Worksheet) -> None:
        cell = sheet.cell(2, 3)
        cell.value = value  # type: ignore[assignment]  # a date among others
        if isinstance(value, str):
            cell.data_type = "s"

    row = read_file(workbook(HEADER, ("Ada", "Example"), then=write)).rows[0]
    assert row.cells == (("Ada", "Example") if text is None else ("Ada", "Example", text))


def test_rich_text_keeps_its_words() -> None:
    runs: list[str | TextBlock] = ["Rings of ", TextBlock(InlineFont(b=True), "H"), "α"]
    rich = CellRichText(runs)
    table = read_file(workbook(HEADER, ("Ada", "Example", rich)))
    assert table.rows[0].cells[2] == "Rings of Hα"


def test_merged_cells_count_once_and_are_said() -> None:
    table = read_file(
        workbook(
            HEADER,
            ("Ada", "Example", "Rings"),
            (None, None, "Moons"),
            then=lambda sheet: sheet.merge_cells("B2:B3"),
        )
    )
    assert [row.cells for row in table.rows] == [("Ada", "Example", "Rings"), ("", "", "Moons")]
    assert table.notes == ("Of merged cells only the first has a value: B2:B3.",)


def test_hidden_rows_are_read_and_said() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    table = read_file(workbook(HEADER, ("Ada", "E", "Rings"), ("Bo", "S", "X"), then=hide))
    assert [row.number for row in table.rows] == [2, 3]
    assert table.notes == ("Hidden rows are read like the others: 3.",)


def test_formula_that_was_never_computed_is_said() -> None:
    table = read_file(workbook(HEADER, ("Ada", "Example", "=A2&B2")))
    assert table.rows[0].cells == ("Ada", "Example")
    assert table.notes[0].startswith("Formulas without a stored result are read as blank: C2.")


def test_column_without_a_name_is_a_column_not_a_torn_row() -> None:
    table = read_file(workbook(HEADER, ("Ada", "Example", "Rings", "Text", "to be checked")))
    assert table.header == (*HEADER, "(column 5)")


def with_shared_strings(cells: str, strings: str) -> bytes:
    """As Excel itself writes: the texts of cells are numbers into a table of strings."""
    main = f'xmlns="{PARTS}/spreadsheetml/2006/main"'
    relations = f"{PARTS}/officeDocument/2006/relationships"
    content = workbook(HEADER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        links = archive.read("xl/_rels/workbook.xml.rels").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = types.replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    links = links.replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    )
    sheet = f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>"
    parts = {
        "[Content_Types].xml": types,
        "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
    }
    return repacked(content, {name: text.encode() for name, text in parts.items()})


def test_shared_strings_and_cells_without_names_are_read() -> None:
    cells = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c t="s"><v>2</v></c><c t="str"><f>A1</f><v>Rings</v></c></row>'
    )
    strings = (
        "<si><t>Surname</t></si><si><t>Title</t></si>"
        '<si><r><t xml:space="preserve">Clár </t></r><r><rPr><b/></rPr><t>Example</t></r></si>'
    )
    table = read_file(with_shared_strings(cells, strings))
    assert table.header == ("Surname", "Title")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("Clár Example", "Rings"))]
    assert table.notes == ()


class TestSheets:
    def test_first_with_column_names_is_taken_and_the_others_are_named(self) -> None:
        book = Workbook()
        notes = book.active
        assert isinstance(notes, Worksheet)
        notes.title = "Read me"
        notes.append(["This file", "holds the talks"])
        for name in ("Talks", "Late talks"):
            sheet = book.create_sheet(name)
            sheet.append(list(HEADER))
            sheet.append(["Ada", "Example", name])
        table = read_file(saved(book))
        assert (table.sheet, table.rows[0].cells[2]) == ("Talks", "Talks")
        assert table.notes == ("The sheet “Talks” was read. Not read: “Read me”, “Late talks”.",)

    def test_hidden_one_waits_behind_the_visible(self) -> None:
        book = Workbook()
        hidden = book.active
        assert isinstance(hidden, Worksheet)
        hidden.append(list(HEADER))
        hidden.append(["Old", "Example", "Old"])
        visible = book.create_sheet("Now")
        visible.append(list(HEADER))
        visible.append(["Ada", "Example", "Rings"])
        book.active = 1
        hidden.sheet_state = "hidden"
        assert read_file(saved(book)).sheet == "Now"

    def test_without_any_row_are_refused(self) -> None:
        assert refusal(saved(Workbook())) == "There is nothing in the sheets of this file."


class TestHostile:
    def test_bomb_is_refused_before_it_unpacks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbook_parts, "MAX_UNPACKED", 100_000)
        content = repacked(workbook(HEADER), {"xl/media/image1.png": bytes(200_000)})
        assert len(content) < 20_000
        assert "unpacks to more than" in refusal(content)

    def test_entities_are_refused(self) -> None:
        laughs = (
            b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
            b'<sst xmlns="%s/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>' % PARTS.encode()
        )
        assert "defines entities" in refusal(
            repacked(workbook(HEADER), {"xl/sharedStrings.xml": laughs})
        )

    def test_outside_entity_is_refused(self) -> None:
        outside = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><styleSheet/>'
        assert "defines entities" in refusal(repacked(workbook(HEADER), {"xl/styles.xml": outside}))

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
    def test_endless_elements_are_refused(self, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbook_parts, "MAX_ELEMENTS", {"worksheet": 1_000})
        monkeypatch.setattr(workbook_parts, "MAX_OTHER_ELEMENTS", 1_000)
        root = b"worksheet" if "sheet1" in part else b"styleSheet"
        content = b"<%s>%s</%s>" % (root, b"<c/>" * 2_000, root)
        assert "too much in the file" in refusal(repacked(workbook(HEADER), {part: content}))

    def test_row_far_out_does_not_make_the_reader_count_there(self) -> None:
        sheet = (
            b'<worksheet xmlns="%s/spreadsheetml/2006/main"><sheetData>'
            b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
        ) % PARTS.encode()
        assert "More than 20,000 rows" in refusal(
            repacked(workbook(HEADER), {"xl/worksheets/sheet1.xml": sheet})
        )

    def test_cell_far_right_is_refused(self) -> None:
        def write(sheet: Worksheet) -> None:
            sheet["GZ2"] = "here"

        assert "More than 200 columns" in refusal(workbook(HEADER, ("Ada", "Example"), then=write))

    def test_lie_about_the_used_range_hides_nothing(self) -> None:
        content = workbook(HEADER, ("Ada", "Example", "Rings"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml")
        lying = sheet.replace(b'ref="A1:D2"', b'ref="A1"')
        assert lying != sheet
        table = read_file(repacked(content, {"xl/worksheets/sheet1.xml": lying}))
        assert table.rows[0].cells == ("Ada", "Example", "Rings")

    def test_names_that_climb_out_write_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        climbing = {
            "../../escaped.txt": b"x",
            "/absolute.txt": b"x",
            "C:\\windows.txt": b"x",
            "nul\u0000byte": b"x",
        }
        table = read_file(repacked(workbook(HEADER, ("Ada", "Example", "Rings")), climbing))
        assert len(table.rows) == 1
        assert list(tmp_path.iterdir()) == []

    def test_other_packing_is_refused(self) -> None:
        packed = repacked(workbook(HEADER), {}, method=zipfile.ZIP_LZMA)
        assert "packed in a way that Excel does not use" in refusal(packed)

    @pytest.mark.parametrize(
        ("names", "kind"),
        [
            (["xl/workbook.bin"], ".xlsb"),
            (["mimetype", "content.xml"], ".ods"),
            (["Index/Document.iwa"], "Apple Numbers"),
            (["word/document.xml"], "word-processor"),
            (["readme.txt"], "without a spreadsheet"),
        ],
    )
    def test_other_packed_files_are_named(self, names: list[str], kind: str) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in names:
                archive.writestr(name, b"x")
        assert kind in refusal(stream.getvalue())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(DAMAGEABLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(bytes(content))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
            "xl/_rels/workbook.xml.rels",
            "[Content_Types].xml",
        ]
    ),
    st.data(),
)
def test_part_with_other_contents_is_read_or_refused(part: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(DAMAGEABLE)) as archive:
        words = (
            archive.read(part).decode().replace(">", ">\x00").replace('"', '"\x00').split("\x00")
        )
    for _ in range(data.draw(st.integers(1, 3))):
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(
            st.sampled_from(
                ["", 'x"', '999999999999"', '-1"', "<c>", "</row>", "NaN<", 'ZZZZ9"', '1e999"']
            )
        )
    _read_or_refuse(repacked(DAMAGEABLE, {part: "".join(words).encode()}))


def _read_or_refuse(content: bytes) -> None:
    """Anything else that is raised fails the test."""
    with suppress(TableRefused):
        assert all(row.number > 0 for row in read_file(content).rows)


DAMAGEABLE = with_shared_strings(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>3.5</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>B</t></is></c><c r="B3" s="1"><v>4</v></c></row>',
    "<si><t>Surname</t></si><si><t>Title</t></si><si><t>Example</t></si>",
)
