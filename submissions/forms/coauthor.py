"""What a co-author says: I am one, and this is how I am called; or I am not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.domain.proposal import ProposedAuthor
from submissions.forms.authors import AuthorForm
from submissions.forms.text import TextField


class OwnEntryForm(AuthorForm):
    """The author's own entry; the address stays, for it is what the link was sent to."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        del self.fields["email"], self.fields["is_presenting"]

    def clean(self) -> None:
        """Nothing depends on anything else here."""

    def author(self) -> ProposedAuthor:
        return ProposedAuthor(**{name: self.cleaned_data[name] for name in self.fields})


class ObjectionForm(forms.Form):
    word = TextField(
        label=_("A word to the organisers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Optional. Organisers read it; whoever proposed the talk does not."),
    )
