"""Institutes that are suggested while somebody types an affiliation. Facts, of no meeting."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from submissions.domain.names import fold
from submissions.models.authorship import validate_ror_id


class InstituteOrigin(models.TextChoices):
    SHIPPED = "shipped", _("shipped with Conjunction")
    ROR = "ror", _("from a ROR data dump")


class InstituteQuerySet(models.QuerySet["Institute"]):
    def search(self, text: str) -> Self:
        """Institutes that have every word, in any order; accents do not count.

        First those with exactly this acronym or name, then those whose name begins so, then
        shorter names before longer ones.
        """
        folded = fold(text)
        matching = self
        for word in folded.split():
            matching = matching.filter(search_text__contains=f" {word}")
        exact = Q(search_text__contains=f" | {folded} | ")
        begins = Q(search_text__startswith=f" | {folded}")
        rank = Case(
            When(exact, then=Value(0)),
            When(begins, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return matching.order_by(rank, "name_length", "name", "pk")


class Institute(models.Model):
    name = models.CharField(_("name"), max_length=300)
    other_names = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_("Acronyms, other languages.")
    )
    ror_id = models.CharField(
        _("ROR identifier"),
        max_length=30,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_ror_id],
    )
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    origin = models.CharField(_("origin"), max_length=10, choices=InstituteOrigin.choices)
    # Folded names between bars, for search on any database.
    search_text = models.TextField(editable=False)
    name_length = models.PositiveSmallIntegerField(editable=False)

    objects = InstituteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("institute")
        verbose_name_plural = _("institutes")

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.fold_names()
        super().save(**kwargs)

    def fold_names(self) -> None:
        """Keep the names for search; for those who write rows without save()."""
        names = dict.fromkeys(fold(name) for name in (self.name, *self.other_names))
        self.search_text = " | " + " | ".join(filter(None, names)) + " | "
        self.name_length = min(len(self.name), 300)

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.city, self.country)))

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, by whatever case and accents."""
        return f" | {fold(name)} | " in self.search_text
