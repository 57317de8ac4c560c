"""A meeting's own questions on its page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from submissions.models import Meeting, Question, QuestionKind, User
from tests.filled import filled
from tests.make import make_answer, make_meeting, make_question, make_talk
from tests.submissions.admin.test_call import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def url_of(meeting: Meeting) -> str:
    return reverse("admin:submissions_meeting_change", args=[meeting.pk])


def typed(**values: str) -> dict[str, str]:
    """In the first row."""
    return {f"questions-0-{name}": value for name, value in values.items()}


def save(client: Client, meeting: Meeting, **changes: str) -> Any:
    data = filled(client, url_of(meeting)) | typed(**changes)
    return client.post(url_of(meeting), data, follow=True)


def test_a_question_with_options_is_added(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    data = filled(client, url_of(meeting)) | {"questions-TOTAL_FORMS": "1"}
    data |= typed(
        text="Which  meal?",
        kind="choice",
        options="Fish\n\n Meat \nFish",
        help_text="*Friday*",
        position="3",
        is_required="on",
        is_asked="on",
        is_for_reviewers="on",
    )
    assert client.post(url_of(meeting), data).status_code == 302
    fields = ("text", "kind", "options", "help_text", "position")
    flags = ("is_required", "is_asked", "is_for_reviewers", "is_public")
    assert Question.objects.values_list("meeting", *fields, *flags).get() == (
        *(meeting.pk, "Which meal?", "choice", ["Fish", "Meat"], "*Friday*", 3),
        *(True, True, True, False),
    )


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ("\n \n", "A choice needs options, one per line."),
        ("x" * 201, "An option has at most 200 characters."),
        ("\n".join(map(str, range(51))), "At most 50 options."),
    ],
)
def test_options_that_nobody_could_choose_from_are_refused(
    client: Client, organiser: User, meeting: Meeting, options: str, complaint: str
) -> None:
    make_question(meeting, kind=QuestionKind.CHOICE.value, options=["One", "Two"])
    assert errors(save(client, meeting, options=options)) == [complaint]


def test_the_kind_of_an_answered_question_stays(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    question = make_question(meeting)
    make_answer(make_talk(meeting), question)
    page = save(client, meeting, kind="yes_no")
    assert errors(page) == [
        (
            "This question has been answered, so its kind stays: a line of text. Stop asking it, "
            "and add another question."
        )
    ]
    question.refresh_from_db()
    assert question.kind == "short"


def test_the_kind_of_a_question_without_answers_may_change(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    question = make_question(meeting, kind=QuestionKind.CHOICE.value, options=["One", "Two"])
    save(client, meeting, kind="yes_no")
    question.refresh_from_db()
    assert (question.kind, question.options) == ("yes_no", [])


def test_an_option_that_was_chosen_may_go_and_the_answer_stays_readable(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    question = make_question(meeting, kind=QuestionKind.SEVERAL.value, options=["One", "Two"])
    answer = make_answer(make_talk(meeting), question, ["One", "Two"])
    page = save(client, meeting, options="Two\nThree").content.decode()
    assert "“One” is no longer offered; 1 talk that chose it keeps it." in page
    answer.refresh_from_db()
    assert str(answer) == "One, Two"


def test_an_answered_question_is_not_deleted_but_no_longer_asked(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    question = make_question(meeting, "Vegetarian?")
    make_answer(make_talk(meeting), question)
    page = save(client, meeting, DELETE="on")
    assert (
        "“Vegetarian?” has been answered, so it is kept. Untick “asked” instead, and the form no "
        "longer shows it." in errors(page)
    )
    data = filled(client, url_of(meeting))
    del data["questions-0-is_asked"]
    client.post(url_of(meeting), data)
    assert list(Question.objects.asked()) == []
    assert Question.objects.get() == question


def test_a_question_that_nobody_answered_is_deleted(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_question(meeting)
    save(client, meeting, DELETE="on")
    assert not Question.objects.exists()
