"""A form as it was typed and not handed in: of a new talk, or of changes to a submitted one.

It may hold anything, also what no talk could: half an address, a title far too long. Its talk
is there from the first save, with a code and a private link, but only its title is filled in.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.domain.lifecycle import State
from submissions.models.meeting import Meeting
from submissions.models.talk import Talk

if TYPE_CHECKING:
    from submissions.models.user import User


KEPT_FOR: Final = timedelta(days=90)
"""After the call has closed; they hold what somebody chose not to hand in."""


class DraftQuerySet(models.QuerySet["Draft"]):
    def never_submitted(self) -> Self:
        return self.filter(talk__state=State.DRAFT.value)

    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(talk__meeting=meeting)

    def held_by(self, user: "User | AnonymousUser", opened: Mapping[str, int]) -> Self:
        """Drafts of this account, and those `opened`: codes with the version of their link."""
        held = Q(talk__in=Talk.objects.owned_by(user))
        for code, version in opened.items():
            held |= Q(talk__code=code, talk__link_version=version)
        return self.filter(held)

    def forgotten(self, at: datetime) -> Self:
        """Of calls that ended long ago: nobody will hand these in."""
        return self.filter(
            talk__meeting__call_closes_at__lt=at - KEPT_FOR, saved_at__lt=at - KEPT_FOR
        )


class Draft(models.Model):
    talk = models.OneToOneField(
        Talk, models.CASCADE, related_name="draft", verbose_name=_("talk"), primary_key=True
    )
    # Per field of the form what a browser would send for it: a list of texts.
    content = models.JSONField(_("content"), default=dict)
    # Raised with every save: who saves what somebody else saved meanwhile is told.
    version = models.PositiveIntegerField(default=1)
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("Of the first author, where it is one.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("account"),
        help_text=_("Of whoever was signed in when it was saved."),
    )
    saved_at = models.DateTimeField(_("saved"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.talk)
