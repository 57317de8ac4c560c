"""The forms of a talk as organisers see them: the speaker's forms with less insistence.

An imported talk may lack areas or addresses, and a typing error in it must be mendable all the
same; limits are told, not enforced.
"""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.formsets import formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from submissions.admin.versions import Versioned
from submissions.domain.abstracts import count_words
from submissions.domain.abstracts.characters import clean
from submissions.domain.proposal import ProposedAuthor
from submissions.forms import authors as author_forms
from submissions.forms import talk as talk_forms
from submissions.forms.areas import AreaField
from submissions.forms.formats import FormatField
from submissions.forms.questions import field_name, given_answers
from submissions.models import AreaOrigin, Meeting, Preference, Speaker, Talk
from submissions.operations import correcting
from submissions.snapshots import proposal_of

LONGEST_TITLE: Final = 500


class OrganisersTalkForm(Versioned, talk_forms.TalkForm):
    """Adds a talk to `meeting`, or changes `talk`."""

    send_receipt = forms.BooleanField(
        label=_("Tell the speaker by e-mail that the talk was submitted"), required=False
    )
    version = forms.CharField(widget=forms.HiddenInput(), required=False)
    insists = False

    def __init__(
        self, *args: Any, meeting: Meeting, talk: Talk | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, meeting=meeting, talk=talk, **kwargs)
        self.fields["title"].widget.attrs |= {
            "maxlength": LONGEST_TITLE,
            "class": "vLargeTextField",
        }
        self.fields["abstract"].required = False
        self.fields["abstract"].widget.attrs["class"] = "vLargeTextField"
        if "format" in self.fields:
            self._make_format_a_list()
        if "preference" in self.fields:
            choices = [("", _("not said")), *Preference.choices]
            self.fields["preference"] = forms.ChoiceField(
                label=_("Talk or poster"), choices=choices, required=False
            )
        unneeded: tuple[str, ...] = ("version",)
        if talk is not None:
            unneeded = (
                "astronomy_areas_text",
                "ml_areas_text",
                "remarks",
                "submit_key",
                "send_receipt",
            )
            self._offer_areas_of(talk)
        for name in unneeded:
            del self.fields[name]

    def _make_format_a_list(self) -> None:
        offered = self.formats.queryset
        self.fields["format"] = FormatField(
            label=_("Format"), queryset=offered, required=False, empty_label=_("not chosen")
        )

    def _offer_areas_of(self, talk: Talk) -> None:
        """Areas of the full thesaurus are offered where the talk has them already."""
        for name in ("astronomy_areas", "ml_areas"):
            field = self.fields[name]
            if isinstance(field, AreaField) and field.queryset is not None:
                model = field.queryset.model
                is_offered = ~Q(origin=AreaOrigin.UAT.value) | Q(tags__talk=talk)
                offered = model._default_manager.filter(is_offered).distinct()
                field.queryset = offered.prefetch_related("parents")
                field.offer_choices()

    def clean_title(self) -> str:
        title = " ".join(clean(self.cleaned_data["title"]).split())
        if not title:
            raise ValidationError(_("Enter a title."))
        if len(title) > LONGEST_TITLE:
            raise ValidationError(
                _("A title has at most %(most)d characters."), params={"most": LONGEST_TITLE}
            )
        return title

    def clean_abstract(self) -> str:
        return clean(self.cleaned_data["abstract"]).strip()

    def clean(self) -> None:
        """Areas may be missing."""

    def current_version(self) -> str:
        return correcting.version_of(self.talk) if self.talk else ""

    def remarks_on_limits(self) -> list[str]:
        """What is longer than the meeting asks of speakers."""
        words, most = count_words(self.cleaned_data["abstract"]), self.meeting.word_limit
        told = []
        if words > most:
            text = ngettext(
                "The abstract has %(count)d word; the meeting asks for at most %(most)d.",
                "The abstract has %(count)d words; the meeting asks for at most %(most)d.",
                words,
            )
            told.append(text % {"count": words, "most": most})
        characters, most = len(self.cleaned_data["title"]), self.meeting.title_limit
        if characters > most:
            longer = _("The title has %(count)d characters; the meeting asks for at most %(most)d.")
            told.append(longer % {"count": characters, "most": most})
        return told

    def correction(self, authors: tuple[correcting.CorrectedAuthor, ...]) -> correcting.Correction:
        data = self.cleaned_data
        chosen = data.get("format")
        return correcting.Correction(
            collaboration=data["collaboration"],
            title=data["title"],
            abstract=data["abstract"],
            format_id=chosen.pk if chosen else None,
            authors=authors,
            astronomy_area_slugs=tuple(area.slug for area in data["astronomy_areas"]),
            ml_area_slugs=tuple(area.slug for area in data["ml_areas"]),
            preference=self.chosen_preference(),
            is_remote=self.chosen_remote(),
            answers=given_answers(self.asked, data),
        )

    def question_names(self) -> tuple[str, ...]:
        """The fields of the meeting's own questions, for the page's sections."""
        return tuple(field_name(question) for question in self.asked)


class OrganisersAuthorForm(author_forms.AuthorForm):
    speaker = forms.ModelChoiceField(
        queryset=Speaker.objects.none(), required=False, widget=forms.HiddenInput()
    )
    """The person who was in this row when the page was made; empty in a new row."""

    def __init__(self, *args: Any, talk: Talk | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["speaker"]
        if talk is not None and isinstance(people, forms.ModelChoiceField):
            people.queryset = Speaker.objects.filter(authorships__talk=talk)
        for field in self.fields.values():  # the heads of columns are no labels
            field.widget.attrs["aria-label"] = field.label or ""
        for name in ("email", "orcid"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label or ""

    def clean(self) -> None:
        """A person without an address is fine: imports have many."""

    def author(self) -> ProposedAuthor:
        names = author_forms.AuthorForm.base_fields
        return ProposedAuthor(**{name: self.cleaned_data[name] for name in names})

    def corrected(self) -> correcting.CorrectedAuthor:
        person: Speaker | None = self.cleaned_data["speaker"]
        return correcting.CorrectedAuthor(self.author(), person.pk if person else None)


class OrganisersAuthorEntries(author_forms.AuthorEntries):
    def clean(self) -> None:
        entries_complain = any(f.errors for f in self.forms if not author_forms.is_removed(f))
        if entries_complain or not self.management_form.is_valid():
            return
        authors = self.authors()
        if not authors:
            raise ValidationError(_("A talk needs at least one author."))
        if len({(a.given_name, a.family_name, a.email.lower()) for a in authors}) < len(authors):
            raise ValidationError(_("An author is named twice."))

    def corrected(self) -> tuple[correcting.CorrectedAuthor, ...]:
        filled = (form for form in self.ordered_forms if form.has_changed())
        return tuple(f.corrected() for f in filled if isinstance(f, OrganisersAuthorForm))


def author_form_set(extra: int) -> Any:
    """A class of form sets with `extra` empty rows, enough without a script."""
    return formset_factory(
        OrganisersAuthorForm,
        formset=OrganisersAuthorEntries,
        extra=extra,
        max_num=author_forms.MOST_AUTHORS,
        absolute_max=author_forms.MOST_AUTHORS + 1,
        validate_max=True,
        can_order=True,
        can_delete=True,
    )


def initial_of(talk: Talk) -> dict[str, Any]:
    """What the form shows for a talk: all of its areas, also those that a rule found."""
    return {
        **talk_forms.initial_of(proposal_of(talk)),
        "astronomy_areas": [area.slug for area in talk.astronomy_areas.all()],
        "ml_areas": [area.slug for area in talk.ml_areas.all()],
        "version": correcting.version_of(talk),
    }


def initial_authors(talk: Talk) -> list[dict[str, Any]]:
    authors = proposal_of(talk).authors
    people = talk.authorships.values_list("speaker", flat=True)
    return [
        {**author_forms.initial_of(author), "speaker": person}
        for author, person in zip(authors, people, strict=True)
    ]
