from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as LoginSession
from django.test import Client

from submissions.domain.lifecycle import Action
from submissions.models import Email, Membership, Speaker, User
from submissions.operations import deciding
from submissions.operations.erasing_accounts import (
    AccountNeeded,
    Hindrance,
    erase_account,
    hindrance,
)
from tests.dump import forget_all_files, where
from tests.make import NOW, make_meeting, make_organiser, make_speaker, make_talk, make_user

pytestmark = pytest.mark.django_db


def make_account(**fields: Any) -> User:
    """An account that has left traces in every table of accounts."""
    forget_all_files()
    user = make_user("quillfeather@example.net", full_name="Quentin Zanthorpe", **fields)
    for address in ("quillfeather@example.net", "quill.home@example.net"):
        EmailAddress.objects.create(user=user, email=address, verified=True)
    SocialAccount.objects.create(user=user, provider="orcid", uid="0000-0002-1694-233X")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = Client()
    client.force_login(user)
    key = client.session.session_key
    LoginSession.objects.get(session_key=key)
    UserSession.objects.update_or_create(
        session_key=key, defaults={"user": user, "ip": "192.0.2.1", "user_agent": "Quillbrowser"}
    )
    return user


def mail_to(address: str) -> Email:
    return Email.objects.create(
        meeting=make_meeting(),
        kind="notice",
        recipient=address,
        subject="Dear Zanthorpe",
        body="Dear Zanthorpe",
        state="sent",
        sent_at=NOW,
        queued_at=NOW - timedelta(minutes=1),
        dedupe_key=f"notice:{address}",
    )


WORDS = ("zanthorpe", "quillfeather", "quill.home", "0000-0002-1694-233X", "Quillbrowser")


def left() -> set[str]:
    return set[str]().union(*where(*WORDS).values())


def test_an_account_that_did_nothing_is_gone_without_a_trace() -> None:
    user = make_account()
    mail_to("quill.home@example.net")
    assert left() == {
        "submissions.User",
        "submissions.Email",
        "account.EmailAddress",
        "socialaccount.SocialAccount",
        "usersessions.UserSession",
    }
    erase_account(user, by=user, at=NOW)
    assert left() == set()
    assert not User.objects.filter(pk=user.pk).exists()
    assert LoginSession.objects.count() == 0


def test_what_an_organiser_decided_stays_without_a_name() -> None:
    root, meeting = make_user(is_superuser=True), make_meeting()
    make_organiser(meeting)
    user = make_account()
    Membership.objects.create(meeting=meeting, user=user, role="organiser")
    talk = make_talk(meeting)
    deciding.prepare(talk, decision=Action.ACCEPT, note="", by=user, at=NOW)
    erase_account(user, by=root, at=NOW)
    assert left() == set()
    user.refresh_from_db()
    talk.refresh_from_db()
    assert (user.email, user.full_name, user.is_active, user.has_usable_password()) == (
        f"erased-{user.pk}@erased.invalid",
        "Name removed",
        False,
        False,
    )
    assert (talk.prepared_by, user.memberships.count()) == (user, 0)


def test_the_entry_among_the_speakers_of_a_meeting_stays() -> None:
    user = make_account()
    person = make_speaker(make_meeting(), user=user, email="quillfeather@example.net")
    mail = Email.objects.create(
        meeting=person.meeting,
        kind="receipt",
        recipient=person.email,
        subject="Received",
        body="Dear speaker",
        queued_at=NOW,
        dedupe_key="receipt",
    )
    erase_account(user, by=user, at=NOW)
    person = Speaker.objects.get(pk=person.pk)
    mail.refresh_from_db()
    assert (person.user, person.email, mail.body) == (
        None,
        "quillfeather@example.net",
        "Dear speaker",
    )


@pytest.mark.parametrize(
    ("role", "by_root", "expected"),
    [
        (None, False, None),
        ("reviewer", False, Hindrance.ROLE),
        ("organiser", False, Hindrance.ROLE),
        ("reviewer", True, None),
        ("organiser", True, Hindrance.LAST_ORGANISER),
        ("superuser", True, Hindrance.SUPERUSER),
        ("superuser", False, Hindrance.SUPERUSER),
    ],
)
def test_who_is_needed_stays(
    role: str | None,
    by_root: bool,  # noqa: FBT001 - a column of the table
    expected: Hindrance | None,
) -> None:
    user = make_user(is_superuser=role == "superuser")
    if role in {"organiser", "reviewer"}:
        Membership.objects.create(meeting=make_meeting(), user=user, role=role)
    by = make_user(is_superuser=True) if by_root else user
    assert hindrance(user, by=by) == expected
    if expected is not None:
        with pytest.raises(AccountNeeded):
            erase_account(user, by=by, at=NOW)
        user.refresh_from_db()
        assert user.is_active
