"""Erasing an account: by its owner, who holds no role, or by a superuser.

What an organiser did stays in the record, so a row that others refer to is emptied and not deleted.
The people of meetings are no accounts; each meeting erases its own (operations/erasing.py).
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session as LoginSession
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector

from submissions.domain.identity_texts import NAME_REMOVED
from submissions.domain.roles import Role
from submissions.models import Draft, Email, Membership, PendingImport, Speaker, User
from submissions.operations.erasing_people import forget_mails_to

OF_THE_ACCOUNT: Final[tuple[tuple[type[Model], str], ...]] = (
    (Authenticator, "user"),
    (EmailAddress, "user"),
    (LogEntry, "user"),
    (Membership, "user"),
    (PendingImport, "uploaded_by"),
    (SocialAccount, "user"),
    (UserSession, "user"),
)
"""Rows that go with an account, also when its own row must stay."""


class Hindrance(StrEnum):
    """Why an account cannot be erased now."""

    ROLE = "role"
    SUPERUSER = "superuser"
    LAST_ORGANISER = "last-organiser"


class AccountNeeded(Exception):
    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


def hindrance(user: User, *, by: User | None = None) -> Hindrance | None:
    """Why `by` (the owner, if nobody is named) cannot erase the account; None: they can."""
    if user.is_superuser:
        return Hindrance.SUPERUSER
    if by is None or by == user:
        return Hindrance.ROLE if user.memberships.exists() else None
    organising = Membership.objects.filter(role=Role.ORGANISER.value)
    for membership in organising.filter(user=user):
        if not organising.filter(meeting=membership.meeting).exclude(user=user).exists():
            return Hindrance.LAST_ORGANISER
    return None


def erase_account(user: User, *, by: User, at: datetime) -> None:
    """Raises AccountNeeded. `at` is when, for whoever reads the empty row later."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        found = hindrance(user, by=by)
        if found is not None:
            raise AccountNeeded(found)
        addresses = {user.email.lower()}
        addresses |= {row.email.lower() for row in EmailAddress.objects.filter(user=user)}
        _sign_out_everywhere(user)
        _forget_mails(addresses)
        Speaker.objects.filter(user=user).update(user=None)
        Draft.objects.filter(user=user).update(user=None)
        if _is_referred_to(user):
            _empty(user, at=at)
        else:
            user.delete()


def _is_referred_to(user: User) -> bool:
    """Whether decisions, releases or history name the account; those are kept."""
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect([user])
    except ProtectedError:
        return True
    return False


def _empty(user: User, *, at: datetime) -> None:
    for model, column in OF_THE_ACCOUNT:
        model._default_manager.filter(**{column: user}).delete()
    user.email = f"erased-{user.pk}@erased.invalid"
    user.full_name = NAME_REMOVED
    user.is_active = False
    user.last_login, user.date_joined = None, at
    user.set_unusable_password()
    user.save()


def _sign_out_everywhere(user: User) -> None:
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    LoginSession.objects.filter(session_key__in=list(keys)).delete()


def _forget_mails(addresses: set[str]) -> None:
    """Mails to these addresses, in meetings where they belong to nobody among the speakers."""
    for address in addresses:
        speaking = Speaker.objects.filter(email__iexact=address).values("meeting")
        forget_mails_to(address, Email.objects.exclude(meeting__in=speaking))
