"""What speakers may add to a talk, told by its content: never by its name or a browser's word.

The list is closed. Every file is only ever handed out as a download, so that nothing of it runs on
this site; what a program on the reader's machine would run (macros, web pages) is refused anyway.
"""

import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Final


class Kind(StrEnum):
    SLIDES = "slides"
    POSTER = "poster"
    RECORDING = "recording"
    CODE = "code"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FileType:
    name: str
    """As people call it."""
    content_type: str
    extensions: tuple[str, ...]
    """The first is the usual one."""


PDF: Final = FileType("PDF", "application/pdf", ("pdf",))
PNG: Final = FileType("PNG", "image/png", ("png",))
JPEG: Final = FileType("JPEG", "image/jpeg", ("jpg", "jpeg"))
PPTX: Final = FileType(
    "PowerPoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ("pptx",),
)
ODP: Final = FileType("OpenDocument", "application/vnd.oasis.opendocument.presentation", ("odp",))
KEYNOTE: Final = FileType("Keynote", "application/octet-stream", ("key",))
TEXT: Final = FileType("text", "text/plain; charset=utf-8", ("txt", "md", "rst", "tex", "bib"))

FILE_TYPES: Final = (PDF, PPTX, ODP, KEYNOTE, PNG, JPEG, TEXT)

ACCEPT: Final = ",".join(f".{extension}" for kind in FILE_TYPES for extension in kind.extensions)
"""For the file field of a form, where it is a hint only."""


class NotTaken(Exception):
    """The content is none of FILE_TYPES."""


class HasMacros(NotTaken):
    """A presentation that carries programs."""


class IsEmpty(NotTaken):
    """There is nothing in the file."""


def file_type(file: IO[bytes], size: int) -> FileType:
    """What the content is. Raises NotTaken, HasMacros or IsEmpty. Leaves the file at its start."""
    try:
        file.seek(0)
        head = file.read(16)
        if not head:
            raise IsEmpty
        if head.startswith(b"%PDF-"):
            return PDF
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return PNG
        if head.startswith(b"\xff\xd8\xff"):
            return JPEG
        if head.startswith(b"PK\x03\x04"):
            return _archive_type(file, size)
        if size <= _LARGEST_TEXT and _is_plain_text(file):
            return TEXT
        raise NotTaken
    finally:
        file.seek(0)


# --- Presentations, which are archives --------------------------------------------------------

_LARGEST_LIST: Final = 4 * 1024 * 1024
"""Bytes of an archive's list of files; a presentation of a thousand pictures has a tenth of it."""
_END: Final = b"PK\x05\x06"


def _archive_type(file: IO[bytes], size: int) -> FileType:
    if _size_of_list(file, size) > _LARGEST_LIST:
        raise NotTaken
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            mimetype = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise NotTaken from error
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names):
        raise HasMacros
    if mimetype == ODP.content_type:
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise HasMacros
        return ODP
    if {"[Content_Types].xml", "ppt/presentation.xml"} <= names:
        return PPTX
    if names & {"Index/Document.iwa", "index.apxl", "index.apxl.gz", "Index.zip"}:
        return KEYNOTE
    raise NotTaken


def _size_of_list(file: IO[bytes], size: int) -> int:
    """Read from the archive's end, before anything believes it: a hostile list may be huge."""
    length = min(size, 65_557)
    file.seek(size - length)
    tail = file.read(length)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise NotTaken
    (listed,) = struct.unpack_from("<I", tail, at + 12)
    return int(listed)


def _mimetype(archive: zipfile.ZipFile) -> str:
    if archive.getinfo("mimetype").file_size > 200:
        return ""
    return archive.read("mimetype").decode("ascii", "replace").strip()


# --- Texts ------------------------------------------------------------------------------------

_LARGEST_TEXT: Final = 5 * 1024 * 1024
_MARKUP: Final = re.compile(
    r"\s*<(?:!doctype|!--|\?xml|html|head|body|svg|script|iframe|math)", re.IGNORECASE
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def _is_plain_text(file: IO[bytes]) -> bool:
    file.seek(0)
    try:
        text = file.read(_LARGEST_TEXT + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not _MARKUP.match(text) and not _CONTROL.search(text)


# --- Names ------------------------------------------------------------------------------------

LONGEST_NAME: Final = 100
_UNWANTED: Final = re.compile(r'[<>:"/\\|?*;%]')
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def safe_name(name: str, kind: FileType) -> str:
    """The name under which the file is handed out: of one folder, readable, with its true ending.

    >>> safe_name("../../etc/my talk.pdf", PDF)
    'my talk.pdf'
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    tidy = " ".join(_UNWANTED.sub("_", visible).split()).strip(". ")
    stem, _, ending = tidy.rpartition(".")
    if ending.lower() not in kind.extensions:
        stem, ending = tidy, kind.extensions[0]
    stem = stem[:LONGEST_NAME].strip(". ")
    if not stem or _RESERVED.match(stem.partition(".")[0]):
        stem = f"file {stem}".strip()
    return f"{stem}.{ending.lower()}"
