"""What e-mails there are: one table of kinds, with their meaning and what may stand in their texts.

Organisers may reword each kind for their meeting (models/email_template.py); what is shipped is a
text file per kind. Apps above this one register kinds of their own with `register`.
"""

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final


def gettext_noop(text: str) -> str:
    """Mark a text for translators; pages translate it when they show it."""
    return text


class Origin(Enum):
    """Whose words a value is. Only our own addresses may arrive as links."""

    OURS = auto()
    ORGANISERS = auto()
    PEOPLE = auto()
    """Typed by somebody whom nobody has checked: a speaker's name, a title."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    meaning: str
    origin: Origin
    sample: str
    """For a look at a text when no talk is there yet."""


_ = gettext_noop

PLACEHOLDERS: Final[dict[str, Placeholder]] = {
    "recipient_name": Placeholder(_("name of whoever gets it"), Origin.PEOPLE, "Ada Lovelace"),
    "talk_title": Placeholder(_("title of the talk"), Origin.PEOPLE, "Engines that learn"),
    "talk_code": Placeholder(_("code of the talk"), Origin.OURS, "ABC234"),
    "talk_authors": Placeholder(
        _("names of all authors"), Origin.PEOPLE, "Ada Lovelace, Mary Somerville"
    ),
    "private_link": Placeholder(
        _("the talk's private page; who has the link can change the talk"),
        Origin.OURS,
        "https://meetings.example.org/learning-the-sky/talks/open/…",
    ),
    "coauthor_link": Placeholder(
        _("a co-author's own page, to confirm or to object"),
        Origin.OURS,
        "https://meetings.example.org/learning-the-sky/co-author/…",
    ),
    "coauthor_name": Placeholder(
        _("name of the co-author whom it is about"), Origin.PEOPLE, "Charles Babbage"
    ),
    "submitter_name": Placeholder(
        _("name of the presenting author"), Origin.PEOPLE, "Mary Somerville"
    ),
    "answer": Placeholder(_("what the speaker answered"), Origin.OURS, "withdrawn"),
    "answer_reason": Placeholder(
        _("the reason that the speaker gave"), Origin.PEOPLE, "I have another meeting."
    ),
    "talk_page": Placeholder(
        _("the organisers' page of the talk"),
        Origin.OURS,
        "https://meetings.example.org/admin/submissions/talk/7/change/",
    ),
    "meeting_name": Placeholder(_("name of the meeting"), Origin.ORGANISERS, "Learning the Sky"),
    "meeting_dates": Placeholder(_("its days"), Origin.OURS, "7 to 9 June 2027"),
    "meeting_place": Placeholder(_("its venue and city"), Origin.ORGANISERS, "Madrid, Spain"),
    "meeting_link": Placeholder(
        _("address of its first page"),
        Origin.OURS,
        "https://meetings.example.org/learning-the-sky/",
    ),
    "contact_address": Placeholder(
        _("the organisers' address"), Origin.ORGANISERS, "talks@example.org"
    ),
    "call_closes": Placeholder(_("when the call closes"), Origin.OURS, "1 March 2027, 23:59 CET"),
    "edits_close": Placeholder(
        _("until when talks may be changed"), Origin.OURS, "8 March 2027, 23:59 CET"
    ),
}

OF_EVERY_MEETING: Final = (
    "recipient_name",
    "meeting_name",
    "meeting_dates",
    "meeting_place",
    "meeting_link",
    "contact_address",
    "call_closes",
    "edits_close",
)
OF_A_TALK: Final = ("talk_title", "talk_code", "talk_authors", "private_link", *OF_EVERY_MEETING)


@dataclass(frozen=True, slots=True)
class EmailKind:
    name: str
    label: str
    meaning: str
    """When it is written, and to whom."""
    shipped_text: str
    """A template: the subject, a blank line, the text; its values are placeholders."""
    placeholders: tuple[str, ...] = OF_A_TALK
    must_have: tuple[str, ...] = ()
    """Placeholders without which the mail would be of no use."""
    sends_at_once: bool = True
    """Unless the meeting says otherwise; else each mail is held until an organiser sends it."""
    may_be_held: bool = True
    """Whether it can wait for an organiser, or somebody sits there waiting for it."""

    @property
    def own_placeholders(self) -> MappingProxyType[str, Placeholder]:
        return MappingProxyType({name: PLACEHOLDERS[name] for name in self.placeholders})


class KindTaken(ValueError):
    """Two kinds of one name; their wordings would be taken for each other."""


_KINDS: dict[str, EmailKind] = {}


def register(kind: EmailKind) -> None:
    """Add a kind. Every placeholder must be in PLACEHOLDERS; an app above adds its own first."""
    if kind.name in _KINDS:
        raise KindTaken(kind.name)
    _KINDS[kind.name] = kind


def email_kinds() -> tuple[EmailKind, ...]:
    """All kinds, in the order in which they are shown."""
    return tuple(_KINDS.values())


def email_kind(name: str) -> EmailKind | None:
    return _KINDS.get(name)


def _text(name: str) -> str:
    return f"submissions/emails/{name}.txt"


for _kind in (
    EmailKind(
        "receipt",
        _("receipt"),
        _("When a talk was submitted, to its presenting authors."),
        _text("receipt"),
        must_have=("private_link",),
    ),
    EmailKind(
        "private_link",
        _("private link"),
        _("When somebody asks for the private link of a talk again."),
        _text("private_link"),
        must_have=("private_link",),
        may_be_held=False,
    ),
    EmailKind(
        "draft_saved",
        _("draft saved"),
        _("When somebody saves a draft by its button, once, to the first author's address."),
        _text("draft_saved"),
        placeholders=tuple(name for name in OF_A_TALK if name != "talk_authors"),
        may_be_held=False,
    ),
    EmailKind(
        "draft_reminder",
        _("reminder of a draft"),
        _("Once, before the call closes, to whoever has a draft that was not handed in."),
        _text("draft_reminder"),
        must_have=("private_link",),
        placeholders=tuple(name for name in OF_A_TALK if name != "talk_authors"),
    ),
    EmailKind(
        "coauthor_notice",
        _("notice to co-authors"),
        _("When a talk was submitted, to each co-author with an address."),
        _text("coauthor_notice"),
        must_have=("coauthor_link",),
        # Not the private link: a co-author may read about the talk and object, not change it.
        placeholders=(
            "submitter_name",
            "coauthor_link",
            *(name for name in OF_A_TALK if name != "private_link"),
        ),
    ),
    EmailKind(
        "coauthor_objected",
        _("objection of a co-author"),
        _("When somebody says they are no author of a talk, to its presenting authors."),
        _text("coauthor_objected"),
        placeholders=("coauthor_name", *OF_A_TALK),
    ),
    EmailKind(
        "decision_accept",
        _("acceptance"),
        _("When an acceptance is announced, to the talk's presenting authors."),
        _text("decision_accept"),
        must_have=("private_link",),
    ),
    EmailKind(
        "decision_waitlist",
        _("waiting list"),
        _("When a place on the waiting list is announced, to the talk's presenting authors."),
        _text("decision_waitlist"),
    ),
    EmailKind(
        "decision_reject",
        _("rejection"),
        _("When a rejection is announced, to the talk's presenting authors."),
        _text("decision_reject"),
    ),
    EmailKind(
        "answer_confirm",
        _("receipt of a confirmation"),
        _("When a speaker confirms to come, to the talk's presenting authors."),
        _text("answer_confirm"),
    ),
    EmailKind(
        "answer_decline",
        _("receipt of a refusal"),
        _("When a speaker gives the place back, to the talk's presenting authors."),
        _text("answer_decline"),
    ),
    EmailKind(
        "answer_withdraw",
        _("receipt of a withdrawal"),
        _("When a speaker withdraws a talk, to its presenting authors."),
        _text("answer_withdraw"),
    ),
    EmailKind(
        "answer_notice",
        _("notice of a free place"),
        _("When a speaker gives a place up, to the contact address, if the meeting wants it."),
        _text("answer_notice"),
        # Not the private link: whoever reads the contact address is not the speaker.
        placeholders=(
            *("answer", "answer_reason", "talk_page"),
            *(name for name in OF_A_TALK if name != "private_link"),
        ),
    ),
):
    register(_kind)
