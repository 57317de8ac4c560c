"""The texts that something has had, worked out backwards from what it is and what was changed."""

from collections.abc import Iterable, Mapping
from typing import Any

Content = Mapping[str, Any]
Changes = Mapping[str, Any]
"""Per field a pair: what was before and what came after."""


def unwound(now: Content, changes: Iterable[Changes]) -> list[dict[str, Any]]:
    """Every content there has been, newest first; `changes` newest first as well.

    A field of which the content knows nothing today (it was renamed, or is not text) is left out.

    >>> unwound({"title": "C"}, [{"title": ["B", "C"]}, {"title": ["A", "B"]}])
    [{'title': 'C'}, {'title': 'B'}, {'title': 'A'}]
    """
    contents = [dict(now)]
    for change in changes:
        earlier = {name: pair[0] for name, pair in change.items() if name in now}
        contents.append({**contents[-1], **earlier})
    return contents
