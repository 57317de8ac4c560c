"""A meeting's own questions as fields of the form of a talk."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from submissions.domain.abstracts import render
from submissions.domain.questions import AnswerValue, GivenAnswer, filled
from submissions.forms.text import LineField, TextField
from submissions.models import Answer, Meeting, Question, QuestionKind, Talk

PREFIX: Final = "question_"
LONGEST_LINE: Final = 500
LONGEST_PARAGRAPH: Final = 5000
MOST_RADIOS: Final = 8
"""With more options than this a list to choose from is easier than a column of circles."""

_YES, _NO = "True", "False"
"""As Django writes a truth value into a form, so that an answer needs no translation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a form, for the template."""

    question: Question
    field: BoundField

    @property
    def is_group(self) -> bool:
        """Several controls under one legend."""
        return bool(self.field.field.widget.use_fieldset)

    @property
    def is_tick(self) -> bool:
        return self.question.kind == QuestionKind.CONSENT


def asked_of(meeting: Meeting, talk: Talk | None = None) -> list[Question]:
    """The questions of the form, consent last: people agree to what they have read before.

    Where the talk chose an option that was removed since, that option is still offered to it.
    """
    questions = list(Question.objects.filter(meeting=meeting).asked())
    answers = _values(talk)
    for question in questions:
        question.options = [*question.options, *_removed(question, answers.get(question.pk))]
    return sorted(questions, key=lambda one: one.kind == QuestionKind.CONSENT)


def _removed(question: Question, value: Any) -> list[str]:
    chosen = value if isinstance(value, list) else [value]
    if question.kind not in (QuestionKind.CHOICE, QuestionKind.SEVERAL):
        return []
    return [str(one) for one in chosen if one is not None and one not in question.options]


def field_name(question: Question) -> str:
    return f"{PREFIX}{question.pk}"


def field_of(question: Question, *, insists: bool = True) -> forms.Field:
    """The field for a question; where nobody `insists`, an organiser may leave it empty."""
    is_consent = question.kind == QuestionKind.CONSENT
    field = _FIELDS[QuestionKind(question.kind)](
        question, insists and (question.is_required or is_consent)
    )
    field.label = question.text
    if question.help_text:
        # Safe: what the one place that decides it has rendered.
        field.help_text = mark_safe(render(question.help_text).html)  # noqa: S308
    return field


def _line(_question: Question, required: bool) -> forms.Field:  # noqa: FBT001 - a row of a table
    return LineField(required=required, max_length=LONGEST_LINE)


def _paragraph(_question: Question, required: bool) -> forms.Field:  # noqa: FBT001 - as above
    widget = forms.Textarea({"rows": 4})
    return TextField(required=required, max_length=LONGEST_PARAGRAPH, widget=widget)


def _choice(question: Question, required: bool) -> forms.Field:  # noqa: FBT001 - as above
    choices = [(option, option) for option in question.options]
    if len(choices) > MOST_RADIOS:
        widget: forms.Widget = forms.Select()
        choices = [("", _("Choose")), *choices]
    else:
        widget = forms.RadioSelect()
        choices = choices if required else [*choices, ("", _("No answer"))]
    return forms.ChoiceField(required=required, choices=choices, widget=widget)


def _several(question: Question, required: bool) -> forms.Field:  # noqa: FBT001 - as above
    return forms.MultipleChoiceField(
        required=required,
        choices=[(option, option) for option in question.options],
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Tick at least one.")},
    )


def _yes_no(_question: Question, required: bool) -> forms.Field:  # noqa: FBT001 - as above
    choices: list[tuple[str, Any]] = [(_YES, _("Yes")), (_NO, _("No"))]
    return forms.ChoiceField(
        required=required,
        choices=choices if required else [*choices, ("", _("No answer"))],
        widget=forms.RadioSelect(),
    )


def _consent(_question: Question, required: bool) -> forms.Field:  # noqa: FBT001 - as above
    return forms.BooleanField(
        required=required,
        error_messages={"required": _("Without this a talk cannot be submitted.")},
    )


_FIELDS: Final[Mapping[QuestionKind, Callable[[Question, bool], forms.Field]]] = {
    QuestionKind.SHORT: _line,
    QuestionKind.LONG: _paragraph,
    QuestionKind.CHOICE: _choice,
    QuestionKind.SEVERAL: _several,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CONSENT: _consent,
}


def given_answers(
    questions: Iterable[Question], data: Mapping[str, Any]
) -> tuple[GivenAnswer, ...]:
    """What the checked form says to each question that it asked."""
    return tuple(
        GivenAnswer(question.pk, _value(question, data.get(field_name(question))))
        for question in questions
    )


def _value(question: Question, given: Any) -> AnswerValue | None:
    if not given:
        return None
    if question.kind == QuestionKind.YES_NO:
        return bool(given == _YES)
    if question.kind == QuestionKind.SEVERAL:
        return tuple(given)
    return True if question.kind == QuestionKind.CONSENT else str(given)


def initial_answers(answers: Iterable[GivenAnswer]) -> dict[str, Any]:
    """What the form shows for answers that were given before."""
    return {f"{PREFIX}{key}": _shown(value) for key, value in filled(answers).items()}


def _shown(value: AnswerValue) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value


def _values(talk: Talk | None) -> dict[int, Any]:
    if talk is None or talk.pk is None:
        return {}
    return dict(Answer.objects.filter(talk=talk).values_list("question", "value"))
