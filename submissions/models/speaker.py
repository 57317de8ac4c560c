"""A person who appears on talks of one meeting. Not an account, but may be linked to one.

People belong to a meeting so that an organiser who corrects a name changes nothing in the
meetings of others (docs/decisions/0003).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from submissions.domain import orcid
from submissions.domain.names import fold
from submissions.models.meeting import Meeting


def read_orcid(text: str) -> str:
    """The bare sixteen characters of an ORCID as typed; "" stays ""."""
    try:
        return orcid.normalise(text)
    except orcid.OrcidMistyped as error:
        raise ValidationError(
            _("A digit of this ORCID seems mistyped: its last character does not fit the others."),
            code="orcid",
        ) from error
    except orcid.OrcidNotValid as error:
        raise ValidationError(
            _("An ORCID has sixteen characters, such as 0000-0002-1825-0097."), code="orcid"
        ) from error


def validate_orcid(value: str) -> None:
    if read_orcid(value) != value:
        raise ValidationError(
            _("Store the sixteen characters alone, without hyphens."), code="orcid"
        )


class Speaker(models.Model):
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="speakers", verbose_name=_("meeting")
    )
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    # Typed, not proved: two people may carry the same one until an organiser looks.
    orcid = models.CharField(_("ORCID"), max_length=16, blank=True, validators=[validate_orcid])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("account"),
    )
    slug = models.SlugField(_("slug"), max_length=120, editable=False)
    folded_name = models.CharField(max_length=250, editable=False)

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "slug"], name="speaker_slug_once_per_meeting"
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "folded_name"], name="speaker_by_folded_name"),
            models.Index(Lower("email"), name="speaker_by_address"),  # whose talks are mine
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        self.fold_name()
        if self.slug:
            super().save(**kwargs)
            return
        with transaction.atomic():
            self.meeting.hold_people()
            self.slug = self._free_slug()
            super().save(**kwargs)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def orcid_uri(self) -> str:
        return f"https://orcid.org/{orcid.hyphenated(self.orcid)}" if self.orcid else ""

    def fold_name(self) -> None:
        """Keep the name for comparison; for those who write rows without save()."""
        self.folded_name = fold(f"{self.family_name} {self.given_name}")[:250]

    def slug_base(self) -> str:
        """What the public address is made of; "person" for a name without Latin letters."""
        return slugify(fold(self.name))[:100] or "person"

    def _free_slug(self) -> str:
        base = self.slug_base()
        taken = set(
            Speaker.objects.filter(meeting=self.meeting, slug__startswith=base).values_list(
                "slug", flat=True
            )
        )
        number, slug = 1, base
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug
