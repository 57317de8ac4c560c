"""The form of a talk, without its authors (forms.authors). It checks; operations write."""

from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.domain.abstracts import count_words
from submissions.domain.proposal import Proposal, ProposedAuthor
from submissions.forms.areas import AreaField
from submissions.forms.redisplay import ForgivingForm
from submissions.forms.text import LineField, TextField
from submissions.models import AstronomyArea, Meeting, MLArea, TalkFormat

LONGEST_ABSTRACT = 20_000
"""Characters of source: far above any word limit, below what is slow to show."""


class FormatField(forms.ModelChoiceField[TalkFormat]):
    """Formats with their minutes beside the name."""

    def label_from_instance(self, obj: Any) -> str:
        if obj.is_poster:
            return str(obj.name)
        return _("%(name)s: %(talk)d minutes and %(questions)d for questions") % {
            "name": obj.name,
            "talk": obj.talk_minutes,
            "questions": obj.discussion_minutes,
        }


class KeyField(forms.UUIDField):
    """Which shown form this is. One that got lost or broken is none: nobody could mend it."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            return None


class TalkForm(ForgivingForm):
    title = LineField(
        label=_("Title"),
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Mathematics between dollar signs, such as $z > 6$."),
    )
    astronomy_areas = AreaField(AstronomyArea, label=_("Areas of astronomy"))
    astronomy_areas_text = LineField(
        label=_("Not in the list?"),
        required=False,
        max_length=500,
        help_text=_("Areas of astronomy in your own words, separated by commas."),
    )
    ml_areas = AreaField(MLArea, label=_("Areas of machine learning"))
    ml_areas_text = LineField(
        label=_("Not in the list?"),
        required=False,
        max_length=500,
        help_text=_("Areas of machine learning in your own words, separated by commas."),
    )
    abstract = TextField(
        label=_("Abstract"),
        max_length=LONGEST_ABSTRACT,
        widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "*emphasis*, **strong**, lists, [links](https://…) and $mathematics$ are typeset; "
            "an empty line begins a paragraph."
        ),
    )
    format = FormatField(
        label=_("Format"),
        queryset=TalkFormat.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect(),
    )
    remarks = TextField(
        label=_("Remarks to the organisers"),
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Not published. For example when you cannot come, or what you need."),
    )
    submit_key = KeyField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        formats = TalkFormat.objects.filter(meeting=meeting)
        self.formats.queryset = formats
        if not formats.exists():
            del self.fields["format"]
        self.fields["submit_key"].initial = uuid4
        for name in ("astronomy_areas", "ml_areas"):
            field = self.fields[name]
            if isinstance(field, AreaField):
                field.offer_choices()

    @property
    def formats(self) -> FormatField:
        field = self.fields["format"]
        assert isinstance(field, FormatField)
        return field

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if len(title) > self.meeting.title_limit:
            raise ValidationError(
                ngettext(
                    "The title has %(count)d character; at most %(most)d are allowed.",
                    "The title has %(count)d characters; at most %(most)d are allowed.",
                    len(title),
                ),
                params={"count": len(title), "most": self.meeting.title_limit},
            )
        return title

    def clean_abstract(self) -> str:
        abstract: str = self.cleaned_data["abstract"]
        words = count_words(abstract)
        if words > self.meeting.word_limit:
            raise ValidationError(
                ngettext(
                    "The abstract has %(count)d word; at most %(most)d are allowed.",
                    "The abstract has %(count)d words; at most %(most)d are allowed.",
                    words,
                ),
                params={"count": words, "most": self.meeting.word_limit},
            )
        return abstract

    def clean(self) -> None:
        for name in ("astronomy_areas", "ml_areas"):
            complained = name in self.errors or f"{name}_text" in self.errors
            if not complained and not (
                self.cleaned_data[name] or self.cleaned_data[f"{name}_text"]
            ):
                self.add_error(name, _("Choose at least one area, or write it in words below."))

    def renew_key(self) -> None:
        """Shown again, this is another form: submitting it makes another talk."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data[self.add_prefix("submit_key")] = str(uuid4())
            self.data = data

    def proposal(self, authors: tuple[ProposedAuthor, ...]) -> Proposal:
        """The checked form and its authors as one proposal."""
        data = self.cleaned_data
        chosen: TalkFormat | None = data.get("format")
        return Proposal(
            title=data["title"],
            abstract=data["abstract"],
            authors=authors,
            format_id=chosen.pk if chosen else None,
            astronomy_area_slugs=tuple(area.slug for area in data["astronomy_areas"]),
            ml_area_slugs=tuple(area.slug for area in data["ml_areas"]),
            astronomy_areas_text=data["astronomy_areas_text"],
            ml_areas_text=data["ml_areas_text"],
            remarks=data["remarks"],
            submit_key=data["submit_key"],
        )


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """What the form shows for a talk that is already there."""
    return {
        "title": proposal.title,
        "abstract": proposal.abstract,
        "format": proposal.format_id,
        "astronomy_areas": list(proposal.astronomy_area_slugs),
        "ml_areas": list(proposal.ml_area_slugs),
        "astronomy_areas_text": proposal.astronomy_areas_text,
        "ml_areas_text": proposal.ml_areas_text,
        "remarks": proposal.remarks,
    }
