"""What somebody is told that is held about them: everything of theirs, nothing of others."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from submissions.domain.lifecycle import Action, State
from submissions.models import (
    Answer,
    Draft,
    Email,
    Membership,
    Question,
    Speaker,
    Talk,
    User,
)
from submissions.operations import answering, deciding, history
from submissions.operations.erasing import ERASERS
from submissions.operations.personal_data import (
    HOLDINGS,
    by_account,
    by_link,
    held_about,
    people_of_link,
)
from tests.make import (
    NOW,
    make_material,
    make_meeting,
    make_organiser,
    make_speaker,
    make_talk,
    make_user,
)


def told(subject: Any) -> dict[str, Any]:
    """What the file says, once it has been a file."""
    held: dict[str, Any] = json.loads(json.dumps(held_about(subject, at=NOW)))
    return held


@pytest.fixture
def ada() -> Speaker:
    return make_speaker(make_meeting(), email="Ada@example.org")


@pytest.fixture
def account(ada: Speaker) -> User:
    """Of the same person, by a proved address."""
    user = make_user("home@example.org")
    EmailAddress.objects.create(user=user, email="ada@example.org", verified=True)
    return user


# --- No table is forgotten --------------------------------------------------------------------

NOTHING_PERSONAL = {
    "submissions.AstronomyArea": "a vocabulary",
    "submissions.MLArea": "a vocabulary",
    "submissions.Meeting": "its contact address is public",
    "submissions.EmailTemplate": "texts of the meeting",
    "submissions.Question": "texts of the meeting",
    "account.EmailConfirmation": "empty: codes are kept in the login session",
    "socialaccount.SocialToken": "empty: tokens are not stored",
    "submissions.User_groups": "groups give no rights here, and nobody is in one",
    "submissions.User_user_permissions": "permissions follow from memberships, not from rows",
    "auth.Group_permissions": "no people",
    "programme.Session": "its people are in SessionChair",
    "submissions.AreaTerm": "words for areas; who decided about them is in AreaTermEntry",
}
"""Tables with a way to a person that hold nothing about one, and why."""

KEPT = {
    "submissions.User": "accounts are erased by operations/erasing_accounts.py",
    "submissions.Membership": "goes with the account",
    "account.EmailAddress": "goes with the account",
    "socialaccount.SocialAccount": "goes with the account",
    "mfa.Authenticator": "goes with the account",
    "usersessions.UserSession": "goes with the account",
    "submissions.TalkAstronomyArea": "areas of a talk tell of no person",
    "submissions.TalkMLArea": "areas of a talk tell of no person",
    "submissions.AreaTermEntry": "words for areas, and the account that decided",
}


def is_about_people(model: type[models.Model]) -> bool:
    """Whether a row leads to a person or a talk, or holds an address."""
    people = {"submissions.User", "submissions.Speaker", "submissions.Talk"}
    people |= {"submissions.Authorship", "submissions.Email", "account.EmailAddress"}
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return any(
        isinstance(field, models.EmailField)
        or (field.related_model is not None and field.related_model._meta.label in people)
        for field in fields
    )


def personal_tables() -> set[str]:
    found = {
        m._meta.label for m in apps.get_models(include_auto_created=True) if is_about_people(m)
    }
    return found - NOTHING_PERSONAL.keys()


def test_every_table_about_people_is_told_to_them() -> None:
    told_of = {table for holding in HOLDINGS for table in holding.tables}
    assert personal_tables() - told_of == set()


def test_every_table_about_people_is_cleared_or_kept_for_a_reason() -> None:
    cleared = {table for tables, _function in ERASERS for table in tables}
    assert personal_tables() - cleared - KEPT.keys() == set()


def test_no_list_names_a_table_that_is_gone() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    named = {table for holding in HOLDINGS for table in holding.tables}
    named |= {table for tables, _function in ERASERS for table in tables}
    assert (named | KEPT.keys()) - labels == set()


# --- What is in it ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_file_says_what_it_is(ada: Speaker) -> None:
    talk = make_talk(ada.meeting, speakers=[ada])
    held = told(by_link(talk, ada))
    assert {name: held[name] for name in ("format", "version", "made_at", "proved_by")} == {
        "format": "conjunction-personal-data",
        "version": 1,
        "made_at": "2027-03-01T12:00:00+00:00",
        "proved_by": "private link of one talk",
    }
    assert list(held)[4:] == [holding.name for holding in HOLDINGS]


@pytest.mark.django_db
def test_a_private_link_tells_of_its_talk_and_of_no_other(ada: Speaker) -> None:
    talk = make_talk(ada.meeting, speakers=[ada], title="This one")
    other = make_talk(ada.meeting, speakers=[ada], title="Another one")
    for each in (talk, other):
        mail(each, ada.email, f"About {each.title}")
        history.record(each, "withdraw", by=None, at=NOW, note=f"Because of {each.title}")
    held = told(by_link(talk, ada))
    assert [each["title"] for each in held["talks"]] == ["This one"]
    assert [each["text"] for each in held["emails"]] == ["About This one"]
    assert [each["reason"] for each in held["history"]] == ["Because of This one"]
    assert "Another one" not in json.dumps(held)


@pytest.mark.django_db
def test_an_account_is_told_everything_over_all_meetings(ada: Speaker, account: User) -> None:
    elsewhere = make_speaker(make_meeting(slug="far"), email="ADA@example.org")
    talks = [make_talk(who.meeting, speakers=[who]) for who in (ada, elsewhere)]
    Membership.objects.create(meeting=ada.meeting, user=account, role="reviewer")
    question = Question.objects.create(meeting=ada.meeting, text="Diet?")
    Answer.objects.create(talk=talks[0], question=question, value="Soup")
    make_material(talks[1], url="https://example.org/slides", label="Slides")
    held = told(by_account(account))
    assert [each["meeting"] for each in held["people"]] == [ada.meeting.slug, "far"]
    assert [each["code"] for each in held["talks"]] == [talk.code for talk in talks]
    assert held["answers"] == [{"talk": talks[0].code, "question": "Diet?", "answer": "Soup"}]
    assert held["materials"][0]["address"] == "https://example.org/slides"
    assert held["memberships"] == [{"meeting": ada.meeting.slug, "role": "reviewer"}]
    assert held["account"]["addresses"] == [{"email": "ada@example.org", "is_proved": True}]


@pytest.mark.django_db
def test_an_address_that_was_only_typed_opens_nothing(ada: Speaker, account: User) -> None:
    EmailAddress.objects.update(verified=False)
    make_talk(ada.meeting, speakers=[ada])
    held = told(by_account(account))
    assert (held["people"], held["talks"], held["emails"]) == ([], [], [])


@pytest.mark.django_db
def test_of_co_authors_it_holds_their_names_and_no_more(ada: Speaker, account: User) -> None:
    mary = make_speaker(
        ada.meeting, given_name="Mary", family_name="Byron", email="mary@example.org"
    )
    talk = make_talk(ada.meeting, speakers=[ada, mary])
    line = "Mary Byron, mary@example.org, Institute"
    changes: dict[str, list[Any]] = {"authors": [[], [line]], "title": ["Before", talk.title]}
    history.record(talk, "change", by=None, at=NOW, changes=changes)
    content = {
        "authors-0-email": ["ada@example.org"],
        "authors-1-email": ["mary@example.org"],
        "authors-1-family_name": ["Byron"],
    }
    Draft.objects.create(talk=talk, content=content, email="ada@example.org", saved_at=NOW)
    mail(talk, "mary@example.org", "Dear Mary")
    for subject in (by_link(talk, ada), by_account(account)):
        held = told(subject)
        assert held["talks"][0]["authors"] == ["Ada " + ada.family_name, "Mary Byron"]
        assert [part["position"] for part in held["talks"][0]["your_part"]] == [1]
        assert held["drafts"][0]["typed"] == {"authors-0-email": ["ada@example.org"]}
        assert "mary@example.org" not in json.dumps(held)


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["link", "account"])
def test_a_prepared_decision_changes_nothing_of_it(ada: Speaker, account: User, by: str) -> None:
    talk = make_talk(ada.meeting, speakers=[ada])
    organiser = make_organiser(ada.meeting)

    def held() -> str:
        subject = by_link(talk, ada) if by == "link" else by_account(account)
        return json.dumps(told(subject))

    before = held()
    deciding.prepare(talk, decision=Action.REJECT, note="Thinkagain", by=organiser, at=NOW)
    mail(talk, ada.email, "Rejected, Thinkagain", state="queued")
    assert held() == before
    deciding.announce(Talk.objects.get(pk=talk.pk), by=organiser, at=NOW)
    decision = json.loads(held())["talks"][0]["decision"]
    assert decision == {"decided_at": NOW.isoformat(), "reason": "Thinkagain"}


@pytest.mark.django_db
def test_notes_of_organisers_are_not_in_it(ada: Speaker, account: User) -> None:
    talk = make_talk(ada.meeting, speakers=[ada])
    organiser = make_organiser(ada.meeting)
    history.record(talk, "change", by=organiser, at=NOW, note="Behindthescenes")
    answering.answer(talk, Action.WITHDRAW, by=organiser, at=NOW, note="Behindthescenes")
    held = told(by_account(account))
    assert "Behindthescenes" not in json.dumps(held)
    assert held["history"] == []


@pytest.mark.django_db
def test_an_organiser_is_told_what_they_did_without_the_others(ada: Speaker) -> None:
    organiser = make_organiser(ada.meeting)
    talk = make_talk(ada.meeting, speakers=[ada])
    deciding.prepare(talk, decision=Action.ACCEPT, note="For Ada", by=organiser, at=NOW)
    held = told(by_account(organiser))
    assert held["history"] == [
        {
            "at": NOW.isoformat(),
            "talk": talk.code,
            "action": "prepare",
            "reason": "",
            "signed_in": True,
        }
    ]
    assert "For Ada" not in json.dumps(held)


@pytest.mark.django_db
def test_the_link_is_of_those_it_was_sent_to() -> None:
    meeting = make_meeting()
    ada, mary, silent = (
        make_speaker(meeting, family_name=name, email=email)
        for name, email in (("Ada", "a@example.org"), ("Mary", "m@example.org"), ("Silent", ""))
    )
    assert people_of_link(make_talk(meeting, speakers=[ada, mary])) == [ada]
    both = make_talk(meeting, speakers=[ada, mary])
    both.authorships.update(is_presenting=True)
    assert people_of_link(both) == [ada, mary]
    assert people_of_link(make_talk(meeting, speakers=[silent, mary])) == [mary]
    assert people_of_link(make_talk(meeting, speakers=[silent])) == [silent]
    assert people_of_link(make_talk(meeting, State.DRAFT, speakers=[])) == []


def mail(talk: Talk, to: str, text: str, state: str = "sent") -> None:
    Email.objects.create(
        meeting=talk.meeting,
        talk=talk,
        kind="receipt",
        recipient=to,
        subject="About a talk",
        body=text,
        state=state,
        sent_at=NOW - timedelta(days=1) if state == "sent" else None,
        queued_at=NOW,
        dedupe_key=f"{talk.code}:{to}:{text}",
    )
