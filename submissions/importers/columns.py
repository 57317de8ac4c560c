"""Which column holds what: guessed by the names of the columns, and a person has the last word.

What is not recognised is listed as not imported, never dropped silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from submissions.domain.names import fold
from submissions.importers.column_names import JOINED, LIKELY, Field, Guess, recognise

_HONORIFICS: Final = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir"})


class ColumnsNotValid(ValueError):
    """A correction names a column that is not there, or gives one field to two columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    header: tuple[str, ...]
    fields: tuple[Field | None, ...]
    """Per column; None is not imported."""
    notes: tuple[str, ...] = ()

    def of(self, field: Field) -> tuple[int, ...]:
        """The columns that hold `field`, from the left."""
        return tuple(index for index, held in enumerate(self.fields) if held is field)

    def has(self, *fields: Field) -> bool:
        return any(held in fields for held in self.fields)

    def not_imported(self) -> tuple[str, ...]:
        return tuple(
            name for name, field in zip(self.header, self.fields, strict=True) if field is None
        )

    def by_name(self) -> dict[str, str | None]:
        return {
            name: field.value if field else None
            for name, field in zip(self.header, self.fields, strict=True)
        }

    def missing(self) -> tuple[str, ...]:
        """What a talk needs and no column holds, in words; a code can stand for a name."""
        missing: list[str] = []
        if self.has(Field.CODE):
            return ()
        if not self.has(Field.TITLE):
            missing.append("the title (title)")
        if not self.has(Field.FAMILY_NAME, Field.FULL_NAME, Field.GIVEN_NAME):
            missing.append("the speaker's name (family_name and given_name, or full_name)")
        return tuple(missing)


def guess_columns(header: Sequence[str], samples: Sequence[Sequence[str]] = ()) -> Columns:
    """Map every column by its name; `samples` are some rows, to tell equals apart.

    Where two columns seem to hold the same field the better one is taken and a note says so.
    """
    guesses = [recognise(name) for name in header]
    values = [_values(samples, index) for index in range(len(header))]
    guesses = [
        None if guess and _holds_honorifics(guess, found) else guess
        for guess, found in zip(guesses, values, strict=True)
    ]
    guesses = _name_beside_family_name(header, guesses)
    fields: list[Field | None] = [guess.field if guess else None for guess in guesses]
    notes = []
    for field in Field:
        rivals = [index for index, guess in enumerate(guesses) if guess and guess.field is field]
        if len(rivals) < 2:
            continue
        taken = _better(field, {index: _rank(guesses[index]) for index in rivals}, values)
        for index in rivals:
            fields[index] = field if index in taken else None
        all_names, names = (
            " and ".join(f"“{header[index]}”" for index in some) for some in (rivals, taken)
        )
        if len(taken) > 1:
            notes.append(f"{names} are read one after the other as {field}.")
        if len(taken) < len(rivals):
            notes.append(f"{all_names} look like {field}; {names} was taken.")
    return Columns(tuple(header), tuple(fields), tuple(notes))


def _better(field: Field, ranks: Mapping[int, int], values: Sequence[Sequence[str]]) -> list[int]:
    """Of the columns (with ranks) that seem to hold a field, those to read: equals, or one."""
    highest = max(ranks.values())
    best = [index for index, rank in ranks.items() if rank == highest]
    return best if field in JOINED else [max(best, key=lambda index: (len(values[index]), -index))]


def _values(samples: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index].strip() for row in samples if index < len(row) and row[index].strip()]


def _holds_honorifics(guess: Guess, values: list[str]) -> bool:
    """“Title” is also what “Dr” is."""
    return (
        guess.field is Field.TITLE
        and bool(values)
        and all(fold(value) in _HONORIFICS for value in values)
    )


def _name_beside_family_name(
    header: Sequence[str], guesses: list[Guess | None]
) -> list[Guess | None]:
    """A column “Name” is the given name where another holds the family name."""
    found = {guess.field for guess in guesses if guess}
    if Field.FAMILY_NAME not in found or Field.GIVEN_NAME in found:
        return guesses
    return [
        Guess(Field.GIVEN_NAME, LIKELY) if guess and fold(name) == "name" else guess
        for name, guess in zip(header, guesses, strict=True)
    ]


def _rank(guess: Guess | None) -> int:
    return guess.rank if guess else 0


def corrected(columns: Columns, corrections: Mapping[str, Field | None]) -> Columns:
    """The mapping with a person's corrections, by column name in any case; raise ColumnsNotValid.

    A correction takes the field away from the column that was guessed for it.
    """
    by_name = {fold(name): index for index, name in enumerate(columns.header)}
    fields = list(columns.fields)
    chosen: dict[int, Field | None] = {}
    for name, field in corrections.items():
        index = by_name.get(fold(name))
        if index is None:
            known = ", ".join(f"“{known}”" for known in columns.header)
            raise ColumnsNotValid(f"There is no column “{name}”. The columns are {known}.")
        chosen[index] = field
    taken = [field for field in chosen.values() if field and field not in JOINED]
    for field in taken:
        if taken.count(field) > 1:
            raise ColumnsNotValid(f"Two columns are said to hold {field}. Choose one of them.")
    for index, held in enumerate(fields):
        if held in taken and index not in chosen:
            fields[index] = None
    for index, field in chosen.items():
        fields[index] = field
    # What was noted about guesses is settled for the fields that a person chose.
    kept = () if chosen else columns.notes
    return Columns(columns.header, tuple(fields), kept)


def parse_correction(text: str) -> tuple[str, Field | None]:
    """Read "Header=field"; an empty field or "-" leaves the column out. Raise ColumnsNotValid."""
    name, equals, value = text.rpartition("=")
    value = value.strip().replace("-", "_").casefold()
    if not equals or not name.strip():
        raise ColumnsNotValid(
            f"“{text}” is not of the form “Header=field”, such as “Surname=family_name”."
        )
    if value in ("", "_", "none"):
        return name.strip(), None
    try:
        return name.strip(), Field(value)
    except ValueError as error:
        raise ColumnsNotValid(
            f"“{value}” is not a field. The fields are {', '.join(Field)}; "
            "write nothing after the sign to leave the column out."
        ) from error
