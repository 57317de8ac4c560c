"""The private link by which a speaker comes back: sent again, or replaced when it got about."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from submissions import emails
from submissions.models import Email, Talk, User
from submissions.operations import history, mailing


def send_again(talk: Talk, *, by: User, at: datetime) -> list[Email]:
    """Send the link once more; [] if nobody on the talk has an address."""
    with transaction.atomic():
        messages = emails.talk_messages("private_link", talk, occasion=f"again {at.isoformat()}")
        queued = mailing.queue(messages, meeting=talk.meeting, talk=talk, at=at)
        if queued:
            history.record(talk, "link", by=by, at=at)
    return queued


def renew(talk: Talk, *, by: User, at: datetime) -> Talk:
    """Make every link that was sent before void."""
    with transaction.atomic():
        Talk.objects.filter(pk=talk.pk).update(link_version=F("link_version") + 1)
        history.record(talk, "renew link", by=by, at=at)
    talk.refresh_from_db(fields=["link_version"])
    return talk
