"""People who sign in, by e-mail address. What they may do follows from their memberships."""

from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password the account cannot be signed in to by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """People type their address in any case; it is the same address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Clear this instead of deleting a person.")
    )
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("There is already a user with this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens at all; which rows it shows is the admin's own matter.

        Derived, not stored: an organiser is one by membership, and stops being one with it.
        """
        return self.is_active and self.may_organise and self.has_organisers_rights

    @property
    def has_organisers_rights(self) -> bool:
        """Given to them; whether they may use these rights now is `may_organise`."""
        return self.is_superuser or self.organises_a_meeting

    @property
    def organises_a_meeting(self) -> bool:
        return self.memberships.organising().exists()

    @property
    def may_organise(self) -> bool:
        """Whether rights of organisers and administrators count.

        Where the site asks for a second factor, nothing of theirs opens before they have one.
        """
        return not settings.REQUIRE_SECOND_FACTOR or self.has_second_factor

    @cached_property
    def has_second_factor(self) -> bool:
        """A passkey or an authenticator app; recovery codes alone are none."""
        factors = Authenticator.objects.filter(user=self)
        return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    @property
    def must_add_second_factor(self) -> bool:
        return not self.may_organise and self.is_active and self.has_organisers_rights
