"""Choosing areas from a vocabulary: a grouped list that works without JavaScript."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from submissions.models import Area, AreaOrigin

Choice = tuple[Any, Any]


class AreaValue(str):
    """The slug that an option sends, with other words by which it is found."""

    __slots__ = ("also",)

    def __new__(cls, slug: str, also: Sequence[str] = ()) -> Self:
        value = super().__new__(cls, slug)
        value.also = "; ".join(also)
        return value

    also: str


@dataclass(frozen=True, slots=True)
class OfferedArea:
    key: int
    slug: str
    label: str
    synonyms: Sequence[str]
    parents: Sequence[int]
    """Keys of those that are offered too."""


class AreaSelect(forms.SelectMultiple):
    """A multiple select that the area picker turns into a search field; synonyms are found too."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "data-area-picker": "",
                "data-placeholder": _("Type to search"),
                "data-nothing-found": _("Nothing found; write it in words below."),
                "data-remove": _("Remove"),
                "size": 8,
            }
        )

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002 - Django hands it in
    ) -> SafeString:
        """As Django writes it; its template for each option takes half of the page's time."""
        chosen = set(self.format_value(value))
        parts = []
        for value_or_group, label_or_options in self.choices:
            if isinstance(label_or_options, list):
                inner = _options(label_or_options, chosen)
                group = format_html('<optgroup label="{}">{}</optgroup>', value_or_group, inner)
                parts.append(group)
            else:
                parts.append(_options([(value_or_group, label_or_options)], chosen))
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        inside = format_html_join("", "{}", ((part,) for part in parts))
        return format_html("<select{} multiple>{}</select>", given, inside)


def _options(options: list[Choice], chosen: set[str]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}{}>{}</option>',
        (
            (
                value,
                _SELECTED if value in chosen else "",
                format_html(' data-also="{}"', value.also) if getattr(value, "also", "") else "",
                label,
            )
            for value, label in options
        ),
    )


_SELECTED: Final = mark_safe(" selected")


class AreaField(forms.ModelMultipleChoiceField[Any]):
    """Areas by slug, offered in groups: one per top area with everything below it.

    The full thesaurus, where it is loaded, is not offered (2,275 rows): its terms are matched
    from what is written in words.
    """

    def __init__(self, model: type[Area], **kwargs: Any) -> None:
        super().__init__(
            queryset=model._default_manager.exclude(origin=AreaOrigin.UAT.value),
            to_field_name="slug",
            required=False,
            widget=AreaSelect(),
            error_messages={"invalid_choice": _("“%(value)s” is not in the list; use words.")},
            **kwargs,
        )

    def offer_choices(self) -> None:
        """Lay the vocabulary out in groups when it is first shown; call it for each form."""
        queryset = self.queryset
        assert queryset is not None
        self.choices = cache(lambda: grouped(offered(queryset)))


def offered(queryset: QuerySet[Any]) -> list[OfferedArea]:
    """The areas with their place in the tree, by two queries and without making a row of each."""
    rows = list(queryset.values_list("pk", "slug", "label", "synonyms"))
    model = queryset.model
    child, parent = (f"{side}_{model._meta.model_name}_id" for side in ("from", "to"))
    parents: dict[int, list[int]] = {pk: [] for pk, *_rest in rows}
    links = model.parents.through._default_manager.filter(**{f"{child}__in": list(parents)})
    for key, above in links.order_by("pk").values_list(child, parent):
        if above in parents:
            parents[key].append(above)
    return [
        OfferedArea(pk, slug, label, synonyms, parents[pk]) for pk, slug, label, synonyms in rows
    ]


def grouped(areas: list[OfferedArea]) -> list[Choice]:
    """Choices as (group, options): groups are the top areas, or, under a single top, those below.

    What stands above all groups comes first, by itself.
    """
    parents = {area.key: area.parents for area in areas}
    tops = [area.key for area in areas if not area.parents]
    if len(tops) == 1:
        tops = [area.key for area in areas if list(area.parents) == tops]
    members: dict[int | None, list[Choice]] = {None: [], **{top: [] for top in tops}}
    for area in areas:
        top = _top_of(area.key, parents, set(tops))
        members[top].append((AreaValue(area.slug, area.synonyms), area.label))
    labels = {area.key: area.label for area in areas}
    alone = members.pop(None)
    return [*alone, *((labels[top], options) for top, options in members.items() if top)]


def _top_of(pk: int, parents: Mapping[int, Sequence[int]], tops: set[int]) -> int | None:
    """The group that an area belongs to, following first parents; None above all groups."""
    for ancestor in _line(pk, parents):
        if ancestor in tops:
            return ancestor
    return None


def _line(pk: int, parents: Mapping[int, Sequence[int]]) -> Iterator[int]:
    seen: set[int] = set()
    while pk not in seen:
        seen.add(pk)
        yield pk
        if not parents[pk]:
            return
        pk = parents[pk][0]
