"""The list of talks as a file. Content in exports.talks_table; here from rows to its values."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from submissions.exports.talks_table import TalkRow, talks_table
from submissions.models import Authorship, Question, Talk


def talks_csv(talks: QuerySet[Talk]) -> HttpResponse:
    """For organisers only: it holds e-mail addresses. Its first character tells Excel the code."""
    rows = (
        talks.defer(None)
        .select_related("format", "meeting")
        .prefetch_related(None)
        .prefetch_related(
            "authorships__speaker",
            "authorships__affiliations",
            "astronomy_areas",
            "ml_areas",
            "answers",
        )
    )
    table = talks_table((_row(talk) for talk in rows), _questions(talks))
    text = "\N{ZERO WIDTH NO-BREAK SPACE}" + table
    return HttpResponse(
        text.encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="talks.csv"'},
    )


def _row(talk: Talk) -> TalkRow:
    authors = list(talk.authorships.all())
    presenting = [author for author in authors if author.is_presenting] or authors[:1]
    zone = talk.meeting.zone
    return TalkRow(
        code=talk.code,
        title=talk.title,
        state=talk.state,
        prepared_decision=talk.prepared_decision,
        format=talk.format.name if talk.format else "",
        presenting=_names(presenting),
        emails="; ".join(author.speaker.email for author in presenting if author.speaker.email),
        authors=_names(authors),
        affiliations="; ".join(
            dict.fromkeys(place.name for author in authors for place in author.affiliations.all())
        ),
        astronomy_areas="; ".join(area.label for area in talk.astronomy_areas.all()),
        astronomy_areas_text=talk.astronomy_areas_text,
        ml_areas="; ".join(area.label for area in talk.ml_areas.all()),
        ml_areas_text=talk.ml_areas_text,
        abstract=talk.abstract,
        remarks=talk.remarks,
        preference=talk.preference,
        is_remote="yes" if talk.is_remote else "",
        submitted=talk.submitted_at.astimezone(zone).isoformat() if talk.submitted_at else "",
        changed=talk.changed_at.astimezone(zone).isoformat(),
        answers={answer.question_id: _worded(answer.value) for answer in talk.answers.all()},
    )


def _questions(talks: QuerySet[Talk]) -> dict[int, str]:
    """All questions of the meetings of these talks, asked or not any more, in their order.

    Where the talks are of several meetings, a column says of which it is.
    """
    meetings = talks.order_by().values("meeting").distinct()
    questions = Question.objects.filter(meeting__in=meetings).select_related("meeting")
    found = list(questions.order_by("meeting", "position", "pk"))
    several = len({question.meeting_id for question in found}) > 1
    return {one.pk: f"{one.meeting}: {one.text}" if several else one.text for one in found}


def _worded(value: Any) -> str:
    """For programs as for people: not translated."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _names(authors: Iterable[Authorship]) -> str:
    return "; ".join(author.speaker.name for author in authors)
