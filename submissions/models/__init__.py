"""Rows of the submissions app. This file only gathers the names."""

from submissions.domain.outbox import EmailState
from submissions.models.area import Area, AreaOrigin, AstronomyArea, MLArea
from submissions.models.area_term import AreaKind, AreaTerm, AreaTermEntry, TermMeaning
from submissions.models.authorship import Affiliation, Authorship
from submissions.models.draft import Draft
from submissions.models.email import Email, EmailAttempt, EmailChange
from submissions.models.email_template import EmailTemplate
from submissions.models.erasure import ErasureRequest
from submissions.models.history import HistoryEntry
from submissions.models.importing import PendingImport
from submissions.models.institute import Institute, InstituteOrigin
from submissions.models.late_link import LateLink
from submissions.models.material import Material
from submissions.models.meeting import Meeting, Membership
from submissions.models.question import Answer, Question, QuestionKind
from submissions.models.speaker import Speaker
from submissions.models.talk import Preference, Talk, TalkQuerySet
from submissions.models.talk_area import TagOrigin, TalkAstronomyArea, TalkMLArea
from submissions.models.talk_format import TalkFormat
from submissions.models.user import User

__all__ = [
    "Affiliation",
    "Answer",
    "Area",
    "AreaKind",
    "AreaOrigin",
    "AreaTerm",
    "AreaTermEntry",
    "AstronomyArea",
    "Authorship",
    "Draft",
    "Email",
    "EmailAttempt",
    "EmailChange",
    "EmailState",
    "EmailTemplate",
    "ErasureRequest",
    "HistoryEntry",
    "Institute",
    "InstituteOrigin",
    "LateLink",
    "MLArea",
    "Material",
    "Meeting",
    "Membership",
    "PendingImport",
    "Preference",
    "Question",
    "QuestionKind",
    "Speaker",
    "TagOrigin",
    "Talk",
    "TalkAstronomyArea",
    "TalkFormat",
    "TalkMLArea",
    "TalkQuerySet",
    "TermMeaning",
    "User",
]
