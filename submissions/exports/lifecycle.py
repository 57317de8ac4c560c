"""The lifecycle table as a page of documentation: a diagram and a table, in Markdown."""

from collections.abc import Iterator

from submissions.domain.lifecycle import DECISIONS, TRANSITIONS, Actor, State

_HEAD = """\
# The life of a talk

This page is written by `python manage.py write_lifecycle` from the table `TRANSITIONS` in
`submissions/domain/lifecycle.py`; a test fails when the two differ. Change the table, not the page.

```mermaid
stateDiagram-v2
    [*] --> draft
"""

_MIDDLE = """\
```

Accepting, waitlisting and rejecting are *prepared* by organisers first and *announced* later. The
state changes at the announcement; until then nobody but the organisers of the meeting can tell.

| action | from | to | by | meaning |
| --- | --- | --- | --- | --- |
"""


def markdown() -> str:
    """The whole page."""
    return _HEAD + "".join(_arrows()) + _MIDDLE + "".join(_rows()) + _states()


def _arrows() -> Iterator[str]:
    for action, transition in TRANSITIONS.items():
        for source in State:
            if source in transition.sources:
                yield f"    {source} --> {transition.target}: {action}\n"


def _rows() -> Iterator[str]:
    for action, transition in TRANSITIONS.items():
        sources = ", ".join(state for state in State if state in transition.sources)
        actors = " or ".join(actor for actor in Actor if actor in transition.actors)
        prepared = " (prepared, then announced)" if action in DECISIONS else ""
        yield (
            f"| {action}{prepared} | {sources} | {transition.target} | {actors} "
            f"| {transition.meaning} |\n"
        )


def _states() -> str:
    return "\nStates: " + ", ".join(State) + ".\n"
