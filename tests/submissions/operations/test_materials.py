from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from submissions.domain.lifecycle import Action, State
from submissions.domain.materials import Kind, NotTaken
from submissions.models import HistoryEntry, Material, Talk
from submissions.operations import answering, history, materials
from submissions.operations.materials import Description
from tests.make import NOW, make_material, make_meeting, make_talk, make_user

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 slides"
SLIDES = Description(Kind.SLIDES, "Slides", is_public=True)


def upload(content: bytes = PDF, name: str = "talk.pdf") -> ContentFile[bytes]:
    return ContentFile(content, name)


def make_accepted(**fields: Any) -> Talk:
    return make_talk(make_meeting(**fields), State.ACCEPTED)


def history_of(talk: Talk) -> list[tuple[str, Any]]:
    return list(
        HistoryEntry.objects.filter(talk=talk).order_by("pk").values_list("action", "changes")
    )


def stored() -> set[str]:
    """The names of all files that are kept."""
    found = set()
    folders = default_storage.listdir("materials")[0] if default_storage.exists("materials") else []
    for folder in folders:
        found |= {
            f"materials/{folder}/{n}" for n in default_storage.listdir(f"materials/{folder}")[1]
        }
    return found


def test_a_file_is_kept_under_a_name_that_says_nothing() -> None:
    talk, user = make_accepted(), make_user()
    made = materials.add(talk, SLIDES, upload=upload(name="../Zanthorpe.pdf"), by=user, at=NOW)
    made.refresh_from_db()
    assert (made.file_name, made.size, made.content_type) == (
        "Zanthorpe.pdf",
        len(PDF),
        "application/pdf",
    )
    assert made.sha256 == sha256(PDF).hexdigest()
    assert "Zanthorpe" not in str(made.file.name)
    with made.file.open("rb") as kept:
        assert kept.read() == PDF
    assert history_of(talk) == [
        ("add material", {"material": ["", "slides, Slides, Zanthorpe.pdf, public"]})
    ]


def test_an_address_is_kept_as_it_is() -> None:
    talk = make_accepted()
    url = "https://example.org/recording"
    made = materials.add(talk, Description(Kind.RECORDING), url=url, by=None, at=NOW)
    assert (made.name, made.is_file, made.host) == (url, False, "example.org")
    assert history_of(talk) == [
        ("add material", {"material": ["", f"recording, {url}, not public"]})
    ]


@pytest.mark.parametrize("state", [s for s in State if s not in {State.ACCEPTED, State.CONFIRMED}])
def test_only_talks_with_a_place_get_material(state: State) -> None:
    talk, before = make_talk(make_meeting(), state), stored()
    with pytest.raises(materials.NotTakenNow):
        materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW)
    assert (Material.objects.count(), stored()) == (0, before)


@pytest.mark.parametrize(
    "fields", [{"takes_materials": False}, {"materials_close_at": NOW}], ids=["off", "over"]
)
def test_a_meeting_says_whether_and_until_when(fields: dict[str, Any]) -> None:
    talk = make_accepted(**fields)
    with pytest.raises(materials.NotTakenNow):
        materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW)


def test_until_the_last_second_it_is_taken() -> None:
    talk = make_accepted(materials_close_at=NOW + timedelta(seconds=1))
    assert materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW).pk is not None


def test_what_is_none_of_the_kinds_leaves_nothing_behind() -> None:
    talk, before = make_accepted(), stored()
    with pytest.raises(NotTaken):
        materials.add(talk, SLIDES, upload=upload(b"<html>"), by=None, at=NOW)
    assert (Material.objects.count(), stored()) == (0, before)


def test_there_is_a_most() -> None:
    talk = make_accepted()
    for number in range(materials.MOST):
        make_material(talk, url=f"https://example.org/{number}")
    with pytest.raises(materials.TooMany):
        materials.add(talk, SLIDES, url="https://example.org/more", by=None, at=NOW)


def test_a_full_disk_is_said_and_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_kwargs: Any) -> str:
        raise OSError(28, "No space left on device")

    talk = make_accepted()
    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(materials.NotKept):
        materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW)
    assert (Material.objects.count(), history_of(talk)) == (0, [])


def test_another_file_takes_the_place_of_the_first(
    django_capture_on_commit_callbacks: Any,
) -> None:
    talk = make_accepted()
    made = materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW)
    old = made.file.name
    with django_capture_on_commit_callbacks(execute=True):
        materials.change(
            made, SLIDES, upload=upload(b"%PDF-2.0", "new.pdf"), by=None, at=NOW + timedelta(days=1)
        )
    made.refresh_from_db()
    assert (made.file_name, made.size) == ("new.pdf", 8)
    assert made.uploaded_at == NOW + timedelta(days=1)
    assert old not in stored()
    assert str(made.file.name) in stored()
    assert history_of(talk)[1] == (
        "change material",
        {"material": ["slides, Slides, talk.pdf, public", "slides, Slides, new.pdf, public"]},
    )


def test_a_failed_change_keeps_the_first_file(monkeypatch: pytest.MonkeyPatch) -> None:
    made = materials.add(make_accepted(), SLIDES, upload=upload(), by=None, at=NOW)
    old, before = str(made.file.name), stored()

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(history, "record", fail)
    with pytest.raises(IntegrityError), transaction.atomic():
        materials.change(made, SLIDES, upload=upload(name="new.pdf"), by=None, at=NOW)
    assert stored() == before
    made.refresh_from_db()
    assert (made.file_name, made.file.name) == ("talk.pdf", old)


def test_taking_back_from_the_public_is_possible_for_ever() -> None:
    talk = make_accepted()
    made = materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW)
    answering.answer(talk, Action.WITHDRAW, by=None, at=NOW)
    hidden = Description(Kind.SLIDES, "Slides", is_public=False)
    materials.change(made, hidden, by=None, at=NOW)
    with pytest.raises(materials.NotTakenNow):
        materials.change(made, hidden, upload=upload(name="new.pdf"), by=None, at=NOW)
    made.refresh_from_db()
    assert (made.is_public, made.file_name) == (False, "talk.pdf")


@pytest.mark.parametrize("how", ["removed", "with its talk"])
def test_the_file_goes_with_its_row(how: str, django_capture_on_commit_callbacks: Any) -> None:
    talk = make_accepted()
    made = materials.add(talk, SLIDES, upload=upload(), by=None, at=NOW)
    assert str(made.file.name) in stored()
    with django_capture_on_commit_callbacks(execute=True):
        if how == "removed":
            materials.remove(made, by=None, at=NOW)
        else:
            talk.delete()
    assert str(made.file.name) not in stored()
    assert Material.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://example.org", "file": "x", "file_name": "x", "size": 1, "sha256": "0"},
        {"url": ""},
        {"url": "", "file": "x", "file_name": "x", "size": 1},
        {"kind": "film", "url": "https://example.org"},
    ],
)
def test_the_database_refuses_what_is_neither_file_nor_address(fields: dict[str, Any]) -> None:
    talk = make_accepted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.create(talk=talk, uploaded_at=NOW, **fields)
