"""What a talk said when, for its speakers and for organisers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import Action, State
from submissions.models import Draft, HistoryEntry, Talk
from submissions.operations import deciding, history
from submissions.operations.versions import versions_of
from tests.make import NOW, make_meeting, make_organiser, make_talk
from tests.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]


@pytest.fixture
def talk() -> Talk:
    """Of three versions: the second by private link, the third by an organiser."""
    meeting = make_meeting()
    talk = make_talk(meeting, title="Third", abstract="We see *bright* galaxies now.")
    steps = [("First", "Second"), ("Second", "Third")]
    abstracts = [("We see.", "We see galaxies."), ("We see galaxies.", talk.abstract)]
    for number, (titles, texts) in enumerate(zip(steps, abstracts, strict=True)):
        history.record(
            talk,
            "change",
            by=make_organiser(meeting) if number else None,
            at=NOW + timedelta(hours=number),
            changes={"title": list(titles), "abstract": list(texts)},
            note="Behind the scenes" if number else "",
        )
    return talk


@pytest.fixture
def speaker(client: Client, talk: Talk) -> Client:
    slug, token = talk.meeting.slug, talk.private_token()
    client.get(reverse("submissions:talk-open", args=[slug, token]))
    return client


def page(talk: Talk, name: str = "talk-versions") -> str:
    return reverse(f"submissions:{name}", args=[talk.meeting.slug, talk.code])


def test_every_version_is_worked_out_of_history(talk: Talk) -> None:
    found = [
        (each.number, each.content["title"], each.content["abstract"]) for each in versions_of(talk)
    ]
    assert found == [
        (3, "Third", "We see *bright* galaxies now."),
        (2, "Second", "We see galaxies."),
        (1, "First", "We see."),
    ]


def test_speakers_read_them_in_full_with_what_changed(speaker: Client, talk: Talk) -> None:
    text = speaker.get(page(talk)).content.decode()
    assert "<em>bright</em> galaxies now." in text
    assert '<del><span class="visually-hidden">removed: </span>First</del>' in text
    assert '<ins><span class="visually-hidden">added: </span>Second</ins>' in text
    assert "by private link" in text
    assert "by the organisers" in text
    assert "Olga" not in text
    assert "Behind the scenes" not in text


def test_a_prepared_decision_makes_no_version(speaker: Client, talk: Talk) -> None:
    before = speaker.get(page(talk)).content
    organiser = make_organiser(talk.meeting)
    deciding.prepare(talk, decision=Action.REJECT, note="Thinkagain", by=organiser, at=NOW)
    assert speaker.get(page(talk)).content == before


def test_an_earlier_text_is_taken_into_the_form_and_not_saved(speaker: Client, talk: Talk) -> None:
    text = speaker.get(page(talk)).content.decode()
    assert f"{page(talk, 'talk-edit')}?version=1" in text
    form = speaker.get(f"{page(talk, 'talk-edit')}?version=1")
    assert form.context["form"]["title"].value() == "First"
    assert form.context["form"]["abstract"].value() == "We see."
    assert "texts of version 1" in form.content.decode()
    talk.refresh_from_db()
    assert talk.title == "Third"


@pytest.mark.parametrize("number", ["0", "9", "-1", "x", "²", "1" * 5000, ""])
def test_a_version_that_there_never_was_changes_nothing(
    speaker: Client, talk: Talk, number: str
) -> None:
    form = speaker.get(page(talk, "talk-edit"), {"version": number})
    assert form.context["form"]["title"].value() == "Third"


def test_what_was_typed_and_not_saved_comes_first(speaker: Client, talk: Talk) -> None:
    content = {"title": ["Typed, not saved"]}
    Draft.objects.create(talk=talk, content=content, saved_at=NOW)
    assert "?version=" not in speaker.get(page(talk)).content.decode()
    form = speaker.get(page(talk, "talk-edit"), {"version": "1"})
    assert form.context["form"]["title"].value() == "Typed, not saved"


def test_what_can_no_longer_be_changed_offers_no_form(client: Client) -> None:
    talk = make_talk(make_meeting(), State.REJECTED)
    history.record(talk, "change", by=None, at=NOW, changes={"title": ["Before", talk.title]})
    client.get(reverse("submissions:talk-open", args=[talk.meeting.slug, talk.private_token()]))
    assert "?version=" not in client.get(page(talk)).content.decode()


def test_organisers_read_who_wrote_them(client: Client, talk: Talk) -> None:
    client.force_login(make_organiser(talk.meeting))
    text = client.get(reverse("admin:submissions_talk_versions", args=[talk.pk])).content.decode()
    assert "Olga Organiser" in text
    assert "the speaker, by private link" in text
    assert "First" in text


def test_many_versions_take_as_many_queries_as_few(speaker: Client, talk: Talk) -> None:
    few = count_queries(speaker, page(talk))
    for number in range(30):
        changes = {"title": [f"Title {number}", f"Title {number + 1}"]}
        HistoryEntry.objects.create(
            talk=talk, at=NOW, by=make_organiser(talk.meeting), action="change", changes=changes
        )
    assert count_queries(speaker, page(talk)) == few
