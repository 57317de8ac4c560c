"""What happened to a talk, as a list that people read: who, when, what was before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.domain.differences import Piece, pieces
from submissions.domain.lifecycle import Action, State
from submissions.models import HistoryEntry, Preference, Talk
from submissions.models.labels import ACTION_LABELS, STATE_LABELS

MOST_SHOWN: Final = 100

_ACTIONS: Final[dict[str, str | Promise]] = {
    Action.SUBMIT.value: gettext_lazy("submitted"),
    Action.ACCEPT.value: gettext_lazy("acceptance announced"),
    Action.WAITLIST.value: gettext_lazy("place on the waiting list announced"),
    Action.REJECT.value: gettext_lazy("rejection announced"),
    Action.CONFIRM.value: gettext_lazy("confirmed"),
    Action.DECLINE.value: gettext_lazy("declined"),
    Action.WITHDRAW.value: gettext_lazy("withdrawn"),
    Action.REOPEN.value: gettext_lazy("reopened"),
    "prepare": gettext_lazy("decision prepared"),
    "clear": gettext_lazy("prepared decision taken back"),
    "change": gettext_lazy("changed"),
    "import": gettext_lazy("imported"),
    "schedule": gettext_lazy("placed in the timetable"),
    "unschedule": gettext_lazy("taken out of the timetable"),
    "add material": gettext_lazy("material added"),
    "change material": gettext_lazy("material changed"),
    "remove material": gettext_lazy("material removed"),
    "link": gettext_lazy("private link sent again"),
    "renew link": gettext_lazy("private links sent before made void"),
}
_FIELDS: Final[dict[str, str | Promise]] = {
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


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    who: str
    what: str
    note: str
    changes: tuple[Change, ...]


def history_of(talk: Talk) -> list[Line]:
    """Newest first; at most MOST_SHOWN."""
    entries = talk.history.select_related("by")[:MOST_SHOWN]
    return [line_of(entry) for entry in entries]


def line_of(entry: HistoryEntry) -> Line:
    return Line(
        at=entry.at,
        who=str(entry.by) if entry.by else _("the speaker, by private link"),
        what=str(_ACTIONS.get(entry.action, entry.action)),
        note=entry.note,
        changes=tuple(_changes(entry.changes)),
    )


def _changes(changes: dict[str, Any]) -> Iterator[Change]:
    for field, (before, after) in changes.items():
        label = str(_FIELDS.get(field, field.replace("_", " ").capitalize()))
        if isinstance(before, list) and isinstance(after, list):
            yield Change(label, tuple(_of_lists(before, after)))
        else:
            yield Change(label, pieces(_worded(field, before), _worded(field, after)))


def _of_lists(before: Iterable[str], after: Iterable[str]) -> Iterator[Piece]:
    """What left the list and what joined it; both lists whole if only their order changed."""
    gone = [item for item in before if item not in set(after)]
    come = [item for item in after if item not in set(before)]
    if not gone and not come:
        gone, come = list(before), list(after)
    yield Piece("; ".join(gone), "; ".join(come))


def _worded(field: str, value: Any) -> str:
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
