"""A meeting's own wording of a kind of e-mail; without a row the text that was shipped is used."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmailTemplate(models.Model):
    meeting = models.ForeignKey(
        "submissions.Meeting",
        models.CASCADE,
        related_name="email_templates",
        verbose_name=_("meeting"),
    )
    # One of domain.email_kinds; apps above this one have kinds of their own.
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    sends_at_once = models.BooleanField(
        _("sent at once"),
        default=True,
        help_text=_(
            "Otherwise each mail is held until an organiser has looked at it and sends it."
        ),
    )

    class Meta:
        ordering = ["kind"]
        verbose_name = _("e-mail text")
        verbose_name_plural = _("e-mail texts")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind"],
                name="email_template_once_per_kind",
                violation_error_message=_("This meeting already has a text of this kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
