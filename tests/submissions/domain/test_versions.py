"""The texts that something has had."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from submissions.domain.versions import unwound


def test_without_changes_there_is_what_is_there_now() -> None:
    assert unwound({"title": "A"}, []) == [{"title": "A"}]


def test_what_nobody_knows_today_is_left_out() -> None:
    assert unwound({"title": "B"}, [{"title": ["A", "B"], "state": ["draft", "submitted"]}]) == [
        {"title": "B"},
        {"title": "A"},
    ]


@given(st.lists(st.fixed_dictionaries({"title": st.text(), "abstract": st.text()}), min_size=1))
def test_every_content_is_found_again(contents: list[dict[str, str]]) -> None:
    """Oldest first made, newest first found."""
    steps = [
        {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        for before, after in pairwise(contents)
    ]
    assert unwound(contents[-1], steps[::-1]) == contents[::-1]
