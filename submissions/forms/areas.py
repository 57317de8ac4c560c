"""Choosing areas from a vocabulary: a grouped list that works without JavaScript."""

from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.models import Area, AreaOrigin

Choice = tuple[Any, Any]


class AreaValue(str):
    """The slug that an option sends, with the area it stands for."""

    __slots__ = ("area",)

    def __new__(cls, area: Area) -> Self:
        value = super().__new__(cls, area.slug)
        value.area = area
        return value

    area: Area


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

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        value = option["value"]
        if isinstance(value, AreaValue) and value.area.synonyms:
            option["attrs"]["data-also"] = "; ".join(value.area.synonyms)
        return option


class AreaField(forms.ModelMultipleChoiceField[Any]):
    """Areas by slug, offered in groups: one per top area with everything below it.

    The full thesaurus, where it is loaded, is not offered (2,275 rows): its terms are matched
    from what is written in words.
    """

    def __init__(self, model: type[Area], **kwargs: Any) -> None:
        offered = model._default_manager.exclude(origin=AreaOrigin.UAT.value)
        super().__init__(
            queryset=offered.prefetch_related("parents"),
            to_field_name="slug",
            required=False,
            widget=AreaSelect(),
            error_messages={"invalid_choice": _("“%(value)s” is not in the list; use words.")},
            **kwargs,
        )

    def offer_choices(self) -> None:
        """Read the vocabulary once and lay it out in groups; call it for each form shown."""
        self.choices = grouped(list(self.queryset or ()))


def grouped(areas: list[Any]) -> list[Choice]:
    """Choices as (group, options): groups are the top areas, or, under a single top, those below.

    What stands above all groups comes first, by itself.
    """
    known = {area.pk for area in areas}
    parents = {area.pk: [p.pk for p in area.parents.all() if p.pk in known] for area in areas}
    tops = [area.pk for area in areas if not parents[area.pk]]
    if len(tops) == 1:
        tops = [area.pk for area in areas if parents[area.pk] == tops]
    members: dict[int | None, list[Choice]] = {None: [], **{top: [] for top in tops}}
    for area in areas:
        top = _top_of(area.pk, parents, set(tops))
        members[top].append((AreaValue(area), area.label))
    labels = {area.pk: area.label for area in areas}
    alone = members.pop(None)
    return [*alone, *((labels[top], options) for top, options in members.items() if top)]


def _top_of(pk: int, parents: dict[int, list[int]], tops: set[int]) -> int | None:
    """The group that an area belongs to, following first parents; None above all groups."""
    for ancestor in _line(pk, parents):
        if ancestor in tops:
            return ancestor
    return None


def _line(pk: int, parents: dict[int, list[int]]) -> Iterator[int]:
    seen: set[int] = set()
    while pk not in seen:
        seen.add(pk)
        yield pk
        if not parents[pk]:
            return
        pk = parents[pk][0]
