"""Terms that speakers of a meeting typed, and what its organisers decided that they mean."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.area import Area, AstronomyArea, MLArea
from submissions.models.meeting import Meeting


class AreaKind(models.TextChoices):
    """The two vocabularies, by the names that importers.vocabulary.Kind has."""

    ASTRONOMY = "astronomy", _("astronomy")
    ML = "ml", _("machine learning")


class TermMeaning(models.TextChoices):
    SYNONYM = "synonym", _("means an area in this meeting")
    NEW_AREA = "new-area", _("is a new area")
    NO_AREA = "no-area", _("is no area")


class AreaTerm(models.Model):
    """What one term means in one meeting."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="area_terms", verbose_name=_("meeting")
    )
    kind = models.CharField(_("vocabulary"), max_length=10, choices=AreaKind.choices)
    key = models.CharField(_("folded term"), max_length=500)
    text = models.CharField(_("term"), max_length=500)
    meaning = models.CharField(_("meaning"), max_length=10, choices=TermMeaning.choices)
    astronomy_area = models.ForeignKey(
        AstronomyArea, models.PROTECT, null=True, blank=True, related_name="terms"
    )
    ml_area = models.ForeignKey(MLArea, models.PROTECT, null=True, blank=True, related_name="terms")
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = _("area term")
        verbose_name_plural = _("area terms")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "key"], name="area_term_once"),
            models.CheckConstraint(
                condition=Q(
                    meaning=TermMeaning.NO_AREA.value,
                    astronomy_area__isnull=True,
                    ml_area__isnull=True,
                )
                | Q(
                    meaning__in=[TermMeaning.SYNONYM.value, TermMeaning.NEW_AREA.value],
                    kind=AreaKind.ASTRONOMY.value,
                    astronomy_area__isnull=False,
                    ml_area__isnull=True,
                )
                | Q(
                    meaning__in=[TermMeaning.SYNONYM.value, TermMeaning.NEW_AREA.value],
                    kind=AreaKind.ML.value,
                    astronomy_area__isnull=True,
                    ml_area__isnull=False,
                ),
                name="area_term_has_the_area_it_means",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def area(self) -> Area | None:
        return self.astronomy_area or self.ml_area


class AreaTermEntry(models.Model):
    """One thing that was done about a term; rows are added and never changed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="area_term_entries")
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    text = models.CharField(max_length=500)
    action = models.CharField(
        max_length=10,
        choices=[*TermMeaning.choices, ("undo", _("decision taken back"))],
    )
    area_label = models.CharField(max_length=200, blank=True)
    talk_count = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.text}: {self.get_action_display()}"
