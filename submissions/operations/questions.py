"""Answers to a meeting's own questions, written beside the talk that they belong to."""

from collections.abc import Iterable

from submissions.domain.questions import GivenAnswer
from submissions.models import Answer, Question, Talk


def write_answers(talk: Talk, answers: Iterable[GivenAnswer]) -> None:
    """Write what was answered and take away what was left empty.

    A question that is not among them was not asked: its answer stays. So does nothing of a
    question of another meeting, or of one that was deleted while somebody typed.
    """
    given = {one.question_id: one.value for one in answers}
    known = Question.objects.filter(meeting=talk.meeting_id, pk__in=given)
    for question in known.values_list("pk", flat=True):
        value = given[question]
        if value is None:
            Answer.objects.filter(talk=talk, question=question).delete()
        else:
            stored = list(value) if isinstance(value, tuple) else value
            Answer.objects.update_or_create(
                talk=talk, question_id=question, defaults={"value": stored}
            )


def answer_lines(talk: Talk) -> list[str]:
    """The answers as history shows them: each with its question."""
    return lines_of(talk.answers.select_related("question"))


def lines_of(answers: Iterable[Answer]) -> list[str]:
    return [f"{answer.question.text} {answer}" for answer in answers]
