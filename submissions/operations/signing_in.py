"""Proving an address by a code, and the account that belongs to it.

An account is looked for or made only once the code was typed: until then the work is the same
whether the address is known here or not, so no page and no clock can tell.
"""

import logging
from datetime import datetime
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from submissions.domain.sign_in_codes import LIFETIME, PendingCode, Purpose, new_code
from submissions.models import User

logger = logging.getLogger(__name__)


class MailNotSent(Exception):
    """The mail server refused, or did not answer in time."""


class AddressTaken(Exception):
    """The address signs in to another account."""


def send_code(email: str, purpose: Purpose, *, at: datetime) -> PendingCode:
    """Mail a new code; it is not kept anywhere else. Raises MailNotSent.

    It does not go through the outbox: organisers read that.
    """
    code = new_code()
    _mail(email, purpose, code)
    return PendingCode.asked(email, purpose, code, at=at)


def send_code_again(pending: PendingCode, *, at: datetime) -> PendingCode:
    """Mail another code in place of the first. Raises MailNotSent."""
    code = new_code()
    _mail(pending.email, pending.purpose, code)
    return pending.sent_again(code, at=at)


def _mail(email: str, purpose: Purpose, code: str) -> None:
    context = {"code": code, "purpose": purpose.value, "minutes": LIFETIME.seconds // 60}
    text = render_to_string("account/email/code.txt", context).strip()
    subject, _, body = text.partition("\n")
    try:
        send_mail(subject, body.strip() + "\n", None, [email])
    except (OSError, SMTPException) as error:
        logger.exception("A code could not be mailed.")
        raise MailNotSent from error


def account_with(email: str) -> User:
    """The account of a proved address; made now if nobody has it. The address counts from now on.

    An account that an administrator made for the address, and nobody has signed in to by code, is
    the account of whoever proves the address.
    """
    try:
        return _find_or_make(email)
    except IntegrityError:
        # The same address was proved in two windows at once; now it is there.
        return _find_or_make(email)


def find_account(email: str) -> User | None:
    """Which account a code for this address would enter; None if one would be made for it."""
    verified = _verified(email)
    return verified.user if verified else User.objects.filter(email__iexact=email).first()


def _find_or_make(email: str) -> User:
    with transaction.atomic():
        user = find_account(email) or User.objects.create_user(email=email)
        if _verified(email) is None:
            verify_address(user, email)
        return user


def add_address(user: User, email: str) -> None:
    """Give `user` another proved address. Raises AddressTaken."""
    try:
        with transaction.atomic():
            verified = _verified(email)
            if verified is None and not _belongs_to_another(user, email):
                verify_address(user, email)
            elif verified is None or verified.user != user:
                raise AddressTaken
    except IntegrityError as error:
        raise AddressTaken from error


def verify_address(user: User, email: str) -> None:
    """Write down that `user` has proved this address; the first one is the main one."""
    has_main = EmailAddress.objects.filter(user=user, primary=True).exists()
    EmailAddress.objects.update_or_create(
        user=user,
        email=email.lower(),
        defaults={"verified": True},
        create_defaults={"verified": True, "primary": not has_main},
    )


def _verified(email: str) -> EmailAddress | None:
    found: EmailAddress | None = (
        EmailAddress.objects.filter(email__iexact=email, verified=True)
        .select_related("user")
        .first()
    )
    return found


def _belongs_to_another(user: User, email: str) -> bool:
    return User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists()
