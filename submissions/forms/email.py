"""What organisers write to people: one mail, or the wording of a kind of mails."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.domain.email_kinds import EmailKind
from submissions.domain.email_texts import TextProblem, braced, problems_in
from submissions.emails import Wording
from submissions.forms.text import LineField, TextField

LONGEST_TEXT: Final = 20_000


def _body() -> TextField:
    widget = forms.Textarea({"rows": 18, "cols": 80, "class": "vLargeTextField"})
    return TextField(label=gettext_lazy("Text"), max_length=LONGEST_TEXT, widget=widget)


def _subject(longest: int) -> LineField:
    widget = forms.TextInput({"size": 80, "class": "vTextField"})
    return LineField(label=gettext_lazy("Subject"), max_length=longest, widget=widget)


class EmailForm(forms.Form):
    """A mail that is held: its last words before it leaves."""

    recipient = forms.EmailField(
        label=gettext_lazy("To"), widget=forms.EmailInput({"size": 60, "class": "vTextField"})
    )
    subject = _subject(300)
    body = _body()

    def clean_body(self) -> str:
        return f"{self.cleaned_data['body']}\n"


class WordingForm(forms.Form):
    """The wording of one kind; placeholders are a closed list, refused where they are misspelt."""

    subject = _subject(200)
    body = _body()
    sends_at_once = forms.BooleanField(
        label=gettext_lazy("Send at once"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise each mail is held until an organiser has looked at it and sends it."
        ),
    )

    def __init__(self, *args: Any, kind: EmailKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.kind = kind
        if not kind.may_be_held:
            field = self.fields["sends_at_once"]
            field.disabled = True
            field.help_text = _("Always: somebody sits there waiting for it.")

    def clean_subject(self) -> str:
        return self._checked(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        text = self._checked(self.cleaned_data["body"])
        missing = [name for name in self.kind.must_have if braced(name) not in text]
        if missing:
            names = ", ".join(map(braced, missing))
            problem = _("Without %(names)s this mail is of no use to whoever gets it: put it in.")
            raise ValidationError(problem % {"names": names})
        return f"{text}\n"

    def wording(self) -> Wording:
        data = self.cleaned_data
        return Wording(data["subject"], data["body"], data["sends_at_once"])

    def _checked(self, text: str) -> str:
        problems = problems_in(text, self.kind.placeholders)
        if problems:
            allowed = ", ".join(map(braced, self.kind.placeholders))
            raise ValidationError(
                [
                    *map(_sentence, problems),
                    _("These placeholders are known here: %(allowed)s") % {"allowed": allowed},
                ]
            )
        return text


def _sentence(problem: TextProblem) -> str | Promise:
    if problem.is_brace:
        text = _("The brace “%(found)s” is part of no placeholder. Write it another way.")
    elif problem.suggestion:
        text = _("“%(found)s” is no placeholder of this kind. Did you mean “%(suggestion)s”?")
    else:
        text = _("“%(found)s” is no placeholder of this kind.")
    return text % {"found": problem.found, "suggestion": problem.suggestion}
