"""A meeting's own questions in the form of a talk, and who reads the answers."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.test.html import Element, parse_html
from django.urls import reverse

from submissions.domain.lifecycle import State
from submissions.models import Meeting, Question, QuestionKind, Talk
from submissions.operations.submitting import content_of
from tests.make import NOW, make_answer, make_question, make_reviewer, make_talk
from tests.submissions.views.filled_forms import Fields, address, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


@pytest.fixture
def questions(meeting: Meeting) -> dict[str, Question]:
    """One of each kind."""
    return {
        kind.value: make_question(
            meeting,
            f"A {kind.value} question?",
            kind=kind.value,
            position=number,
            options=["One", "Two"] if kind.value in ("choice", "several") else [],
        )
        for number, kind in enumerate(QuestionKind)
    }


def elements(page: Any, tag: str = "", **attributes: str) -> list[Element]:
    """Elements of the page, or of an element, by tag and attributes, in their order."""
    root = page if isinstance(page, Element) else parse_html(page.content.decode())
    found: list[Element] = []
    for child in root.children:
        if isinstance(child, Element):
            own = dict(child.attributes)
            if child.name == (tag or child.name) and attributes.items() <= own.items():
                found.append(child)
            found += elements(child, tag, **attributes)
    return found


def text_of(element: Element) -> str:
    parts = (child if isinstance(child, str) else text_of(child) for child in element.children)
    return " ".join(" ".join(parts).split())


def name(question: Question) -> str:
    return f"question_{question.pk}"


def answered(questions: dict[str, Question], **values: Any) -> dict[str, Any]:
    return {name(questions[kind]): value for kind, value in values.items()}


def test_what_is_answered_is_kept_and_shown_to_its_speaker_and_in_the_form_again(
    client: Client, meeting: Meeting, questions: dict[str, Question]
) -> None:
    given = answered(
        questions,
        short="A  line",
        long="Two\nlines",
        choice="Two",
        several=["One", "Two"],
        yes_no="False",
        consent="on",
    )
    assert client.post(address(meeting), sent(meeting, **given)).status_code == 302
    talk = Talk.objects.get()
    assert {one.question.kind: one.value for one in talk.answers.all()} == {
        "short": "A line",
        "long": "Two\nlines",
        "choice": "Two",
        "several": ["One", "Two"],
        "yes_no": False,
        "consent": True,
    }
    page = client.get(reverse("submissions:talk-detail", args=[meeting.slug, talk.code]))
    assert "<dt>A several question?</dt><dd>One, Two</dd>" in page.content.decode()
    edit = client.get(reverse("submissions:talk-edit", args=[meeting.slug, talk.code]))
    shown = Fields(edit.content.decode()).values
    assert [shown[name(questions[kind])] for kind in QuestionKind.values] == [
        *(["A line"], ["Two\nlines"], ["Two"], ["One", "Two"], ["False"], ["on"])
    ]


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        ("short", "This field is required."),
        ("choice", "This field is required."),
        ("several", "Tick at least one."),
        ("yes_no", "This field is required."),
        ("consent", "Without this a talk cannot be submitted."),
    ],
)
def test_what_is_required_must_be_answered_and_the_complaint_belongs_to_its_field(
    client: Client, meeting: Meeting, questions: dict[str, Question], kind: str, complaint: str
) -> None:
    Question.objects.exclude(pk=questions[kind].pk).delete()
    Question.objects.update(is_required=True)
    page = client.post(address(meeting), sent(meeting))
    assert page.status_code == 422
    error_id = f"id_{name(questions[kind])}_error"
    [error] = elements(page, id=error_id)
    assert complaint in text_of(error)
    described = [dict(each.attributes).get("aria-describedby", "") for each in elements(page)]
    assert any(error_id in (value or "").split() for value in described)
    links = [dict(link.attributes)["href"] or "" for link in elements(page, "a")]
    [target] = [link[1:] for link in links if link.startswith(f"#id_{name(questions[kind])}")]
    assert [each.name for each in elements(page, id=target)] == ["input"]


def test_a_group_of_options_is_a_fieldset_with_its_question_as_legend(
    client: Client, meeting: Meeting
) -> None:
    make_question(
        meeting, "Which?", kind="choice", options=["One", "Two"], help_text="*Choose* well"
    )
    page = client.get(address(meeting))
    [group] = elements(page, "fieldset", **{"class": "mb-3 question"})
    assert [text_of(legend) for legend in elements(group, "legend")] == ["Which?"]
    [explanation] = elements(page, id=dict(group.attributes)["aria-describedby"] or "")
    assert text_of(explanation) == "Choose well"
    assert [text_of(label) for label in elements(group, "label")] == ["One", "Two", "No answer"]


@pytest.mark.parametrize(
    "answer",
    [
        {"choice": "Three"},
        {"several": ["One", "Three"]},
        {"yes_no": "perhaps"},
        {"short": "x" * 501},
        {"long": "x" * 5001},
    ],
)
def test_what_no_option_is_or_no_line_holds_is_refused(
    client: Client, meeting: Meeting, questions: dict[str, Question], answer: dict[str, Any]
) -> None:
    form = sent(meeting, **answered(questions, consent="on", **answer))
    assert client.post(address(meeting), form).status_code == 422
    assert not Talk.objects.exists()


def test_hostile_help_is_made_harmless(client: Client, meeting: Meeting) -> None:
    make_question(meeting, "<b>Bold?</b>", help_text="<script>alert(1)</script>")
    page = client.get(address(meeting)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;Bold?" in page


def change(client: Client, talk: Talk, **changes: Any) -> Any:
    """Open the edit page, change fields, and save as a browser would."""
    url = reverse("submissions:talk-edit", args=[talk.meeting.slug, talk.code])
    return client.post(url, {**Fields(client.get(url).content.decode()).values, **changes})


def test_answers_to_questions_no_longer_asked_survive_a_change(
    client: Client, meeting: Meeting, questions: dict[str, Question]
) -> None:
    client.post(address(meeting), sent(meeting, **answered(questions, short="Old", consent="on")))
    Question.objects.filter(pk=questions["short"].pk).update(is_asked=False)
    talk = Talk.objects.get()
    assert change(client, talk, title="Better").status_code == 302
    assert {one.question.kind: one.value for one in talk.answers.all()} == {
        "short": "Old",
        "consent": True,
    }


def test_an_option_taken_away_is_kept_by_who_chose_it(
    client: Client, meeting: Meeting, questions: dict[str, Question]
) -> None:
    given = answered(questions, choice="One", several=["One"], consent="on")
    client.post(address(meeting), sent(meeting, **given))
    Question.objects.exclude(options=[]).update(options=["Two"])
    talk = Talk.objects.get()
    assert change(client, talk, title="Better").status_code == 302
    assert content_of(talk)["answers"] == [
        "A choice question? One",
        "A several question? One",
        "A consent question? yes",
    ]
    assert "One" not in map(text_of, elements(Client().get(address(meeting)), "label"))


def test_history_keeps_what_an_answer_was(
    client: Client, meeting: Meeting, questions: dict[str, Question]
) -> None:
    client.post(address(meeting), sent(meeting, **answered(questions, short="Old", consent="on")))
    talk = Talk.objects.get()
    change(client, talk, **answered(questions, short="New"))
    assert talk.history.get(action="change").changes == {
        "answers": [
            ["A short question? Old", "A consent question? yes"],
            ["A short question? New", "A consent question? yes"],
        ]
    }


def test_a_preference_and_taking_part_from_afar_are_asked_where_the_meeting_wants(
    client: Client, meeting: Meeting
) -> None:
    page = client.get(address(meeting)).content.decode()
    assert 'name="preference"' not in page
    assert 'name="is_remote"' not in page
    Meeting.objects.update(asks_preference=True, asks_remote=True)
    refused = client.post(address(meeting), sent(meeting))
    assert refused.status_code == 422
    client.post(address(meeting), sent(meeting, preference="poster", is_remote="on"))
    talk = Talk.objects.get()
    assert (talk.preference, talk.is_remote) == ("poster", True)
    Meeting.objects.update(asks_preference=False, asks_remote=False)
    change(client, talk, title="Better")
    talk.refresh_from_db()
    assert (talk.title, talk.preference, talk.is_remote) == ("Better", "poster", True)


def test_reviewers_read_what_is_for_them_and_nothing_else(client: Client, meeting: Meeting) -> None:
    talk = make_talk(meeting, State.SUBMITTED)
    make_answer(talk, make_question(meeting, is_for_reviewers=True), "For reviewers")
    make_answer(talk, make_question(meeting, is_public=True), "For the public")
    make_answer(talk, make_question(meeting), "For organisers")
    with time_machine.travel(NOW, tick=False):
        client.force_login(make_reviewer(meeting))
        url = reverse("submissions:review-detail", args=[meeting.slug, talk.code])
        page = client.get(url).content.decode()
    assert "For reviewers" in page
    assert "For the public" not in page
    assert "For organisers" not in page
