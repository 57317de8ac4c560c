"""What happened to a talk, as a list that people read: who, when, what was before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.domain.lifecycle import Action
from submissions.models import HistoryEntry, Talk
from submissions.views.changes import Change as Change  # noqa: PLC0414 - other pages of the admin take it from here
from submissions.views.changes import changes_of

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
    "ask erasure": gettext_lazy("erasure asked for"),
    "erase": gettext_lazy("personal data erased"),
    "link": gettext_lazy("private link sent again"),
    "tell coauthor": gettext_lazy("co-author sent a new link"),
    "confirm coauthor": gettext_lazy("confirmed by a co-author"),
    "object": gettext_lazy("objection of a co-author"),
    "set objection aside": gettext_lazy("objection of a co-author set aside"),
    "renew link": gettext_lazy("private links sent before made void"),
}


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
        changes=tuple(changes_of(entry.changes)),
    )
