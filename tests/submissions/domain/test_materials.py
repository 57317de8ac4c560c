"""What a file is follows from its content; what it is called follows rules."""

import io
import zipfile

import pytest

from submissions.domain.materials import (
    JPEG,
    KEYNOTE,
    ODP,
    PDF,
    PNG,
    PPTX,
    TEXT,
    FileType,
    HasMacros,
    IsEmpty,
    NotTaken,
    file_type,
    safe_name,
)


def archive(**members: str) -> bytes:
    """A ZIP archive; __ in a name stands for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def presentation(**more: str) -> bytes:
    members = {"[Content_Types].xml": "<Types/>", "ppt__presentation.xml": "<p/>"}
    return archive(**members, **more)


def kind_of(content: bytes) -> FileType:
    return file_type(io.BytesIO(content), len(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", PDF),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PNG),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
        (presentation(), PPTX),
        (archive(mimetype=ODP.content_type, **{"content.xml": "<x/>"}), ODP),
        (archive(Index__Document__iwa="x", **{"Index/Document.iwa": "x"}), KEYNOTE),
        ("# Notes\n\nα < β, naïve\n".encode(), TEXT),
        (b"\xef\xbb\xbfwith a byte order mark", TEXT),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, expected: FileType) -> None:
    assert kind_of(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"  \n<html><body onload=alert(1)>",
        b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<!-- --><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"#!\x00/bin/sh",
        b"GIF\x00%PDF-1.7",
        b"\n%PDF-1.7 a page before the document" + b"\x00",
        archive(readme="any archive"),
        archive(**{"index.html": "<script>"}),
        archive(mimetype="application/epub+zip"),
        archive(mimetype=ODP.content_type + "x" * 300),
        b"PK\x03\x04 cut off",
        presentation()[:-10],
        "latin: é".encode("latin-1"),
    ],
)
def test_anything_else_is_not_taken(content: bytes) -> None:
    with pytest.raises(NotTaken):
        kind_of(content)


@pytest.mark.parametrize(
    "content",
    [
        presentation(ppt__vbaProject__bin="", **{"ppt/vbaProject.bin": "x"}),
        archive(mimetype=ODP.content_type, **{"Basic/Standard/Module1.xml": "x"}),
    ],
)
def test_a_presentation_with_programs_in_it_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(HasMacros):
        kind_of(content)


def test_an_empty_file_is_told_apart() -> None:
    with pytest.raises(IsEmpty):
        kind_of(b"")


def test_the_list_of_an_archive_is_not_read_before_its_size_is_known() -> None:
    content = bytearray(presentation())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (200 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(NotTaken):
        kind_of(bytes(content))


def test_a_file_is_left_at_its_start() -> None:
    file = io.BytesIO(b"%PDF-1.7 and more")
    file_type(file, 17)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("my talk.pdf", "my talk.pdf"),
        ("MY TALK.PDF", "MY TALK.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\talk.pdf", "talk.pdf"),
        ("/absolute/talk.pdf", "talk.pdf"),
        ("page.html", "page.html.pdf"),
        ("double.pdf.exe", "double.pdf.exe.pdf"),
        ("nul\x00byte.pdf", "nulbyte.pdf"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe.pdf"),
        ("li\r\nne: x.pdf", "line_ x.pdf"),
        ('quo"te;x=%41.pdf', "quo_te_x=_41.pdf"),
        ("CON.pdf", "file CON.pdf"),
        ("lpt1.notes.pdf", "file lpt1.notes.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".pdf", "file.pdf"),
        ("é\u0301 天文.pdf", "é\u0301 天文.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_of_one_folder_readable_and_true(typed: str, expected: str) -> None:
    assert safe_name(typed, PDF) == expected
