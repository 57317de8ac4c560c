"""The two controlled vocabularies: areas of astronomy and of machine learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaOrigin(models.TextChoices):
    SHIPPED = "shipped", _("shipped with the program")
    UAT = "uat", _("Unified Astronomy Thesaurus")
    SITE = "site", _("added on this site")


class Area(models.Model):
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    label = models.CharField(_("label"), max_length=200)
    synonyms = models.JSONField(_("synonyms"), default=list, blank=True)
    parents = models.ManyToManyField(
        "self", symmetrical=False, related_name="children", blank=True, verbose_name=_("parents")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    origin = models.CharField(
        _("origin"), max_length=10, choices=AreaOrigin.choices, default=AreaOrigin.SITE.value
    )

    class Meta:
        abstract = True
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label


class AstronomyArea(Area):
    uat_id = models.PositiveIntegerField(
        _("UAT number"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("The number that ends the concept's address in the thesaurus; 0 is one."),
    )

    class Meta(Area.Meta):
        verbose_name = _("astronomy area")
        verbose_name_plural = _("astronomy areas")

    @property
    def uat_uri(self) -> str:
        """The concept's identifier; `http` belongs to it. "" where the thesaurus has no concept."""
        return "" if self.uat_id is None else f"http://astrothesaurus.org/uat/{self.uat_id}"


class MLArea(Area):
    class Meta(Area.Meta):
        verbose_name = _("machine-learning area")
        verbose_name_plural = _("machine-learning areas")
