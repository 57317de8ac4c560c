import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.domain.names import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Clár-Bríd", "clar brid"),
        ("O’Neill", "o neill"),
        ("  van   der Berg ", "van der berg"),
        ("ŁUKASZ", "lukasz"),
        ("Ólafur Þór", "olafur thor"),
        ("Nguyễn", "nguyen"),
        ("J. R. Smith", "j r smith"),
        ("山田", "山田"),
        ("", ""),
    ],
)
def test_folding_keeps_the_letters_and_drops_the_rest(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
