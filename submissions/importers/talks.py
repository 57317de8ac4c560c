"""Rows of a table into talks, or into reasons why a row cannot be one.

A row is refused for what nobody should guess (no title, an address that cannot be one, an ORCID
with a mistyped digit). What is only odd is kept and pointed out.
"""

import re
from dataclasses import dataclass
from typing import Final

from submissions.domain import orcid
from submissions.domain.abstracts import count_words, from_html
from submissions.domain.names import fold
from submissions.importers.cells import (
    EXCEL_CUTS_AT,
    LONGEST,
    NOTHING,
    SPREADSHEET_ERRORS,
    lines,
    one_line,
)
from submissions.importers.column_names import Field
from submissions.importers.columns import Columns
from submissions.importers.oddities import mixed_script_words, shortened, trailing_junk
from submissions.importers.people import Person, read_co_authors, split_full_name
from submissions.importers.tables import Row, Table

LONGEST_AFFILIATION: Final = 300

_EMAIL: Final = re.compile(
    r"[^\s@,;<>()\[\]\"]{1,64}@[^\s@,;<>()\[\]\"._][^\s@,;<>()\[\]\"]*\.[^\s@,;<>()\[\]\".\d]{2,}"
)
_MULTI_LINE: Final = frozenset(
    {Field.ABSTRACT, Field.REMARKS, Field.CO_AUTHORS, Field.AFFILIATIONS}
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a meeting asks of a talk."""

    title_limit: int = 300
    """Characters."""
    word_limit: int = 300
    """Words of the abstract."""
    formats: tuple[str, ...] = ()
    """Names of the formats it offers."""


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A row that can be a talk. Texts are cleaned; "" and () where the row says nothing."""

    number: int
    title: str
    speaker: Person
    """The presenting author, with affiliations."""
    code: str = ""
    """Of our own, upper case: the row is about this talk."""
    co_authors: tuple[Person, ...] = ()
    astronomy_areas: str = ""
    """As typed."""
    ml_areas: str = ""
    format: str = ""
    """As the meeting spells it."""
    abstract: str = ""
    """Source text in our Markdown subset."""
    remarks: str = ""
    warnings: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    """The row as it was read."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    number: int
    reasons: tuple[str, ...]
    cells: tuple[str, ...] = ()


def read_talks(
    table: Table, columns: Columns, rules: Rules
) -> tuple[list[TalkRow], list[RefusedRow]]:
    """Every row as one or the other, in the table's order."""
    talks, refused = [], []
    for row in table.rows:
        reader = _RowReader(table, columns, row)
        talk = reader.talk(rules)
        if reader.reasons:
            refused.append(RefusedRow(row.number, tuple(reader.reasons), row.cells))
        else:
            talks.append(talk)
    return talks, refused


class _RowReader:
    """Reads the fields of one row, collecting every reason and warning on the way."""

    def __init__(self, table: Table, columns: Columns, row: Row) -> None:
        self.row = row
        self.columns = columns
        self.reasons: list[str] = []
        self.warnings: list[str] = []
        self.further: list[str] = []
        """Names after the first one in the column of the full name."""
        self.code = self.text(Field.CODE).upper()
        self._check_width(table)

    def _check_width(self, table: Table) -> None:
        width, found = len(table.header), len(self.row.cells)
        if any(cell.strip() for cell in self.row.cells[width:]):
            self.reasons.append(
                f"It has {found} cells where the header has {width}: "
                "a cell holds the delimiter, or two rows run together."
            )
        elif found < width and not table.sheet:
            self.warnings.append(
                f"It has {found} cells where the header has {width}; "
                "the missing ones are taken as blank."
            )

    def talk(self, rules: Rules) -> TalkRow:
        title = self._title(rules)
        speaker = self._speaker()
        co_authors, unclear = self._co_authors(speaker)
        mixed = self.text(Field.AREAS)
        return TalkRow(
            number=self.row.number,
            code=self.code,
            title=title,
            speaker=speaker,
            co_authors=co_authors,
            astronomy_areas=_joined(self.text(Field.ASTRONOMY_AREAS), mixed),
            ml_areas=_joined(self.text(Field.ML_AREAS), mixed),
            format=self._format(rules),
            abstract=self._abstract(rules),
            remarks=_joined(self.text(Field.REMARKS), unclear, separator="\n"),
            warnings=tuple(self.warnings),
            cells=self.row.cells,
        )

    def text(self, field: Field) -> str:
        """The cleaned cells of a field, joined; a reason is added for one that cannot be right."""
        separator = "\n" if field in _MULTI_LINE else "; "
        found = []
        for index in self.columns.of(field):
            raw = self.row.cell(index)
            if len(raw) > LONGEST[field]:
                self.reasons.append(
                    f"“{self.columns.header[index]}” has {len(raw):,} characters; "
                    f"{field} may have {LONGEST[field]:,}."
                )
                continue
            cell = lines(raw) if field in _MULTI_LINE else one_line(raw)
            if cell in SPREADSHEET_ERRORS:
                self.reasons.append(
                    f"“{self.columns.header[index]}” holds {cell}, an error of the spreadsheet."
                )
            elif cell:
                found.append(cell)
        return separator.join(found)

    def _title(self, rules: Rules) -> str:
        title = self.text(Field.TITLE)
        if not _has_letters(title):
            self._need("title", Field.TITLE)
        elif len(title) > rules.title_limit:
            self.warnings.append(
                f"The title has {len(title)} characters; "
                f"the meeting asks for {rules.title_limit} at most."
            )
        self._point_out_scripts("title", title)
        return title

    def _need(self, what: str, *fields: Field) -> None:
        """A row about a talk that we know by its code needs nothing else."""
        cells = (self.row.cell(index) for field in fields for index in self.columns.of(field))
        # A cell with something in it gave no text: then why not has been said already.
        if not self.code and not any(map(_has_letters, cells)):
            self.reasons.append(f"It has no {what}.")

    def _speaker(self) -> Person:
        given, family = self._name()
        return Person(
            given,
            family,
            email=self._email(),
            orcid=self._orcid(),
            affiliations=self._affiliations(),
        )

    def _name(self) -> tuple[str, str]:
        given, family = self.text(Field.GIVEN_NAME), self.text(Field.FAMILY_NAME)
        whole, *self.further = self.text(Field.FULL_NAME).split(";")
        if not (given or family) and whole:
            given, family = split_full_name(whole.strip())
        if given and not family:
            given, family = "", given
        if not _has_letters(family):
            self._need("name of a speaker", Field.FAMILY_NAME, Field.GIVEN_NAME, Field.FULL_NAME)
        self._point_out_scripts("name", f"{given} {family}")
        return given, family

    def _email(self) -> str:
        email = self.text(Field.EMAIL)
        if email.casefold() in NOTHING:
            return ""
        email = email.removeprefix("mailto:")
        if self.code and (self.further or email.count("@") > 1):
            # Our own list of talks names the addresses of all who present one together.
            self.warnings.append("Several people present it: their addresses stay as they are.")
            return ""
        if not _EMAIL.fullmatch(email) or ".." in email:
            self.reasons.append(
                f"“{shortened(email, 60)}” is not one e-mail address. "
                "Leave it blank if there is none."
            )
        return email

    def _orcid(self) -> str:
        text = self.text(Field.ORCID)
        if text.casefold() in NOTHING:
            return ""
        try:
            return orcid.normalise(text)
        except orcid.OrcidNotValid as error:
            self.reasons.append(f"“{shortened(text, 60)}”: {error}")
            return ""

    def _affiliations(self) -> tuple[str, ...]:
        names = affiliation_names(self.text(Field.AFFILIATIONS))
        for name in names:
            if len(name) > LONGEST_AFFILIATION:
                self.reasons.append(
                    f"“{shortened(name)}” has {len(name)} characters; an affiliation may have "
                    f"{LONGEST_AFFILIATION}. Separate several by semicolons."
                )
        return names

    def _co_authors(self, speaker: Person) -> tuple[tuple[Person, ...], str]:
        text = self.text(Field.CO_AUTHORS)
        text = "" if text.casefold() in NOTHING else text
        found = read_co_authors(text)
        further = read_co_authors(";".join((*self.further, "")))
        people = (*further.people, *found.people)
        for person in people:
            longest = max(len(person.given_name), len(person.family_name))
            if longest > LONGEST[Field.FULL_NAME]:
                self.reasons.append(
                    f"“{shortened(person.name)}” is too long for the name of a co-author."
                )
        others = tuple(p for p in people if p.folded_name != speaker.folded_name)
        if not found.unclear:
            return others, ""
        self.warnings.append(
            "Where one co-author's name ends and the next begins is not clear, so the text is kept "
            "in the remarks. Separate the names by semicolons."
        )
        return others, f"Co-authors: {found.unclear}"

    def _format(self, rules: Rules) -> str:
        text = self.text(Field.FORMAT)
        if not text:
            return ""
        for name in rules.formats:
            if fold(name) == fold(text):
                return name
        known = ", ".join(f"“{name}”" for name in rules.formats)
        advice = f"The meeting has {known}." if known else "The meeting has no formats yet."
        self.reasons.append(f"There is no format “{shortened(text, 60)}”. {advice}")
        return ""

    def _abstract(self, rules: Rules) -> str:
        source = self.text(Field.ABSTRACT)
        abstract = from_html(source).strip()
        if abstract != source:
            self.warnings.append("The abstract was in HTML and has been converted.")
        # Words between blanks are quick to count and never fewer than a reader counts.
        if len(abstract.split()) > rules.word_limit < (words := count_words(abstract)):
            self.warnings.append(
                f"The abstract has {words} words; the meeting asks for {rules.word_limit} at most."
            )
        if len(source) >= EXCEL_CUTS_AT:
            self.warnings.append("The abstract fills the cell: Excel may have cut off its end.")
        if junk := trailing_junk(abstract):
            self.warnings.append(f"The abstract ends with “{shortened(junk)}”. It was kept.")
        self._point_out_scripts("abstract", abstract)
        return abstract

    def _point_out_scripts(self, what: str, text: str) -> None:
        if words := mixed_script_words(text):
            self.warnings.append(
                f"The {what} has letters of two alphabets in one word: “{shortened(words[0])}”. "
                "It was kept."
            )


def affiliation_names(text: str) -> tuple[str, ...]:
    """Institutes between semicolons or on lines, each once; commas belong to their names."""
    parts = re.split(r"[;\n|]", text)
    return tuple(dict.fromkeys(name for part in parts if (name := " ".join(part.split()))))


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _joined(first: str, second: str, *, separator: str = "; ") -> str:
    return separator.join(text for text in (first, second) if text)
