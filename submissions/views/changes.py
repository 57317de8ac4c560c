"""What was before and after, field by field and word by word, in the words of the pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.domain.differences import Piece, pieces
from submissions.domain.lifecycle import Action, State
from submissions.models import Preference
from submissions.models.labels import ACTION_LABELS, STATE_LABELS

FIELDS: Final[dict[str, str | Promise]] = {
    "title": gettext_lazy("Title"),
    "abstract": gettext_lazy("Abstract"),
    "format": gettext_lazy("Format"),
    "authors": gettext_lazy("Authors"),
    "astronomy_areas": gettext_lazy("Astronomy areas"),
    "ml_areas": gettext_lazy("Machine-learning areas"),
    "astronomy_areas_text": gettext_lazy("Astronomy areas as typed"),
    "ml_areas_text": gettext_lazy("Machine-learning areas as typed"),
    "remarks": gettext_lazy("Remarks"),
    "preference": gettext_lazy("Talk or poster"),
    "is_remote": gettext_lazy("Presented remotely"),
    "answers": gettext_lazy("Answers"),
    "state": gettext_lazy("State"),
    "prepared_decision": gettext_lazy("Prepared decision"),
    "material": gettext_lazy("Slides and other material"),
    "slot": gettext_lazy("Place in the timetable"),
}


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    pieces: tuple[Piece, ...]


def changes_of(changes: Mapping[str, Any]) -> Iterator[Change]:
    """`changes` as history keeps them: per field the value before and after."""
    for field, (before, after) in changes.items():
        label = str(FIELDS.get(field, field.replace("_", " ").capitalize()))
        if isinstance(before, list) and isinstance(after, list):
            yield Change(label, tuple(_of_lists(before, after)))
        else:
            yield Change(label, pieces(worded(field, before), worded(field, after)))


def _of_lists(before: Iterable[str], after: Iterable[str]) -> Iterator[Piece]:
    """What left the list and what joined it; both lists whole if only their order changed."""
    gone = [item for item in before if item not in set(after)]
    come = [item for item in after if item not in set(before)]
    if not gone and not come:
        gone, come = list(before), list(after)
    yield Piece("; ".join(gone), "; ".join(come))


def worded(field: str, value: Any) -> str:
    """Values of the lifecycle as people call them."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    text = "" if value is None else str(value)
    if field == "state" and text in set(State):
        return str(STATE_LABELS[State(text)])
    if field == "prepared_decision" and text in set(Action):
        return str(ACTION_LABELS[Action(text)])
    if field == "preference" and text in Preference.values:
        return str(Preference(text).label)
    return text
