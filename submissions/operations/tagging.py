"""Putting areas on a talk, each with who or what put it there."""

from collections.abc import Iterable
from typing import Any

from submissions.importers.vocabulary import Kind
from submissions.models import (
    AstronomyArea,
    MLArea,
    TagOrigin,
    Talk,
    TalkAstronomyArea,
    TalkMLArea,
)
from submissions.operations.areas import match_areas

# Any: the types of Django's rows cannot say "of either kind".
_TABLES: dict[Kind, tuple[Any, Any]] = {
    Kind.ASTRONOMY: (TalkAstronomyArea, AstronomyArea),
    Kind.ML: (TalkMLArea, MLArea),
}


def write_tags(talk: Talk, astronomy: Iterable[str], ml: Iterable[str], origin: TagOrigin) -> None:
    """Make the talk's areas exactly these slugs.

    Areas that stay keep who put them there, but what a rule found and a person chose is chosen.
    """
    for kind, slugs in ((Kind.ASTRONOMY, astronomy), (Kind.ML, ml)):
        tags, _areas = _TABLES[kind]
        wanted = set(slugs)
        present = tags.objects.filter(talk=talk)
        present.exclude(area__slug__in=wanted).delete()
        present.filter(origin=TagOrigin.RULE).update(origin=origin)
        _add(talk, kind, wanted, origin)


def tag_from_words(talk: Talk) -> None:
    """Add the areas that the text as typed names by exact rules."""
    words = {Kind.ASTRONOMY: talk.astronomy_areas_text, Kind.ML: talk.ml_areas_text}
    for kind, text in words.items():
        if text:
            _add(talk, kind, match_areas(kind, text, talk.meeting).areas, TagOrigin.RULE)


def add_tag(talk: Talk, kind: Kind, slug: str) -> bool:
    """Put an area on a talk that a rule found; whether it was not there before."""
    tags, areas = _TABLES[kind]
    if tags.objects.filter(talk=talk, area__slug=slug).exists():
        return False
    area = areas.objects.get(slug=slug)
    tags.objects.create(talk=talk, area=area, origin=TagOrigin.RULE.value)
    return True


def remove_rule_tag(talk: Talk, kind: Kind, slug: str) -> bool:
    """Take an area off a talk unless a person put it there; whether it was taken off."""
    tags, _areas = _TABLES[kind]
    found = tags.objects.filter(talk=talk, area__slug=slug, origin=TagOrigin.RULE.value)
    return bool(found.delete()[0])


def _add(talk: Talk, kind: Kind, slugs: Iterable[str], origin: TagOrigin) -> None:
    tags, areas = _TABLES[kind]
    tags.objects.bulk_create(
        tags(talk=talk, area=area, origin=origin)
        for area in areas.objects.filter(slug__in=set(slugs)).exclude(tags__talk=talk)
    )
