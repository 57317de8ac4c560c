"""What organisers of a meeting decided that its speakers' words mean, for the rules to read."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from submissions.importers.vocabulary import Kind
from submissions.models import AreaTerm, Meeting, TermMeaning


@dataclass(frozen=True, slots=True)
class Meaning:
    slug: str
    text: str
    key: str


def meanings(meeting: Meeting, kind: Kind) -> tuple[Meaning, ...]:
    """The terms that mean an area in this meeting; one query."""
    rows = (
        AreaTerm.objects.filter(meeting=meeting, kind=kind.value)
        .exclude(meaning=TermMeaning.NO_AREA.value)
        .annotate(slug=Coalesce("astronomy_area__slug", "ml_area__slug"))
        .order_by("pk")
        .values_list("slug", "text", "key")
    )
    return tuple(Meaning(slug, text, key) for slug, text, key in rows)
