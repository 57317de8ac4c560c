"""Slides, posters, recordings and code of a talk: a file kept here, or an address elsewhere."""

from typing import Final, Self
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.domain.materials import Kind
from submissions.models.talk import Talk

KIND_LABELS: Final = {
    Kind.SLIDES: _("slides"),
    Kind.POSTER: _("poster"),
    Kind.RECORDING: _("recording"),
    Kind.CODE: _("code"),
    Kind.OTHER: _("other"),
}


def stored_name(_material: "Material", _name: str) -> str:
    """Where a file is kept: two random parts, nothing of what somebody typed."""
    name = uuid4().hex
    return f"materials/{name[:2]}/{name}"


class MaterialQuerySet(models.QuerySet["Material"]):
    def published(self) -> Self:
        """What everybody may have, of talks that have a place.

        Whether the programme that is published shows the talk is for its own app to ask.
        """
        return self.filter(is_public=True, talk__in=Talk.objects.accepted())


class Material(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="materials", verbose_name=_("talk"))
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        default=Kind.SLIDES.value,
    )
    label = models.CharField(_("description"), max_length=200, blank=True)
    url = models.URLField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("On the talk's page once the programme shows it.")
    )
    uploaded_at = models.DateTimeField(_("added"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("added by"),
        help_text=_("Empty: a speaker by private link."),
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["talk", "uploaded_at", "pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="material_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="") & ~Q(file_name="") & Q(size__gt=0))
                | (~Q(url="") & Q(file="", file_name="", size=0, sha256="", content_type="")),
                name="material_is_a_file_or_an_address",
                violation_error_message=_("Either a file or an address, not both."),
            ),
            models.CheckConstraint(
                condition=Q(file="") | ~Q(sha256=""), name="material_file_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What a list calls it."""
        return self.label or self.file_name or self.url

    @property
    def host(self) -> str:
        """Where a link leads, said before anybody follows it."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_file(self) -> bool:
        return bool(self.file_name)
