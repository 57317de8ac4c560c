"""A meeting's own questions on its page: text, kind, options, and who reads the answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from submissions.admin.scoped import MeetingScopedInline
from submissions.domain.abstracts.characters import clean
from submissions.domain.questions import LONGEST_OPTION, MOST_OPTIONS, read_options
from submissions.forms.text import LineField
from submissions.models import Answer, Meeting, Question, QuestionKind
from submissions.models.question import WITH_OPTIONS


class OptionsField(forms.CharField):
    """A list of texts, typed one per line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 4, "cols": 60}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return read_options(clean(value or ""))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))

    def validate(self, value: Any) -> None:
        if len(value) > MOST_OPTIONS:
            raise ValidationError(_("At most %(most)d options."), params={"most": MOST_OPTIONS})
        if any(len(option) > LONGEST_OPTION for option in value):
            text = _("An option has at most %(most)d characters.")
            raise ValidationError(text, params={"most": LONGEST_OPTION})


def _answer_count(question: Question) -> int:
    """As QuestionInline counts it; none for a question that is being added."""
    counted: int = getattr(question, "answer_count", 0)
    return counted


class QuestionForm(forms.ModelForm[Question]):
    text = LineField(
        label=gettext_lazy("Question"), max_length=500, widget=forms.TextInput({"size": 80})
    )
    options = OptionsField(
        label=gettext_lazy("Options"),
        required=False,
        help_text=gettext_lazy(
            "For choices; one per line. An option that you take away stays readable where it was "
            "chosen."
        ),
    )

    class Meta:
        model = Question
        widgets = {"help_text": forms.Textarea({"rows": 3, "cols": 80})}
        fields = ("text", "kind", "options", "help_text", "position")

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if self.instance.pk and kind != self.initial.get("kind") and _answer_count(self.instance):
            text = _(
                "This question has been answered, so its kind stays: %(kind)s. Stop asking it, and "
                "add another question."
            )
            was = QuestionKind(self.initial["kind"]).label
            raise ValidationError(text, params={"kind": was})
        return kind

    def clean_help_text(self) -> str:
        return clean(self.cleaned_data["help_text"]).strip()

    def clean(self) -> None:
        super().clean()
        kind = self.cleaned_data.get("kind")
        if kind is not None and kind not in WITH_OPTIONS:
            self.cleaned_data["options"] = []
        elif kind and "options" not in self.errors and not self.cleaned_data["options"]:
            # Said here, with its place, before the row itself complains.
            self.add_error("options", _("A choice needs options, one per line."))


class QuestionFormSet(BaseInlineFormSet[Question, Meeting, forms.ModelForm[Question]]):
    remarks: tuple[str, ...] = ()
    """What to tell after saving."""

    def clean(self) -> None:
        for form in self.forms:
            is_to_go = getattr(form, "cleaned_data", {}).get("DELETE")
            if is_to_go and _answer_count(form.instance):
                # Before the admin refuses it in words about protected objects.
                text = _(
                    "“%(question)s” has been answered, so it is kept. Untick “asked” instead, and "
                    "the form no longer shows it."
                )
                raise ValidationError(text, params={"question": form.instance.text})
        super().clean()

    def save(self, commit: bool = True) -> Any:
        self.remarks = tuple(
            remark for form in self.forms for remark in _chosen_before(form, form.changed_data)
        )
        return super().save(commit)


def _chosen_before(form: forms.ModelForm[Question], changed: list[str]) -> list[str]:
    """What is told when options were taken away that speakers have chosen."""
    if "options" not in changed or not form.instance.pk or not _answer_count(form.instance):
        return []
    gone = [one for one in form.initial.get("options", []) if one not in form.instance.options]
    values = Answer.objects.filter(question=form.instance).values_list("value", flat=True)
    chosen = [value if isinstance(value, list) else [value] for value in values]
    told = []
    for option in gone:
        if count := sum(option in one for one in chosen):
            text = ngettext(
                "“%(option)s” is no longer offered; %(count)d talk that chose it keeps it.",
                "“%(option)s” is no longer offered; %(count)d talks that chose it keep it.",
                count,
            )
            told.append(text % {"option": option, "count": count})
    return told


class QuestionInline(MeetingScopedInline[Question, Meeting]):
    template = "admin/edit_inline/stacked.html"
    model = Question
    form = QuestionForm
    formset = QuestionFormSet
    verbose_name_plural = gettext_lazy("questions of your own, and consent")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "text",
                    ("kind", "position"),
                    "options",
                    "help_text",
                    ("is_required", "is_asked"),
                    ("is_for_reviewers", "is_public"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(answer_count=Count("answers"))
