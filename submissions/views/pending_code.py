"""What this browser has begun and not finished: a code that it waits for, an ORCID to connect.

Kept in the login session, for a quarter of an hour.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from submissions.domain.sign_in_codes import LIFETIME, PendingCode

CODE_KEY = "pending_code"
NEXT_KEY = "after_signing_in"
ORCID_KEY = "orcid_to_connect"


@dataclass(frozen=True, slots=True)
class ProvedOrcid:
    """An ORCID that its owner has just signed in with at ORCID, and no account has yet."""

    orcid: str
    name: str
    proved_at: str


def keep_code(request: HttpRequest, pending: PendingCode) -> None:
    request.session[CODE_KEY] = pending.kept()


def forget_code(request: HttpRequest) -> None:
    request.session.pop(CODE_KEY, None)


def waited_for(request: HttpRequest) -> PendingCode | None:
    """The code that this browser waits for; None if it is used up, too old, or never asked for."""
    kept: Any = request.session.get(CODE_KEY)
    try:
        pending = PendingCode.restored(kept) if kept else None
    except (TypeError, ValueError, AttributeError):
        pending = None
    if pending is None or not pending.is_alive(at=timezone.now()):
        return None
    return pending


def keep_orcid(request: HttpRequest, *, orcid: str, name: str) -> None:
    proved = ProvedOrcid(orcid, name, timezone.now().isoformat())
    request.session[ORCID_KEY] = asdict(proved)


def proved_orcid(request: HttpRequest) -> ProvedOrcid | None:
    """None also when it is too old: whoever sits here by then may be somebody else."""
    kept: Any = request.session.get(ORCID_KEY)
    if not kept:
        return None
    proved = ProvedOrcid(**kept)
    age = timezone.now() - datetime.fromisoformat(proved.proved_at)
    return proved if timedelta(0) <= age < LIFETIME else None


def forget_orcid(request: HttpRequest) -> None:
    request.session.pop(ORCID_KEY, None)


def safe_next(request: HttpRequest) -> str:
    """Where the visitor wanted to go; "" unless it is an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def go_on(request: HttpRequest, otherwise: str) -> HttpResponse:
    return redirect(safe_next(request) or otherwise)
