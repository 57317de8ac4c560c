"""The addresses and the ORCID that somebody signs in with: which is the main one, which goes."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from submissions.models import User
from submissions.operations.signing_in import AddressTaken

ORCID = "orcid"
"""The name of the provider in the settings and in every row."""


class MainAddressStays(Exception):
    """The main address cannot be removed; another one must be made the main one first."""


def make_main(user: User, email: str) -> bool:
    """Make a proved address the main one: the one that is shown. False if it is not theirs.

    Raises AddressTaken if an administrator has made another account for it meanwhile.
    """
    try:
        with transaction.atomic():
            address = _address(user, email)
            if address is not None:
                address.set_as_primary()
    except IntegrityError as error:
        raise AddressTaken from error
    return address is not None


def remove(user: User, email: str) -> bool:
    """Let an address go, and with it the talks that only it gave. Raises MainAddressStays."""
    with transaction.atomic():
        address = _address(user, email)
        if address is None:
            return False
        if address.primary or user.email.lower() == address.email:
            raise MainAddressStays
        address.delete()
    return True


def connect_orcid(user: User, *, orcid: str, name: str) -> bool:
    """Sign `user` in by this ORCID from now on. False if it signs in to another account."""
    account, _is_new = SocialAccount.objects.get_or_create(
        provider=ORCID, uid=orcid, defaults={"user": user, "extra_data": {}}
    )
    if account.user_id != user.pk:
        return False
    if name and not user.full_name:
        user.full_name = name[:200]
        user.save(update_fields=["full_name"])
    return True


def disconnect_orcid(user: User) -> bool:
    """No longer sign `user` in by ORCID; the addresses stay."""
    deleted, _rows = SocialAccount.objects.filter(user=user, provider=ORCID).delete()
    return bool(deleted)


def _address(user: User, email: str) -> EmailAddress | None:
    found: EmailAddress | None = (
        EmailAddress.objects.select_for_update()
        .filter(user=user, email__iexact=email, verified=True)
        .select_related("user")
        .first()
    )
    return found
