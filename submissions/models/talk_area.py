"""The areas of a talk, each with who or what put it there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.area import AstronomyArea, MLArea
from submissions.models.talk import Talk


class TagOrigin(models.TextChoices):
    """Who or what put an area on a talk."""

    SPEAKER = "speaker", _("chosen by the speaker")
    RULE = "rule", _("matched from the text as typed")
    ORGANISER = "organiser", _("set by an organiser")


class TalkArea(models.Model):
    origin = models.CharField(
        _("origin"), max_length=10, choices=TagOrigin.choices, default=TagOrigin.ORGANISER.value
    )

    class Meta:
        abstract = True


class TalkAstronomyArea(TalkArea):
    talk = models.ForeignKey(
        Talk, models.CASCADE, related_name="astronomy_tags", verbose_name=_("talk")
    )
    area = models.ForeignKey(
        AstronomyArea, models.PROTECT, related_name="tags", verbose_name=_("area")
    )

    class Meta:
        verbose_name = _("astronomy area")
        verbose_name_plural = _("astronomy areas")
        constraints = [
            models.UniqueConstraint(fields=["talk", "area"], name="talk_astronomy_area_once"),
        ]

    def __str__(self) -> str:
        return str(self.area)


class TalkMLArea(TalkArea):
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="ml_tags", verbose_name=_("talk"))
    area = models.ForeignKey(MLArea, models.PROTECT, related_name="tags", verbose_name=_("area"))

    class Meta:
        verbose_name = _("machine-learning area")
        verbose_name_plural = _("machine-learning areas")
        constraints = [
            models.UniqueConstraint(fields=["talk", "area"], name="talk_ml_area_once"),
        ]

    def __str__(self) -> str:
        return str(self.area)
