import pytest

from sessions.domain.numbering import session_numbers, talk_number


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ([], []),
        ([None, None], [1, 2]),
        ([3, None, 1, None], [3, 2, 1, 4]),
        ([None, 1], [2, 1]),
    ],
)
def test_sessions_without_a_number_get_the_lowest_free_ones(
    given: list[int | None], numbers: list[int]
) -> None:
    assert session_numbers(given) == numbers


@pytest.mark.parametrize(("sequence", "number"), [(2, "3.02"), (12, "3.12"), (100, "3.100")])
def test_a_talk_is_cited_by_session_and_sequence(sequence: int, number: str) -> None:
    assert talk_number(3, sequence) == number
