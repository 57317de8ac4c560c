"""What changed between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.domain.differences import LONGEST, Piece, pieces


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ()),
        ("same words", "same words", (Piece("same words", "same words"),)),
        ("", "new", (Piece("", "new"),)),
        ("a b c", "a x c", (Piece("a", "a"), Piece(" b", " x"), Piece(" c", " c"))),
        ("a c", "a b c", (Piece("a", "a"), Piece("", " b"), Piece(" c", " c"))),
    ],
)
def test_words_are_compared(before: str, after: str, expected: tuple[Piece, ...]) -> None:
    assert pieces(before, after) == expected


def test_very_long_texts_are_shown_whole() -> None:
    before, after = "word " * (LONGEST + 1), "word"
    assert pieces(before, after) == (Piece(before, after),)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_put_together_are_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.before for piece in found) == before.rstrip()
    assert "".join(piece.after for piece in found) == after.rstrip()
