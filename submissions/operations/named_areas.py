"""Areas by what people call them."""

from typing import Any, Final

from django.utils.text import slugify

from submissions.domain.areas.folding import spelled_out
from submissions.domain.areas.vocabulary import key_of
from submissions.importers.vocabulary import Kind
from submissions.models import Area, AreaOrigin, AstronomyArea, MLArea

MODELS: Final[dict[Kind, type[Area]]] = {Kind.ASTRONOMY: AstronomyArea, Kind.ML: MLArea}
_SLUG_LENGTH: Final = 100


def offered(kind: Kind) -> list[Area]:
    """The areas that the form offers, in their order; the full thesaurus is not among them."""
    areas: Any = MODELS[kind]._default_manager
    return list(areas.exclude(origin=AreaOrigin.UAT.value))


def area_called(kind: Kind, name: str) -> Area | None:
    """An area that the form offers, by its slug, label or synonym; case and plural do not count."""
    areas, key = offered(kind), key_of(name)
    for area in areas:
        if area.slug == name.strip() or (key and key_of(area.label) == key):
            return area
    named = (area for area in areas if key and key in map(key_of, area.synonyms))
    return next(named, None)


def free_slug(kind: Kind, label: str) -> str:
    """A slug for a new area, numbered where the plain one is taken."""
    slug = slugify(spelled_out(label))[:_SLUG_LENGTH] or "area"
    taken = set(
        MODELS[kind]._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True)
    )
    number, free = 2, slug
    while free in taken:
        number, free = number + 1, f"{slug}-{number}"
    return free
