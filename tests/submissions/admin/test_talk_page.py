"""The page of a talk in the admin: reading, correcting, and two people doing so at once."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import Action
from submissions.domain.proposal import ProposedAuthor, typed_affiliations
from submissions.models import AreaOrigin, Meeting, Speaker, Talk, User
from submissions.operations import correcting, deciding
from tests.filled import filled
from tests.make import (
    NOW,
    make_area,
    make_format,
    make_meeting,
    make_ml_area,
    make_organiser,
    make_speaker,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(word_limit=5, title_limit=20)


def url_of(talk: Talk) -> str:
    return reverse("admin:submissions_talk_change", args=[talk.pk])


def texts(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def test_a_talk_is_shown_as_it_will_be_printed(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(
        meeting,
        title="Masses of $10^5$ stars",
        abstract="We *learn* <script>alert(1)</script> $z$.",
        speakers=[
            make_speaker(meeting, given_name="Ada", family_name="One", orcid="0000000218250097"),
            make_speaker(meeting, given_name="Bo", family_name="Two"),
        ],
        remarks="I cannot come on Monday",
        ml_areas_text="Zyxwv nets",
    )
    page = client.get(url_of(talk)).content.decode()
    for text in (
        '<h1 class="talk-title">Masses of <math',
        "We <em>learn</em>",
        "<u>Ada One</u>",
        "https://orcid.org/0000-0002-1825-0097",
        "Institute of Tests",
        "I cannot come on Monday",
        "Zyxwv nets",
        "not recognised:",
        talk.code,
    ):
        assert text in page
    assert "<script>alert" not in page


def test_the_page_of_a_talk_keeps_the_private_link_secret(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting)
    assert talk.private_token() not in client.get(url_of(talk)).content.decode()
    shown = client.get(reverse("admin:submissions_talk_private_link", args=[talk.pk]))
    assert talk.private_token() in shown.content.decode()


def test_saving_a_page_as_it_is_changes_nothing(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    uat = make_area("Thesaurus term", origin=AreaOrigin.UAT.value)
    talk = make_talk(
        meeting, speakers=[make_speaker(meeting, email=""), make_speaker(meeting)], title="A title"
    )
    talk.astronomy_areas.add(uat)
    before = correcting.version_of(talk)
    page = client.post(url_of(talk), filled(client, url_of(talk)), follow=True)
    assert texts(page) == ["Nothing was changed."]
    talk.refresh_from_db()
    assert correcting.version_of(talk) == before
    assert not talk.history.exists()


def test_a_correction_is_written_with_its_history_and_found_by_search(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, title="Old title", affiliation="Old institute")
    galaxies, kernels = make_area("Galaxies"), make_ml_area("Kernels")
    flash = make_format(meeting, name="Flash")
    data = filled(client, url_of(talk)) | {
        "title": "New   title",
        "abstract": "Few words",
        "format": flash.pk,
        "astronomy_areas": [galaxies.slug],
        "ml_areas": [kernels.slug],
        "form-0-affiliations": "Institut d'Été\nSecond place",
    }
    assert client.post(url_of(talk), data).status_code == 302
    talk.refresh_from_db()
    assert (talk.title, talk.abstract, talk.format) == ("New title", "Few words", flash)
    tags = [(tag.area.slug, tag.origin) for tag in talk.astronomy_tags.all()]
    assert tags == [("galaxies", "organiser")]
    assert list(Talk.objects.search("ete second")) == [talk]
    assert list(Talk.objects.search("old")) == []
    entry = talk.history.get()
    assert (entry.action, entry.by) == ("change", organiser)
    assert entry.changes["title"] == ["Old title", "New title"]
    assert entry.changes["astronomy_areas"] == [[], ["galaxies"]]
    assert talk.changed_at == entry.at
    page = client.get(url_of(talk)).content.decode()
    assert 'removed: </span>Old</del> <ins><span class="visually-hidden">added: </span>New' in page


def test_authors_change_places_leave_and_join(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    one, two = make_speaker(meeting, family_name="One"), make_speaker(meeting, family_name="Two")
    known = make_speaker(meeting, given_name="Known", family_name="Person", email="k@example.org")
    talk = make_talk(meeting, speakers=[one, two])
    data = filled(client, url_of(talk)) | {
        "form-0-DELETE": "on",
        "form-1-ORDER": "2",
        "form-2-ORDER": "1",
        "form-2-given_name": "Known",
        "form-2-family_name": "Person",
        "form-2-email": "K@example.org",
        "form-2-is_presenting": "on",
    }
    assert client.post(url_of(talk), data).status_code == 302
    found = talk.authorships.values_list("position", "speaker", "is_presenting")
    assert list(found) == [(1, known.pk, True), (2, two.pk, False)]
    assert Speaker.objects.count() == 3


def test_a_name_corrected_on_one_talk_is_corrected_on_all(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    person = make_speaker(meeting, family_name="Mistyped")
    talk, other = (make_talk(meeting, speakers=[person]) for _ in range(2))
    data = filled(client, url_of(talk)) | {"form-0-family_name": "Łukaszewicz"}
    client.post(url_of(talk), data)
    person.refresh_from_db()
    assert person.family_name == "Łukaszewicz"
    assert set(Talk.objects.search("lukaszewicz")) == {talk, other}
    assert [entry.talk for entry in other.history.all()] == [other]


def test_a_row_cannot_name_a_person_who_is_not_on_the_talk(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk, stranger = make_talk(meeting), make_speaker(make_meeting(), family_name="Stranger")
    data = filled(client, url_of(talk)) | {"form-0-speaker": stranger.pk}
    assert client.post(url_of(talk), data).status_code == 200
    stranger.refresh_from_db()
    assert stranger.family_name == "Stranger"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"title": " "}, "This field is required."),
        ({"form-0-family_name": ""}, "Enter the family name"),
        ({"form-0-DELETE": "on"}, "A talk needs at least one author."),
        ({"form-0-orcid": "0000-0002-1825-0098"}, "A digit of this ORCID seems mistyped"),
        ({"form-0-email": "no address"}, "Enter a valid email address."),
        ({"astronomy_areas": ["absent"]}, "“absent” is not in the list"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Client, organiser: User, meeting: Meeting, typed: dict[str, Any], error: str
) -> None:
    talk = make_talk(meeting)
    data = filled(client, url_of(talk)) | {"abstract": "What I typed"} | typed
    page = client.post(url_of(talk), data)
    assert page.status_code == 200
    assert error in page.content.decode()
    assert "What I typed" in page.content.decode()
    assert not talk.history.exists()


def test_a_format_of_another_meeting_is_refused(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    make_format(meeting)
    talk, foreign = make_talk(meeting), make_format(make_meeting(), name="Foreign format")
    assert "Foreign format" not in client.get(url_of(talk)).content.decode()
    page = client.post(url_of(talk), filled(client, url_of(talk)) | {"format": foreign.pk})
    assert "This format is not offered, or no longer." in page.content.decode()
    talk.refresh_from_db()
    assert talk.format is None


def test_limits_are_told_to_organisers_not_enforced(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting)
    title, abstract = "A title of more than twenty characters", "one two three four five six"
    data = filled(client, url_of(talk)) | {"title": title, "abstract": abstract}
    told = texts(client.post(url_of(talk), data, follow=True))
    assert told[:2] == [
        "The abstract has 6 words; the meeting asks for at most 5.",
        "The title has 38 characters; the meeting asks for at most 20.",
    ]
    talk.refresh_from_db()
    assert (talk.title, talk.abstract) == (title, abstract)


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, title="First")
    mine = filled(client, url_of(talk)) | {"title": "Mine"}
    theirs = correcting.Correction(
        title="Theirs",
        abstract=talk.abstract,
        format_id=None,
        authors=tuple(
            correcting.CorrectedAuthor(author, talk.authorships.get().speaker_id)
            for author in [_author_of(talk)]
        ),
    )
    correcting.correct(talk, theirs, by=make_organiser(meeting), at=NOW)

    page = client.post(url_of(talk), mine)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Not saved: somebody changed this talk while you were editing it." in text
    assert "Olga Organiser" in text
    assert 'value="Mine"' in text
    talk.refresh_from_db()
    assert talk.title == "Theirs"

    again = mine | {"version": page.context["form"]["version"].value()}
    assert client.post(url_of(talk), again).status_code == 302
    talk.refresh_from_db()
    assert talk.title == "Mine"


def test_a_decision_made_meanwhile_does_not_stand_in_the_way(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting)
    mine = filled(client, url_of(talk)) | {"title": "Mine"}
    deciding.prepare(talk, decision=Action.ACCEPT, note="", by=organiser, at=NOW)
    assert client.post(url_of(talk), mine).status_code == 302
    talk.refresh_from_db()
    assert (talk.title, talk.prepared_decision) == ("Mine", "accept")


def _author_of(talk: Talk) -> Any:
    speaker = talk.authorships.get().speaker
    return ProposedAuthor(
        speaker.given_name,
        speaker.family_name,
        speaker.email,
        affiliations=typed_affiliations("Institute of Tests"),
    )


def test_the_history_names_what_was_before_and_after(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting)
    deciding.prepare(talk, decision=Action.REJECT, note="Too short", by=organiser, at=NOW)
    [line] = client.get(url_of(talk)).context["history"]
    assert (line.what, line.who, line.note) == ("decision prepared", "Olga Organiser", "Too short")
    [change] = line.changes
    assert (change.field, [(p.before, p.after) for p in change.pieces]) == (
        "Prepared decision",
        [("", "reject")],
    )


def test_the_link_is_sent_again_and_can_be_renewed(
    client: Client, organiser: User, meeting: Meeting, django_capture_on_commit_callbacks: Any
) -> None:
    talk = make_talk(meeting)
    old = talk.private_token()
    send, renew = (
        reverse(f"admin:submissions_talk_private_link_{verb}", args=[talk.pk])
        for verb in ("send", "renew")
    )
    for url in (send, renew):
        assert client.get(url).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        client.post(send)
    assert old in mail.outbox[0].body
    client.post(renew)
    talk.refresh_from_db()
    assert talk.private_token() != old
    assert [entry.action for entry in talk.history.all()] == ["renew link", "link"]


def test_a_link_without_an_address_is_not_sent(
    client: Client, organiser: User, meeting: Meeting
) -> None:
    talk = make_talk(meeting, speakers=[make_speaker(meeting, email="")])
    url = reverse("admin:submissions_talk_private_link_send", args=[talk.pk])
    told = texts(client.post(url, follow=True))
    assert told == ["No author has an e-mail address. Enter one and save, then send the link."]
    assert not talk.history.exists()


@pytest.mark.parametrize("decide", [False, True])
def test_organisers_delete_a_talk_until_it_is_decided(
    client: Client, organiser: User, meeting: Meeting, decide: bool
) -> None:
    talk = make_talk(meeting)
    if decide:
        deciding.prepare(talk, decision=Action.REJECT, note="Late", by=organiser, at=NOW)
    url = reverse("admin:submissions_talk_delete", args=[talk.pk])
    assert (url in client.get(url_of(talk)).content.decode()) is not decide
    listed = {"action": "delete_selected", "_selected_action": [talk.pk], "post": "yes"}
    client.post(reverse("admin:submissions_talk_changelist"), listed)
    assert Talk.objects.filter(pk=talk.pk).exists() is decide
    if decide:
        refused = client.post(url, {"post": "yes"}, follow=True)
        assert refused.redirect_chain[0][0] == url_of(talk)
        assert "Withdraw it instead" in texts(refused)[0]
        client.force_login(make_user(is_superuser=True))
        client.post(url, {"post": "yes"})
        assert not Talk.objects.filter(pk=talk.pk).exists()
