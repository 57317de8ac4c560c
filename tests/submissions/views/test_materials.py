"""Slides and other material, through the pages of the talk's speakers."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from submissions.domain.lifecycle import State
from submissions.models import Material, Talk
from tests.make import NOW, make_material, make_meeting, make_organiser, make_talk
from tests.queries import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_time_of_the_call")]

PDF = b"%PDF-1.7 slides"


@pytest.fixture
def talk() -> Talk:
    return make_talk(make_meeting(), State.ACCEPTED)


@pytest.fixture
def speaker(client: Client, talk: Talk) -> Client:
    """A browser in which the talk's private link was opened."""
    slug, token = talk.meeting.slug, talk.private_token()
    client.get(reverse("submissions:talk-open", args=[slug, token]))
    return client


def page(talk: Talk, name: str = "talk-materials", *more: Any) -> str:
    return reverse(f"submissions:{name}", args=[talk.meeting.slug, talk.code, *more])


def sent(**fields: Any) -> dict[str, Any]:
    return {"kind": "slides", "label": "", "url": "", **fields}


def upload(content: bytes = PDF, name: str = "talk.pdf", kind: str = "text/html") -> Any:
    return SimpleUploadedFile(name, content, content_type=kind)


def test_slides_are_uploaded_and_come_back_as_they_were(speaker: Client, talk: Talk) -> None:
    answer = speaker.post(page(talk), sent(file=upload(), is_public="on"), follow=True)
    assert answer.redirect_chain == [(page(talk), 302)]
    material = Material.objects.get()
    assert (material.name, material.content_type, material.is_public) == (
        "talk.pdf",
        "application/pdf",
        True,
    )
    assert "talk.pdf" in answer.content.decode()
    assert "talk.pdf" in speaker.get(page(talk, "talk-detail")).content.decode()
    download = speaker.get(page(talk, "material-file", material.pk))
    assert download.getvalue() == PDF
    headers = (
        "Content-Type",
        "Content-Disposition",
        "Content-Length",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Cache-Control",
    )
    assert {name: download[name] for name in headers} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="talk.pdf"',
        "Content-Length": str(len(PDF)),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    }


def test_an_address_is_shown_and_not_fetched(speaker: Client, talk: Talk) -> None:
    url = "https://example.org/recording"
    answer = speaker.post(page(talk), sent(kind="recording", url=url), follow=True)
    assert f'href="{url}"' in answer.content.decode()
    material = Material.objects.get()
    assert speaker.get(page(talk, "material-file", material.pk)).status_code == 404


def test_a_name_in_another_script_is_said_as_the_standard_wants(
    speaker: Client, talk: Talk
) -> None:
    speaker.post(page(talk), sent(file=upload(name="天文; x=1.pdf")))
    download = speaker.get(page(talk, "material-file", Material.objects.get().pk))
    assert download["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%A4%A9%E6%96%87_%20x%3D1.pdf"
    )


def test_the_head_alone_and_a_copy_that_is_still_good(speaker: Client, talk: Talk) -> None:
    material = make_material(talk, PDF)
    path = page(talk, "material-file", material.pk)
    head = speaker.head(path)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(PDF)))
    again = speaker.get(path, headers={"If-None-Match": head["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Choose a file, or give its address below."),
        ({"file": upload(), "url": "https://example.org"}, "Give one of them"),
        ({"file": upload(b"")}, "The file is empty."),
        (
            {"file": upload(b"<script>alert(1)</script>", "slides.pdf", "application/pdf")},
            "no file of a kind",
        ),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"url": "ftp://example.org/x"}, "Enter a valid URL"),
        ({"url": "data:text/html,x"}, "Enter a valid URL"),
        ({"url": "https://user:word@example.org/x"}, "Leave name and password out"),
        ({"url": "https://example.org/\x00"}, "Null characters are not allowed."),
        ({"url": "https://example.org/" + "x" * 500}, "at most 500 characters"),
        ({"kind": "film", "url": "https://example.org"}, "not one of the available choices"),
        ({"label": "x" * 201, "url": "https://example.org"}, "at most 200 characters"),
    ],
)
def test_bad_input_comes_back_with_a_reason(
    speaker: Client, talk: Talk, fields: dict[str, Any], expected: str
) -> None:
    answer = speaker.post(page(talk), sent(**fields))
    assert (answer.status_code, Material.objects.count()) == (422, 0)
    assert expected in answer.content.decode()


def test_what_was_typed_is_kept(speaker: Client, talk: Talk) -> None:
    answer = speaker.post(page(talk), sent(label="With <notes>", kind="poster"))
    text = answer.content.decode()
    assert 'value="With &lt;notes&gt;"' in text
    assert '<option value="poster" selected>' in text


def test_a_file_larger_than_the_meeting_takes(speaker: Client, talk: Talk) -> None:
    type(talk.meeting).objects.update(material_megabytes=1)
    large = PDF + b"x" * (1024 * 1024)
    answer = speaker.post(page(talk), sent(file=upload(large), label="Large"))
    assert (answer.status_code, Material.objects.count()) == (422, 0)
    text = answer.content.decode()
    assert "larger than 1 MB" in text
    assert 'value="Large"' in text


def test_a_request_larger_than_the_site_takes(speaker: Client, talk: Talk, settings: Any) -> None:
    settings.LARGEST_UPLOAD_MEGABYTES = 0
    answer = speaker.post(page(talk), sent(file=upload(), label="Large"))
    assert (answer.status_code, Material.objects.count()) == (422, 0)
    text = answer.content.decode()
    assert "larger than this site takes" in text
    assert "Choose a file" not in text
    assert 'value="Large"' in text


def test_a_full_temporary_folder_loses_the_file_and_not_the_form(
    speaker: Client, talk: Talk, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", full)
    answer = speaker.post(page(talk), sent(file=upload(), label="Lost"))
    assert (answer.status_code, Material.objects.count()) == (422, 0)
    text = answer.content.decode()
    assert "no room left" in text
    assert 'value="Lost"' in text


def test_a_full_disk(speaker: Client, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_kwargs: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    answer = speaker.post(page(talk), sent(file=upload()))
    assert (answer.status_code, Material.objects.count()) == (503, 0)
    assert "no room left" in answer.content.decode()


def test_a_file_that_the_server_has_lost(speaker: Client, talk: Talk) -> None:
    material = make_material(talk)
    default_storage.delete(str(material.file.name))
    answer = speaker.get(page(talk, "material-file", material.pk))
    assert answer.status_code == 503
    assert "This file cannot be read" in answer.content.decode()


def test_a_description_is_changed_and_the_file_stays(speaker: Client, talk: Talk) -> None:
    material = make_material(talk, PDF)
    path = page(talk, "material-change", material.pk)
    assert "Another file in its place" in speaker.get(path).content.decode()
    speaker.post(path, {"kind": "poster", "label": "A poster"})
    material.refresh_from_db()
    assert (material.kind, material.label, material.is_public) == ("poster", "A poster", False)
    assert speaker.get(page(talk, "material-file", material.pk)).getvalue() == PDF


def test_removing_asks_once_more(speaker: Client, talk: Talk) -> None:
    material = make_material(talk)
    path = page(talk, "material-remove", material.pk)
    assert speaker.get(path).status_code == 200
    assert Material.objects.count() == 1
    assert speaker.post(path).status_code == 302
    assert Material.objects.count() == 0


def test_when_it_is_over_what_is_there_stays(speaker: Client, talk: Talk) -> None:
    make_material(talk, label="Slides of June")
    type(talk.meeting).objects.update(materials_close_at=NOW)
    text = speaker.get(page(talk)).content.decode()
    assert "Slides of June" in text
    assert "no longer taken" in text
    assert 'type="file"' not in text
    answer = speaker.post(page(talk), sent(file=upload(), label="Too late"))
    assert (answer.status_code, Material.objects.count()) == (409, 1)
    assert 'value="Too late"' in answer.content.decode()


def test_material_of_another_talk_is_none_of_theirs(speaker: Client, talk: Talk) -> None:
    foreign = make_material(make_talk(talk.meeting, State.ACCEPTED))
    for name in ("material-file", "material-change", "material-remove"):
        assert speaker.get(page(talk, name, foreign.pk)).status_code == 404
        assert speaker.get(page(foreign.talk, name, foreign.pk)).status_code == 404


def test_hostile_words_are_shown_as_words(speaker: Client, talk: Talk) -> None:
    make_material(talk, label="<script>alert(1)</script>", file_name='"><img src=x>.pdf')
    text = speaker.get(page(talk)).content.decode()
    assert "<script>alert(1)" not in text
    assert "<img src=x>" not in text


def test_many_materials_take_as_many_queries_as_few(speaker: Client, talk: Talk) -> None:
    make_material(talk)
    few = count_queries(speaker, page(talk))
    for _number in range(10):
        make_material(talk)
    assert count_queries(speaker, page(talk)) == few


def test_an_organiser_reads_and_removes_it(client: Client, talk: Talk) -> None:
    material = make_material(talk, PDF, is_public=False, label="Inside")
    client.force_login(make_organiser(talk.meeting))
    talk_page = client.get(reverse("admin:submissions_talk_change", args=[talk.pk]))
    assert "Inside" in talk_page.content.decode()
    arguments = [talk.pk, material.pk]
    download = client.get(reverse("admin:submissions_talk_material", args=arguments))
    assert (download.getvalue(), download["X-Content-Type-Options"]) == (PDF, "nosniff")
    remove = reverse("admin:submissions_talk_material_remove", args=arguments)
    assert client.get(remove).status_code == 200
    client.post(remove, {"reason": "Not theirs to publish"})
    entry = talk.history.get()
    assert (Material.objects.count(), entry.action, entry.note) == (
        0,
        "remove material",
        "Not theirs to publish",
    )
