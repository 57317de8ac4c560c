"""The private link is sent again, or replaced."""

from typing import Any

import pytest
from django.core import mail

from submissions import permissions
from submissions.operations import private_links
from tests.make import NOW, make_meeting, make_organiser, make_speaker, make_talk

pytestmark = pytest.mark.django_db


def test_the_link_goes_to_whoever_presents(django_capture_on_commit_callbacks: Any) -> None:
    meeting = make_meeting()
    by, talk = make_organiser(meeting), make_talk(meeting)
    with django_capture_on_commit_callbacks(execute=True):
        [email] = private_links.send_again(talk, by=by, at=NOW)
    assert email.recipient == talk.authorships.get().speaker.email
    assert talk.private_token() in mail.outbox[0].body
    assert [(entry.action, entry.by) for entry in talk.history.all()] == [("link", by)]


def test_without_an_address_nothing_is_sent_or_noted() -> None:
    meeting = make_meeting()
    talk = make_talk(meeting, speakers=[make_speaker(meeting, email="")])
    assert private_links.send_again(talk, by=make_organiser(meeting), at=NOW) == []
    assert not talk.history.exists()


def test_a_new_link_makes_the_old_ones_void() -> None:
    meeting = make_meeting()
    by, talk = make_organiser(meeting), make_talk(meeting)
    old = talk.private_token()
    talk = private_links.renew(talk, by=by, at=NOW)
    assert permissions.talk_by_private_token(meeting, old) is None
    assert permissions.talk_by_private_token(meeting, talk.private_token()) == talk
    assert [(entry.action, entry.by) for entry in talk.history.all()] == [("renew link", by)]
