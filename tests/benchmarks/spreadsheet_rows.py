"""Invented rows of a large call for talks, as files."""

import csv
import io
import random
from collections.abc import Iterator

from openpyxl import Workbook

HEADER = (
    "Timestamp",
    "First Name",
    "Surname",
    "E-mail",
    "Institution",
    "Co-authors",
    "Talk title",
    "Area of astronomy",
    "Machine-learning methods",
    "Abstract",
)
_ASTRONOMY = (
    "Galaxies",
    "Cosmology, large-scale structure",
    "Radio cosmology",
    "exoplanets; stars",
)
_ML = (
    "CNN",
    "Deep learning/Bayesian deep learning",
    "clustering, anomaly detection",
    "GP emulators",
)
_TEXT = (
    "we train a network on simulated light curves and ask how far its score can be trusted when "
    "the sky differs from the simulation with $10^5$ sources per night and one false alarm"
)
_WORDS = _TEXT.split()


def invented_rows(count: int, edition: int = 1) -> Iterator[tuple[str, ...]]:
    """Rows with about 200 words; a fifth of the abstracts are HTML, a third has co-authors.

    Another edition has the same talks with other institutes and abstracts.
    """
    chance = random.Random(7)  # noqa: S311 - the same rows every time
    for number in range(count):
        words = " ".join([*chance.choices(_WORDS, k=200), f"Edition {edition}."])
        person = number % 7919
        yield (
            "2031-02-03 12:00",
            f"Ada{person % 97}",
            f"Example-{person}",
            f"ada{person}@example.org" if person % 10 < 7 else "",
            f"Institute {number % 300} of Examples; University {number % 40}, {edition}",
            f"Sample{number % 500}, Bo; Third{number % 400}, Cy" if number % 3 == 0 else "",
            f"Learning the sky, part {number}: {' '.join(chance.choices(_WORDS, k=6))}",
            chance.choice(_ASTRONOMY),
            chance.choice(_ML),
            f"<p>{words}</p><p>See <a href='https://x.example'>here</a>.</p>"
            if number % 5 == 0
            else words,
        )


def as_csv(count: int, edition: int = 1) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(invented_rows(count, edition))
    return text.getvalue().encode()


def as_xlsx(count: int, edition: int = 1) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Talks")
    sheet.append(HEADER)
    for row in invented_rows(count, edition):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
