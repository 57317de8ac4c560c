"""Who is on a talk, in which order, from where."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from submissions.models.speaker import Speaker


class Authorship(models.Model):
    talk = models.ForeignKey(
        "submissions.Talk", models.CASCADE, related_name="authorships", verbose_name=_("talk")
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="authorships", verbose_name=_("speaker")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("From 1, in the order of the author list.")
    )
    is_presenting = models.BooleanField(_("presenting"), default=False)

    class Meta:
        ordering = ["position"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "speaker"],
                name="authorship_once_per_person",
                violation_error_message=_("This person is already an author of the talk."),
            ),
            # Deferred, so that two authors can change places within one transaction.
            models.UniqueConstraint(
                fields=["talk", "position"],
                name="authorship_position_once_per_talk",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two authors have the same position."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.speaker}"


class Affiliation(models.Model):
    """An institute of an author on one talk: people move, so it belongs to the authorship."""

    authorship = models.ForeignKey(
        Authorship, models.CASCADE, related_name="affiliations", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("name"), max_length=300)
    ror_id = models.CharField(
        _("ROR identifier"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                r"^https://ror\.org/0[a-z0-9]{6}[0-9]{2}$", _("Such as https://ror.org/0abcdef12.")
            )
        ],
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")

    def __str__(self) -> str:
        return self.name
