"""The numbers by which a programme is cited: session 3, talk 3.02."""

from collections.abc import Sequence
from itertools import count


def session_numbers(given: Sequence[int | None]) -> list[int]:
    """The numbers of sessions in order of time; those without one get the lowest free numbers.

    >>> session_numbers([None, 1, None])
    [2, 1, 3]
    """
    taken = {number for number in given if number is not None}
    free = (number for number in count(1) if number not in taken)
    return [next(free) if number is None else number for number in given]


def talk_number(session_number: int, sequence: int) -> str:
    """`sequence` counts the talk slots of the session from 1.

    >>> talk_number(3, 2)
    '3.02'
    """
    return f"{session_number}.{sequence:02d}"
