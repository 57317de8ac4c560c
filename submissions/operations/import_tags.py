"""Areas that rules found in the text of an import, as rows."""

from collections.abc import Iterable

from submissions.models import (
    AstronomyArea,
    MLArea,
    TagOrigin,
    TalkAstronomyArea,
    TalkMLArea,
)

_RULE = TagOrigin.RULE.value


class AreaKeys:
    """Primary keys of the areas by slug, looked up once for a whole import."""

    def __init__(self) -> None:
        self.astronomy = dict(AstronomyArea.objects.values_list("slug", "pk"))
        self.ml = dict(MLArea.objects.values_list("slug", "pk"))

    def astronomy_rows(self, talk_id: int, slugs: Iterable[str]) -> list[TalkAstronomyArea]:
        return [
            TalkAstronomyArea(talk_id=talk_id, area_id=self.astronomy[slug], origin=_RULE)
            for slug in slugs
            if slug in self.astronomy
        ]

    def ml_rows(self, talk_id: int, slugs: Iterable[str]) -> list[TalkMLArea]:
        return [
            TalkMLArea(talk_id=talk_id, area_id=self.ml[slug], origin=_RULE)
            for slug in slugs
            if slug in self.ml
        ]

    def replace_astronomy(self, talk_id: int, slugs: Iterable[str]) -> None:
        """The text changed: what rules found in the old one goes, what people chose stays."""
        TalkAstronomyArea.objects.filter(talk=talk_id, origin=_RULE).delete()
        chosen = set(TalkAstronomyArea.objects.filter(talk=talk_id).values_list("area", flat=True))
        rows = self.astronomy_rows(talk_id, slugs)
        TalkAstronomyArea.objects.bulk_create(row for row in rows if row.area_id not in chosen)

    def replace_ml(self, talk_id: int, slugs: Iterable[str]) -> None:
        """As for astronomy."""
        TalkMLArea.objects.filter(talk=talk_id, origin=_RULE).delete()
        chosen = set(TalkMLArea.objects.filter(talk=talk_id).values_list("area", flat=True))
        rows = self.ml_rows(talk_id, slugs)
        TalkMLArea.objects.bulk_create(row for row in rows if row.area_id not in chosen)
