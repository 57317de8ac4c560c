"""The authors of a proposal, in order: one entry each, at least one of them presenting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    ORDERING_FIELD_NAME,
    BaseFormSet,
    formset_factory,
)
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from submissions.domain import orcid
from submissions.domain.abstracts.characters import clean
from submissions.domain.proposal import ProposedAuthor
from submissions.forms.redisplay import ForgivingForm

MOST_AUTHORS = 200
MOST_AFFILIATIONS = 10


class AuthorForm(ForgivingForm):
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Never published. Needed for whoever presents."),
    )
    affiliations = forms.CharField(
        label=_("Affiliations"),
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One per line, the main one first."),
    )
    orcid = forms.CharField(
        label=_("ORCID"),
        required=False,
        max_length=60,
        help_text=_("Such as 0000-0002-1825-0097; optional."),
    )
    is_presenting = forms.BooleanField(label=_("presents the talk"), required=False)

    @cached_property
    def changed_data(self) -> list[str]:
        """An entry with nothing but a place in the list, or a tick, is still an empty entry."""
        beside = {"is_presenting", ORDERING_FIELD_NAME, DELETION_FIELD_NAME}
        return [name for name in super().changed_data if name not in beside]

    def clean_given_name(self) -> str:
        return " ".join(clean(self.cleaned_data["given_name"]).split())

    def clean_family_name(self) -> str:
        name = " ".join(clean(self.cleaned_data["family_name"]).split())
        if not name:
            raise ValidationError(_("Enter the family name, or the only name."))
        return name

    def clean_affiliations(self) -> tuple[str, ...]:
        lines = clean(self.cleaned_data["affiliations"]).splitlines()
        names = tuple(dict.fromkeys(name for line in lines if (name := " ".join(line.split()))))
        if len(names) > MOST_AFFILIATIONS:
            raise ValidationError(
                _("At most %(most)d affiliations."), params={"most": MOST_AFFILIATIONS}
            )
        if any(len(name) > 300 for name in names):
            raise ValidationError(_("An affiliation has at most 300 characters; one per line."))
        return names

    def clean_orcid(self) -> str:
        try:
            return orcid.normalise(self.cleaned_data["orcid"])
        except orcid.OrcidNotValid as error:
            raise ValidationError(str(error), code="orcid") from error

    def clean(self) -> None:
        if (
            self.cleaned_data.get("is_presenting")
            and not self.cleaned_data.get("email")
            and "email" not in self.errors
        ):
            self.add_error("email", _("Whoever presents needs an address: we write to it."))

    def author(self) -> ProposedAuthor:
        """The checked entry."""
        return ProposedAuthor(**{name: self.cleaned_data[name] for name in self.base_fields})


def is_removed(form: AuthorForm) -> bool:
    """Whether the entry is marked for removal; its other fields do not matter then."""
    return bool(form.cleaned_data.get(DELETION_FIELD_NAME))


class AuthorEntries(BaseFormSet[AuthorForm]):
    """Entries left wholly empty, or marked for removal, do not count."""

    def add_fields(self, form: AuthorForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place in the list")
        form.fields["ORDER"].widget.attrs |= {"min": 1, "inputmode": "numeric"}
        form.fields["DELETE"].label = _("Remove this author")

    def clean(self) -> None:
        entries_complain = any(form.errors for form in self.forms if not is_removed(form))
        if entries_complain or not self.management_form.is_valid():
            return
        authors = self.authors()
        if not authors:
            raise ValidationError(_("Name at least one author."))
        if not any(author.is_presenting for author in authors):
            raise ValidationError(_("Tick who presents the talk."))
        addresses = [author.email.lower() for author in authors if author.email]
        if len(addresses) != len(set(addresses)):
            raise ValidationError(_("Two authors have the same e-mail address."))
        if len(set(authors)) != len(authors):
            raise ValidationError(_("An author is named twice."))

    def forgive(self) -> None:
        """Keep everything as typed and complain about nothing."""
        self._errors: list[ErrorDict] = [ErrorDict() for _form in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.forgive()

    def authors(self) -> tuple[ProposedAuthor, ...]:
        """The checked authors in their order."""
        filled = [form for form in self.ordered_forms if form.has_changed()]
        return tuple(form.author() for form in filled)


AuthorFormSet: type[AuthorEntries] = formset_factory(
    AuthorForm,
    formset=AuthorEntries,
    extra=0,
    min_num=1,
    max_num=MOST_AUTHORS,
    absolute_max=MOST_AUTHORS + 1,
    validate_max=True,
    can_order=True,
    can_delete=True,
)  # type: ignore[assignment]  # the stubs forget the class asked for


def initial_of(author: ProposedAuthor) -> dict[str, Any]:
    """What an entry shows for an author who is already there."""
    return {
        "given_name": author.given_name,
        "family_name": author.family_name,
        "email": author.email,
        "affiliations": "\n".join(author.affiliations),
        "orcid": orcid.hyphenated(author.orcid),
        "is_presenting": author.is_presenting,
    }
