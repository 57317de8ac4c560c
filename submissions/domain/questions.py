"""What a speaker answered to a meeting's own questions, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

AnswerValue: TypeAlias = str | tuple[str, ...] | bool
"""Typed text or the chosen option; the chosen options; yes or no."""

MOST_OPTIONS: Final = 50
LONGEST_OPTION: Final = 200


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    question_id: int
    value: AnswerValue | None
    """None: the question was asked and left empty."""


def filled(answers: Iterable[GivenAnswer]) -> dict[int, AnswerValue]:
    """What was answered, by question."""
    return {one.question_id: one.value for one in answers if one.value is not None}


def read_options(text: str) -> list[str]:
    r"""Options as typed, one per line; blank lines and repetitions left out, order kept.

    >>> read_options(" Yes\n\nNo \nYes")
    ['Yes', 'No']
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
