"""Who is on a talk, in which order, from where, and what they said about being on it."""

from hashlib import sha256
from typing import Self

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.domain import ror
from submissions.models.speaker import Speaker

COAUTHOR_LINK_SALT = "submissions.authorship.coauthor-link"


def validate_ror_id(value: str) -> None:
    try:
        is_stored_form = ror.normalise(value) == value
    except ror.RorNotValid:
        is_stored_form = False
    if not is_stored_form:
        raise ValidationError(_("Such as https://ror.org/036f5mx38."), code="ror_id")


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def objecting(self) -> Self:
        """Authors who said that they are none, and nobody has decided yet."""
        return self.filter(objected_at__isnull=False)


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

    told_at = models.DateTimeField(_("told"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    objected_at = models.DateTimeField(
        _("objected"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Until an organiser removes the author or sets the objection aside."),
    )
    objection = models.TextField(_("objection"), blank=True, editable=False)
    # Raising it makes the link in every mail to this co-author void.
    link_version = models.PositiveIntegerField(default=1, editable=False)

    objects = AuthorshipQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(objected_at__isnull=True),
                name="authorship_confirmed_or_objected",
            ),
            models.CheckConstraint(
                condition=Q(objection="") | Q(objected_at__isnull=False),
                name="authorship_objection_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.speaker}"

    def coauthor_token(self) -> str:
        """What the co-author's own link carries: signed; void once the address is another one."""
        return signing.dumps(
            [self.pk, self.link_version, self.address_print()], salt=COAUTHOR_LINK_SALT
        )

    def address_print(self) -> str:
        """A short mark of the address that a link went to."""
        return sha256(self.speaker.email.lower().encode()).hexdigest()[:16]


class Affiliation(models.Model):
    """An institute of an author on one talk: people move, so it belongs to the authorship."""

    authorship = models.ForeignKey(
        Authorship, models.CASCADE, related_name="affiliations", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("name"), max_length=300)
    ror_id = models.CharField(
        _("ROR identifier"), max_length=30, blank=True, validators=[validate_ror_id]
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")

    def __str__(self) -> str:
        return self.name
