"""A meeting's own questions to speakers, and what they answered."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.meeting import Meeting
from submissions.models.talk import Talk


class QuestionKind(models.TextChoices):
    SHORT = "short", _("a line of text")
    LONG = "long", _("a paragraph")
    CHOICE = "choice", _("one of several")
    SEVERAL = "several", _("any of several")
    YES_NO = "yes_no", _("yes or no")
    CONSENT = "consent", _("consent: a box that must be ticked")


WITH_OPTIONS = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> "QuestionQuerySet":
        """Questions that the form shows; others are kept for the answers they have."""
        return self.filter(is_asked=True)


class Question(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="questions", verbose_name=_("meeting")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("question"), max_length=500)
    help_text = models.TextField(
        _("explanation"), blank=True, help_text=_("Markdown; a code of conduct may stand here.")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.SHORT.value
    )
    options = models.JSONField(
        _("options"), default=list, blank=True, help_text=_("For choices; one per line.")
    )
    is_required = models.BooleanField(_("required"), default=False)
    is_for_reviewers = models.BooleanField(
        _("shown to reviewers"),
        default=False,
        help_text=_("With blind review ask nothing here that gives the author away."),
    )
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Answers appear on the talk's published page.")
    )
    is_asked = models.BooleanField(_("asked"), default=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="question_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind.value for kind in WITH_OPTIONS]) | ~Q(options=[]),
                name="question_choice_has_options",
                violation_error_message=_("A choice needs options, one per line."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.kind in WITH_OPTIONS and not self.options:
            raise ValidationError({"options": _("A choice needs options, one per line.")})


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_reviewers(self) -> "AnswerQuerySet":
        """What reviewers may read; the others are for organisers and their speaker alone."""
        return self.filter(question__is_for_reviewers=True)

    def public(self) -> "AnswerQuerySet":
        """What is published with a talk."""
        return self.filter(question__is_public=True)


class Answer(models.Model):
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="answers", verbose_name=_("talk"))
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="answers", verbose_name=_("question")
    )
    # Text, a list of chosen options, or true; what was not answered has no row.
    value = models.JSONField(_("answer"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["question__position", "question"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["talk", "question"], name="answer_once_per_question"),
        ]

    def __str__(self) -> str:
        if isinstance(self.value, list):
            return ", ".join(str(one) for one in self.value)
        if isinstance(self.value, bool):
            return str(_("yes") if self.value else _("no"))
        return str(self.value)
