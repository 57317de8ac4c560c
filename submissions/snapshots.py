"""The bridge from rows to the plain values of `domain`.

Each function takes the same number of queries whatever the size of the meeting.
"""

from collections import defaultdict
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncDate

from submissions.domain.lifecycle import State
from submissions.domain.proposal import Proposal, ProposedAffiliation, ProposedAuthor
from submissions.domain.questions import GivenAnswer
from submissions.domain.statistics import Shelf
from submissions.models import (
    Answer,
    AstronomyArea,
    Authorship,
    Meeting,
    MLArea,
    TagOrigin,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
)

NOT_COUNTED = (State.DRAFT, State.WITHDRAWN)
"""Talks that nobody proposes, or no longer: in counts by state, but in no picture."""


def vocabulary(model: type[AstronomyArea] | type[MLArea]) -> list[Shelf]:
    """A vocabulary as a tree, in the order in which it is shown."""
    parents: dict[int, list[int]] = defaultdict(list)
    links = model.parents.through._default_manager.all()
    start, end = (f"{side}_{model.__name__.lower()}_id" for side in ("from", "to"))
    for child, parent in links.order_by("pk").values_list(start, end):
        parents[child].append(parent)
    areas = model._default_manager.values_list("pk", "slug", "label")
    return [Shelf(pk, slug, label, tuple(parents[pk])) for pk, slug, label in areas]


def talks_by_state(meeting: Meeting) -> dict[State, int]:
    """How many talks are in each state; states without a talk are absent."""
    rows = Talk.objects.for_meeting(meeting).order_by().values_list("state")
    return {State(state): count for state, count in rows.annotate(count=Count("pk"))}


def talks_by_day(meeting: Meeting) -> dict[date, int]:
    """How many talks were submitted on each day of the meeting's zone; withdrawn ones too."""
    talks = Talk.objects.for_meeting(meeting).filter(submitted_at__isnull=False).order_by()
    days = talks.annotate(day=TruncDate("submitted_at", tzinfo=meeting.zone)).values_list("day")
    return {day: count for day, count in days.annotate(count=Count("pk")) if day is not None}


def area_tags(meeting: Meeting) -> list[tuple[list[int], list[int]]]:
    """Per talk that is proposed the keys of its astronomy areas and of its ML areas."""
    astronomy: dict[int, list[int]] = defaultdict(list)
    ml: dict[int, list[int]] = defaultdict(list)
    talks = Talk.objects.for_meeting(meeting).exclude(state__in=NOT_COUNTED).values("pk")
    for talk, area in TalkAstronomyArea.objects.filter(talk__in=talks).values_list("talk", "area"):
        astronomy[talk].append(area)
    for talk, area in TalkMLArea.objects.filter(talk__in=talks).values_list("talk", "area"):
        ml[talk].append(area)
    return [(astronomy[talk], ml[talk]) for talk in astronomy.keys() | ml.keys()]


def proposal_of(talk: Talk) -> Proposal:
    """The talk as somebody would propose it now; its key has been used.

    Areas that a rule found in the text are left out: they follow the text.
    """
    authorships = talk.authorships.select_related("speaker").prefetch_related("affiliations")
    people = [TagOrigin.SPEAKER.value, TagOrigin.ORGANISER.value]
    astronomy = talk.astronomy_tags.filter(origin__in=people)
    ml = talk.ml_tags.filter(origin__in=people)
    return Proposal(
        title=talk.title,
        abstract=talk.abstract,
        authors=tuple(as_proposed(authorship) for authorship in authorships),
        collaboration=talk.collaboration,
        format_id=talk.format_id,
        astronomy_area_slugs=tuple(astronomy.values_list("area__slug", flat=True)),
        ml_area_slugs=tuple(ml.values_list("area__slug", flat=True)),
        astronomy_areas_text=talk.astronomy_areas_text,
        ml_areas_text=talk.ml_areas_text,
        remarks=talk.remarks,
        preference=talk.preference,
        is_remote=talk.is_remote,
        answers=tuple(given_answer(answer) for answer in talk.answers.all()),
    )


def given_answer(answer: Answer) -> GivenAnswer:
    value = answer.value
    return GivenAnswer(answer.question_id, tuple(value) if isinstance(value, list) else value)


def as_proposed(authorship: Authorship) -> ProposedAuthor:
    """An author as the form of a talk would give them."""
    speaker = authorship.speaker
    return ProposedAuthor(
        given_name=speaker.given_name,
        family_name=speaker.family_name,
        email=speaker.email,
        orcid=speaker.orcid,
        affiliations=tuple(
            ProposedAffiliation(affiliation.name, affiliation.ror_id)
            for affiliation in authorship.affiliations.all()
        ),
        is_presenting=authorship.is_presenting,
    )
