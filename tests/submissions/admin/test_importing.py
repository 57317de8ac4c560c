"""Importing a spreadsheet in the admin, from the upload to the talks."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from submissions.models import Meeting, Membership, PendingImport, Talk, User
from tests.make import make_meeting, make_organiser, make_reviewer, make_speaker, make_talk

pytestmark = pytest.mark.django_db

SHEET = (
    "First Name\tSurname\tProposed Talk Title\tAbstract\tShoe size\n"
    "Ada\tLovelace\tEngines that learn\tWe learn $10^5$ things.\t38\n"
    "Çelik\tÖz\tTidal <tails>\tFaint & old.\t42\n"
)


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def organiser(client: Client, meeting: Meeting) -> Client:
    client.force_login(make_organiser(meeting))
    return client


def upload(client: Client, text: str = SHEET, **fields: Any) -> Any:
    file = SimpleUploadedFile("talks.tsv", text.encode())
    return client.post(reverse("admin:submissions_talk_import"), {"file": file, **fields})


def uploaded(client: Client, text: str = SHEET) -> tuple[str, str]:
    """The address of the preview and the page."""
    answer = upload(client, text)
    assert answer.status_code == 302, answer.content.decode()
    address = answer["Location"]
    return address, client.get(address).content.decode()


def fingerprint(page: str) -> str:
    found = re.search(r'name="fingerprint" value="(\w+)"', page)
    assert found
    return found[1]


def run(client: Client, address: str, page: str) -> Any:
    return client.post(f"{address}run/", {"fingerprint": fingerprint(page)})


def test_a_preview_shows_what_would_come_and_changes_nothing(organiser: Client) -> None:
    _, page = uploaded(organiser)
    assert "<strong>2</strong> new" in page
    assert "Tidal &lt;tails&gt;" in page
    assert "Çelik Öz" in page
    assert "Shoe size" in page
    assert "Import 2 talks" in page
    assert not Talk.objects.exists()


def test_the_button_imports_what_was_shown_and_deletes_the_upload(
    organiser: Client, meeting: Meeting
) -> None:
    address, page = uploaded(organiser)
    answer = run(organiser, address, page)
    assert answer["Location"].startswith(reverse("admin:submissions_talk_changelist"))
    talks = Talk.objects.for_meeting(meeting)
    assert {(talk.title, talk.state, talk.authors.get().name) for talk in talks} == {
        ("Engines that learn", "submitted", "Ada Lovelace"),
        ("Tidal <tails>", "submitted", "Çelik Öz"),
    }
    assert not PendingImport.objects.exists()


def test_the_same_file_again_has_nothing_to_import(organiser: Client) -> None:
    run(organiser, *uploaded(organiser))
    history = {talk.pk: talk.history.count() for talk in Talk.objects.all()}
    _, page = uploaded(organiser)
    assert "<strong>2</strong> the same" in page
    assert "There is nothing to import" in page
    assert 'name="fingerprint"' not in page
    assert {talk.pk: talk.history.count() for talk in Talk.objects.all()} == history


def test_a_changed_cell_is_shown_before_and_after(organiser: Client) -> None:
    run(organiser, *uploaded(organiser))
    address, page = uploaded(organiser, SHEET.replace("Faint & old.", "Faint & young."))
    assert "<strong>1</strong> changed" in page
    assert "Faint &amp; old." in page
    assert "Faint &amp; young." in page
    run(organiser, address, page)
    assert Talk.objects.get(title="Tidal <tails>").abstract == "Faint & young."


def test_what_a_new_talk_changes_on_a_known_person_is_shown(
    organiser: Client, meeting: Meeting
) -> None:
    make_speaker(meeting, given_name="Çelik", family_name="Öz", email="old@example.org")
    sheet = "Given name\tSurname\tE-mail\tORCID\tTitle\nÇelik\tÖz\told@example.org\t{}\tTides\n"
    _, page = uploaded(organiser, sheet.format("0000-0002-1825-0097"))
    assert "<strong>1</strong> new" in page
    assert "ORCID: – → 0000-0002-1825-0097" in page


def test_a_refused_row_stops_the_whole_import(organiser: Client) -> None:
    address, page = uploaded(organiser, SHEET + "Eve\tNobody\t\tNo title.\t1\n")
    assert "<strong>1</strong> refused" in page
    assert 'name="fingerprint"' not in page
    answer = organiser.post(f"{address}run/", {"fingerprint": ""}, follow=True)
    assert "Nothing was imported" in answer.content.decode()
    assert not Talk.objects.exists()


def test_a_column_is_corrected_by_hand_and_stays_so(organiser: Client) -> None:
    address, page = uploaded(organiser)
    choices = {f"column-{index}": "" for index in range(5)}
    choices |= {
        "column-0": "given_name",
        "column-1": "family_name",
        "column-2": "title",
        "column-4": "remarks",
    }
    assert organiser.post(address, choices)["Location"] == address
    page = organiser.get(address).content.decode()
    run(organiser, address, page)
    assert set(Talk.objects.values_list("title", "remarks", "abstract")) == {
        ("Engines that learn", "38", ""),
        ("Tidal <tails>", "42", ""),
    }


def test_two_columns_for_one_field_are_refused_with_the_reason(organiser: Client) -> None:
    address, _ = uploaded(organiser)
    choices = {f"column-{index}": "title" for index in range(5)}
    answer = organiser.post(address, choices)
    assert "Two columns are said to hold title" in answer.content.decode()


def test_a_file_without_a_title_column_can_still_be_told_which_it_is(organiser: Client) -> None:
    address, page = uploaded(organiser, SHEET.replace("Proposed Talk Title", "What"))
    assert "No column was found for the title" in page
    assert 'name="fingerprint"' not in page
    organiser.post(
        address,
        {"column-0": "given_name", "column-1": "family_name", "column-2": "title"},
    )
    assert "<strong>2</strong> new" in organiser.get(address).content.decode()


def test_what_changed_since_the_preview_is_not_imported_unseen(
    organiser: Client, meeting: Meeting
) -> None:
    address, page = uploaded(organiser)
    run(organiser, *uploaded(organiser))
    before = Talk.objects.count()
    answer = organiser.post(f"{address}run/", {"fingerprint": fingerprint(page)}, follow=True)
    text = answer.content.decode()
    assert "somebody changed talks since this preview was made" in text
    assert "<strong>2</strong> the same" in text
    assert Talk.objects.count() == before


def test_pasted_cells_are_read_like_a_file(organiser: Client) -> None:
    answer = organiser.post(reverse("admin:submissions_talk_import"), {"text": SHEET}, follow=True)
    assert "<strong>2</strong> new" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Choose a file, or paste the cells."),
        ({"text": SHEET, "file": SimpleUploadedFile("a.tsv", b"Title\nx")}, "give one of them"),
        ({"text": "<!DOCTYPE html><html><body>x</body></html>"}, 'class="errorlist"'),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}, 'class="errorlist"'),
        ({"file": SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, ".xlsx"),
    ],
    ids=["nothing", "both", "no table", "pdf", "old excel"],
)
def test_what_is_no_table_is_refused_at_the_field(
    organiser: Client, fields: dict[str, Any], message: str
) -> None:
    answer = organiser.post(reverse("admin:submissions_talk_import"), fields)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not PendingImport.objects.exists()


def test_an_upload_can_be_deleted_without_importing(organiser: Client) -> None:
    address, _ = uploaded(organiser)
    organiser.post(f"{address}forget/")
    assert not PendingImport.objects.exists()
    assert organiser.get(address).status_code == 404


def test_uploads_left_lying_are_deleted_by_the_next_one(organiser: Client) -> None:
    uploaded(organiser)
    PendingImport.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    old = PendingImport.objects.get()
    uploaded(organiser)
    assert not PendingImport.objects.filter(pk=old.pk).exists()
    assert PendingImport.objects.count() == 1


def test_an_upload_is_for_the_organisers_of_its_meeting_only(
    organiser: Client, meeting: Meeting
) -> None:
    address, page = uploaded(organiser)
    answers = {}
    for name, user in {
        "organiser elsewhere": make_organiser(make_meeting()),
        "reviewer": make_reviewer(meeting),
    }.items():
        stranger = Client()
        stranger.force_login(user)
        answers[name] = [
            stranger.get(address).status_code,
            stranger.post(f"{address}run/", {"fingerprint": fingerprint(page)}).status_code,
            stranger.post(f"{address}forget/").status_code,
        ]
    assert answers == {"organiser elsewhere": [404, 404, 404], "reviewer": [302, 302, 302]}
    assert not Talk.objects.exists()
    assert PendingImport.objects.count() == 1


def test_with_several_meetings_the_meeting_is_asked_for(organiser: Client) -> None:
    other = make_meeting(name="Other meeting")
    Membership.objects.create(meeting=other, user=User.objects.get(), role="organiser")
    address = reverse("admin:submissions_talk_import")
    assert "For which meeting?" in organiser.get(address).content.decode()
    file = SimpleUploadedFile("talks.tsv", SHEET.encode())
    answer = organiser.post(f"{address}?meeting={other.slug}", {"file": file})
    run(organiser, answer["Location"], organiser.get(answer["Location"]).content.decode())
    assert set(Talk.objects.values_list("meeting", flat=True)) == {other.pk}


def test_the_list_of_talks_leads_to_the_import(organiser: Client, meeting: Meeting) -> None:
    make_talk(meeting)
    page = organiser.get(reverse("admin:submissions_talk_changelist")).content.decode()
    assert reverse("admin:submissions_talk_import") in page
