"""A meeting, its call for talks, and who runs it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from submissions.domain.calls import CallStatus, call_status
from submissions.domain.roles import Role
from submissions.models.call import ANYWHERE_ON_EARTH, Call

if TYPE_CHECKING:
    from submissions.models.user import User

# First parts of addresses that the site itself uses; a meeting of that name would be unreachable.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "api",
        "static",
        "media",
        "sign-in",
        "sign-out",
        "account",
        "talks",
        "healthz",
        "accounts",
        "about",
        "robots.txt",
    }
)


def validate_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ValidationError(
            _("“%(name)s” is not a time zone, such as Europe/Madrid."), params={"name": name}
        ) from error


def validate_slug_not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address of the site itself; choose another."), params={"slug": slug}
        )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def listed(self) -> Self:
        """Meetings that the front page shows and strangers may open."""
        return self.filter(is_listed=True)

    def organised_by(self, user: "User | AnonymousUser") -> Self:
        """Meetings whose organiser `user` is; all of them for a superuser."""
        return self._in_role(user, Role.ORGANISER)

    def reviewed_by(self, user: "User | AnonymousUser") -> Self:
        """Meetings whose reviewer `user` is. A superuser is no reviewer by that alone."""
        if user.is_anonymous:
            return self.none()
        return self.filter(memberships__user=user, memberships__role=Role.REVIEWER.value)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Listed meetings, and those that `user` belongs to."""
        if user.is_anonymous:
            return self.listed()
        if user.is_active and user.is_superuser and user.may_organise:
            return self
        mine = Membership.objects.filter(user=user).values("meeting")
        return self.filter(Q(is_listed=True) | Q(pk__in=mine))

    def _in_role(self, user: "User | AnonymousUser", role: Role) -> Self:
        if user.is_anonymous or not user.is_active or not user.may_organise:
            return self.none()
        if user.is_superuser:
            return self
        mine = Membership.objects.filter(user=user, role=role.value).values("meeting")
        return self.filter(pk__in=mine)


class Meeting(Call):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        validators=[validate_slug_not_reserved],
        help_text=_("The first part of every address of this meeting, such as “sky-2027”."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    place = models.CharField(_("city and country"), max_length=200, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_(
            "Where the meeting takes place, such as Europe/Madrid. All times are in this zone."
        ),
    )
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#1f5fa8",
        validators=[
            RegexValidator(
                r"^#[0-9a-fA-F]{6}$", _("Six hexadecimal digits after #, such as #1f5fa8.")
            )
        ],
    )
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Markdown; shown on the meeting's first page.")
    )
    is_listed = models.BooleanField(
        _("public"),
        default=False,
        help_text=_(
            "A public meeting is open to everybody; others only to their organisers and reviewers."
        ),
    )

    is_blind = models.BooleanField(
        _("blind review"), default=False, help_text=_("Reviewers see no author anywhere.")
    )

    tells_organisers_of_answers = models.BooleanField(
        _("tell the contact address of answers"),
        default=False,
        help_text=_(
            "One mail to the contact address whenever a speaker declines or withdraws an accepted "
            "talk, since its place is free then."
        ),
    )
    takes_materials = models.BooleanField(
        _("take slides and other material"),
        default=True,
        help_text=_("Speakers of accepted talks may upload or link it, before and long after."),
    )
    materials_close_at = models.DateTimeField(
        _("material until"), null=True, blank=True, help_text=_("Empty: without an end.")
    )
    material_megabytes = models.PositiveSmallIntegerField(
        _("size of a file, megabytes"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
        help_text=_("At most; the site may have a lower limit."),
    )
    erasure_keeps_published = models.BooleanField(
        _("erasing keeps what was published"),
        default=True,
        help_text=_(
            "When somebody's data are erased, their published talks stay as they are. "
            "Otherwise their name is removed there too, in every release."
        ),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="meeting_ends_on_or_after_its_first_day",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(call_opens_at__isnull=True)
                | Q(call_closes_at__isnull=True)
                | Q(call_closes_at__gt=F("call_opens_at")),
                name="meeting_call_closes_after_it_opens",
                violation_error_message=_("The call closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def call_zone(self) -> ZoneInfo:
        """The zone in which the deadlines of the call are set and shown."""
        return ANYWHERE_ON_EARTH if self.closes_anywhere_on_earth else self.zone

    @property
    def call_ends_at(self) -> datetime | None:
        """The last deadline: the call's, or a later one of a format. Reads the formats."""
        if self.call_closes_at is None:
            return None
        own = (each.closes_at for each in self.talk_formats.all())
        return max([self.call_closes_at, *(at for at in own if at is not None)])

    def takes_materials_at(self, at: datetime) -> bool:
        is_open = self.materials_close_at is None or at < self.materials_close_at
        return self.takes_materials and is_open

    def call_status(self, at: datetime) -> CallStatus:
        return call_status(at, opens=self.call_opens_at, closes=self.call_ends_at, grace=self.grace)

    def hold_people(self) -> None:
        """Be the only one to add people to this meeting until the transaction ends.

        Two forms that arrive at once would else each add the same person, or take the same slug.
        Whoever also holds talks does this first. SQLite has one writer at a time anyway.
        """
        list(Meeting.objects.select_for_update(no_key=True).filter(pk=self.pk).values("pk"))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def organising(self) -> Self:
        return self.filter(role=Role.ORGANISER.value)


class Membership(models.Model):
    """A person who helps to run a meeting."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="memberships", verbose_name=_("meeting")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(Role.ORGANISER.value, _("organiser")), (Role.REVIEWER.value, _("reviewer"))],
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "role", "user"]
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user", "role"],
                name="membership_once_per_role",
                violation_error_message=_("This person already has this role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
