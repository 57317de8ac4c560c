"""The form of a talk, without its authors (forms.authors). It checks; operations write."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.domain.abstracts import count_words, from_html
from submissions.domain.proposal import Proposal, ProposedAuthor
from submissions.forms.areas import AreaField
from submissions.forms.formats import FormatField, offered_formats
from submissions.forms.questions import (
    Asked,
    asked_of,
    field_name,
    field_of,
    given_answers,
    initial_answers,
)
from submissions.forms.redisplay import ForgivingForm
from submissions.forms.text import LineField, TextField
from submissions.models import AstronomyArea, Meeting, MLArea, Preference, Talk, TalkFormat

LONGEST_ABSTRACT = 20_000
"""Characters of source: far above any word limit, below what is slow to show."""


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
        label=_("Other areas of astronomy"),
        required=False,
        max_length=500,
        help_text=_("Not in the list? In your own words, separated by commas."),
    )
    ml_areas = AreaField(MLArea, label=_("Areas of machine learning"))
    ml_areas_text = LineField(
        label=_("Other areas of machine learning"),
        required=False,
        max_length=500,
        help_text=_("Not in the list? In your own words, separated by commas."),
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
    preference = forms.ChoiceField(
        label=_("Talk or poster"),
        choices=[(value, capfirst(label)) for value, label in Preference.choices],
        widget=forms.RadioSelect(),
        help_text=_("If there is no room for what you would like most, what would you take?"),
    )
    is_remote = forms.BooleanField(label=_("I would present remotely"), required=False)
    collaboration = LineField(
        label=_("Collaboration"),
        required=False,
        max_length=200,
        help_text=_("Named after the authors, if the talk is on behalf of one; optional."),
    )
    remarks = TextField(
        label=_("Remarks to the organisers"),
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Not published. For example when you cannot come, or what you need."),
    )
    submit_key = KeyField(widget=forms.HiddenInput(), required=False)

    # As the page has them, so that the summary of errors goes from its top to its bottom.
    field_order = ("collaboration", "title", "abstract")

    insists = True
    """Whether what the meeting requires must be filled in."""

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        talk: Talk | None = None,
        at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        """For a new talk, or for changes to `talk`.

        With `at` only formats whose deadline is not over are offered; without it all are.
        """
        super().__init__(*args, **kwargs)
        self.meeting, self.talk = meeting, talk
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self._offer_formats(at)
        if not meeting.asks_preference:
            del self.fields["preference"]
        if not meeting.asks_remote:
            del self.fields["is_remote"]
        self._ask_questions()
        self.fields["submit_key"].initial = uuid4
        for name in ("astronomy_areas", "ml_areas"):
            field = self.fields[name]
            if isinstance(field, AreaField):
                field.offer_choices()

    def _offer_formats(self, at: datetime | None) -> None:
        formats = offered_formats(self.meeting, self.talk, at=at, is_sent=self.is_bound)
        if found := list(formats):
            self.formats.queryset = formats
            self.formats.tell_deadlines(found, self.meeting)
        else:
            del self.fields["format"]

    def _ask_questions(self) -> None:
        self.asked = asked_of(self.meeting, self.talk)
        for question in self.asked:
            self.fields[field_name(question)] = field_of(question, insists=self.insists)

    @property
    def questions(self) -> list[Asked]:
        """The meeting's own questions with their fields, for the template."""
        return [Asked(question, self[field_name(question)]) for question in self.asked]

    @property
    def formats(self) -> FormatField:
        field = self.fields["format"]
        assert isinstance(field, FormatField)
        return field

    def clean_collaboration(self) -> str:
        """Its name alone: pages write "for the" before it."""
        name: str = self.cleaned_data["collaboration"]
        return re.sub(r"^(?:(?:for|on behalf of)\s)?(?:the\s)?", "", name, flags=re.IGNORECASE)

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
        converted = from_html(abstract).strip()
        if converted != abstract:
            # What the author has not seen is not submitted in their name.
            self._show("abstract", converted)
            raise ValidationError(
                _(
                    "This was HTML, as word processors and web pages copy it. It has been "
                    "converted: look at the preview, then send the form again."
                )
            )
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
        self._show("submit_key", str(uuid4()))

    def _show(self, name: str, text: str) -> None:
        """Show another text in a field than the one that was sent."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data[self.add_prefix(name)] = text
            self.data = data

    def proposal(self, authors: tuple[ProposedAuthor, ...]) -> Proposal:
        """The checked form and its authors as one proposal."""
        data = self.cleaned_data
        chosen: TalkFormat | None = data.get("format")
        return Proposal(
            title=data["title"],
            abstract=data["abstract"],
            authors=authors,
            collaboration=data["collaboration"],
            format_id=chosen.pk if chosen else None,
            astronomy_area_slugs=tuple(area.slug for area in data["astronomy_areas"]),
            ml_area_slugs=tuple(area.slug for area in data["ml_areas"]),
            astronomy_areas_text=data["astronomy_areas_text"],
            ml_areas_text=data["ml_areas_text"],
            remarks=data["remarks"],
            preference=self.chosen_preference(),
            is_remote=self.chosen_remote(),
            answers=given_answers(self.asked, data),
            submit_key=data["submit_key"],
        )

    def chosen_preference(self) -> str:
        """What was chosen; where it is not asked for, what the talk says already."""
        kept = self.talk.preference if self.talk else ""
        return str(self.cleaned_data.get("preference", kept))

    def chosen_remote(self) -> bool:
        kept = self.talk is not None and self.talk.is_remote
        return bool(self.cleaned_data.get("is_remote", kept))


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """What the form shows for a talk that is already there."""
    return {
        "title": proposal.title,
        "abstract": proposal.abstract,
        "collaboration": proposal.collaboration,
        "format": proposal.format_id,
        "astronomy_areas": list(proposal.astronomy_area_slugs),
        "ml_areas": list(proposal.ml_area_slugs),
        "astronomy_areas_text": proposal.astronomy_areas_text,
        "ml_areas_text": proposal.ml_areas_text,
        "remarks": proposal.remarks,
        "preference": proposal.preference,
        "is_remote": proposal.is_remote,
        **initial_answers(proposal.answers),
    }
