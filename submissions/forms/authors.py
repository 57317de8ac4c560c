"""The authors of a proposal, in order: one entry each, at least one of them presenting."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import (
    DELETION_FIELD_NAME,
    INITIAL_FORM_COUNT,
    ORDERING_FIELD_NAME,
    TOTAL_FORM_COUNT,
    BaseFormSet,
    formset_factory,
)
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from submissions.domain import orcid
from submissions.domain.affiliations import read_affiliations, written_affiliations
from submissions.domain.names import fold
from submissions.domain.proposal import ProposedAffiliation, ProposedAuthor
from submissions.domain.scripts import mixed_words
from submissions.forms.redisplay import ForgivingForm
from submissions.forms.text import LineField, TextField
from submissions.models.speaker import read_orcid

MOST_AUTHORS = 200
MOST_SHOWN = 300
"""Entries that are shown again although they are too many to be submitted."""
MOST_AFFILIATIONS = 10
LIST_FIELD = "author_list"
"""The box for a pasted list; what stands in it is no author yet."""

_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)


def validate_name(name: str) -> None:
    """Names stand in mails to others: an address in one would be somebody's advertisement."""
    if _ADDRESS.search(name):
        raise ValidationError(_("Write the name alone, without an address."))


def mixed_word(word: str) -> str:
    """The hint about a word of letters that only look as if they belonged together."""
    text = gettext("“%(word)s” mixes letters of different alphabets that look alike.")
    return text % {"word": word}


class AuthorForm(ForgivingForm):
    doubts: Sequence[str] = ()
    """What was guessed when the entry was taken out of a pasted list, in words."""

    given_name = LineField(
        label=_("Given name"),
        max_length=120,
        required=False,
        validators=[validate_name],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    family_name = LineField(
        label=_("Family name"),
        max_length=120,
        validators=[validate_name],
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the family name, or the only name.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("Never published. Needed for whoever presents."),
    )
    affiliations = TextField(
        label=_("Affiliations"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(
            {
                "rows": 2,
                "data-affiliations": True,
                "data-says-one": _("Affiliation"),
                "data-says-add": _("Add another affiliation"),
                "data-says-remove": _("Remove affiliation"),
                "data-says-known": _("known institute"),
                "data-says-found": _("suggestions; choose with the arrow keys"),
            }
        ),
        help_text=_("The main one first; one per line."),
    )
    orcid = LineField(
        label=_("ORCID"),
        required=False,
        max_length=60,
        help_text=_("Such as 0000-0002-1825-0097; optional."),
    )
    is_presenting = forms.BooleanField(label=_("presents the talk"), required=False)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and is_removed(self):
            self._errors = ErrorDict()

    @cached_property
    def changed_data(self) -> list[str]:
        """An entry with nothing but a place in the list, or a tick, is still an empty entry."""
        beside = {"is_presenting", ORDERING_FIELD_NAME, DELETION_FIELD_NAME}
        return [name for name in super().changed_data if name not in beside]

    def clean_affiliations(self) -> tuple[ProposedAffiliation, ...]:
        affiliations = read_affiliations(self.cleaned_data["affiliations"])
        if len(affiliations) > MOST_AFFILIATIONS:
            raise ValidationError(
                _("At most %(most)d affiliations."), params={"most": MOST_AFFILIATIONS}
            )
        if any(len(affiliation.name) > 300 for affiliation in affiliations):
            raise ValidationError(_("An affiliation has at most 300 characters; one per line."))
        return affiliations

    def clean_orcid(self) -> str:
        return read_orcid(self.cleaned_data["orcid"])

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

    @property
    def hints(self) -> list[str]:
        """What to look at once more; nothing that is refused."""
        told = [str(doubt) for doubt in self.doubts]
        names = f"{self['given_name'].value() or ''} {self['family_name'].value() or ''}"
        return [*told, *map(mixed_word, mixed_words(names))]

    @property
    def place(self) -> float:
        """Where the entry stands in the list as typed; at the end without a number."""
        try:
            return int(self[ORDERING_FIELD_NAME].value())
        except (TypeError, ValueError):
            return float("inf")


def is_removed(form: AuthorForm) -> bool:
    """Whether the entry is marked for removal; its other fields do not matter then."""
    return bool(form.cleaned_data.get(DELETION_FIELD_NAME))


class AuthorEntries(BaseFormSet[AuthorForm]):
    """Entries left wholly empty, or marked for removal, do not count."""

    list_notes: Sequence[str] = ()
    """What is to be said about the list that the entries were just taken from."""

    default_error_messages = {
        "too_many_forms": _("At most %(num)d authors; name the collaboration for the others."),
    }

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        super().__init__(None if data is None else counted(data, prefix), **kwargs)

    def __iter__(self) -> Iterator[AuthorForm]:
        """In the order of their places as typed: so a page that comes back keeps that order."""
        if not self.is_bound:
            return iter(self.forms)
        return iter(sorted(self.forms, key=lambda form: (form["DELETE"].value(), form.place)))

    def add_fields(self, form: AuthorForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place in the list")
        form.fields["ORDER"].widget.attrs |= {"min": 1, "inputmode": "numeric"}
        form.fields["DELETE"].label = _("Remove this author")

    @property
    def list_text(self) -> str:
        """What stands in the box for a pasted list."""
        return str(self.data.get(LIST_FIELD, "")) if self.is_bound else ""

    def clean(self) -> None:
        if self.list_text.strip():
            raise ValidationError(
                _("The box for an author list still holds text: take it over, or empty the box.")
            )
        if any(form.errors for form in self.forms):
            return
        entries = self.ordered_forms
        if not entries:
            self._complain("family_name", _("Name at least one author."))
            return
        self._refuse_repetitions(entries)
        if not any(entry.cleaned_data.get("is_presenting") for entry in entries):
            self._complain("is_presenting", _("Tick who presents the talk."))

    def _refuse_repetitions(self, entries: Iterable[AuthorForm]) -> None:
        people: set[tuple[str, str]] = set()
        addresses: set[str] = set()
        for entry in entries:
            author = entry.author()
            address = author.email.lower()
            person = (fold(f"{author.family_name} {author.given_name}"), address)
            if address and address in addresses:
                entry.add_error("email", _("Another author has this e-mail address."))
            elif person in people:
                entry.add_error(
                    "family_name",
                    _("Another author has this name. If they are two people, give both addresses."),
                )
            people.add(person)
            addresses.add(address)

    def _complain(self, field: str, message: Any) -> None:
        """Beside a field of the first entry that is shown."""
        first = next(iter(self), None)
        if first is None or is_removed(first):
            raise ValidationError(message)
        first.add_error(field, message)

    def forgive(self) -> None:
        """Keep everything as typed and complain about nothing."""
        self._errors: list[ErrorDict] = [ErrorDict() for _form in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.forgive()

    def authors(self) -> tuple[ProposedAuthor, ...]:
        """The checked authors in their order."""
        return tuple(form.author() for form in self.ordered_forms)


AuthorFormSet: type[AuthorEntries] = formset_factory(
    AuthorForm,
    formset=AuthorEntries,
    extra=0,
    max_num=MOST_AUTHORS,
    absolute_max=MOST_SHOWN,
    validate_max=True,
    can_order=True,
    can_delete=True,
)  # type: ignore[assignment]  # the stubs forget the class asked for


def counted(data: QueryDict, prefix: str) -> QueryDict:
    """The same with the number of entries that are there, whatever the form said it is.

    A count that was lost or made up would lose what was typed, or have thousands of entries drawn.
    """
    name = re.compile(rf"{re.escape(prefix)}-(\d{{1,5}})-(\w+)", re.ASCII)
    found = {key: match for key in data if (match := name.fullmatch(key))}
    numbers = sorted({int(match[1]) for match in found.values()})
    places = {number: place for place, number in enumerate(numbers)}
    entries = QueryDict(mutable=True)
    for key, values in data.lists():
        match = found.get(key)
        entries.setlist(
            f"{prefix}-{places[int(match[1])]}-{match[2]}" if match else key, list(values)
        )
    entries[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(max(len(numbers), 1))
    entries[f"{prefix}-{INITIAL_FORM_COUNT}"] = "0"
    return entries


def initial_of(author: ProposedAuthor) -> dict[str, Any]:
    """What an entry shows for an author who is already there."""
    return {
        "given_name": author.given_name,
        "family_name": author.family_name,
        "email": author.email,
        "affiliations": written_affiliations(author.affiliations),
        "orcid": orcid.hyphenated(author.orcid),
        "is_presenting": author.is_presenting,
    }
