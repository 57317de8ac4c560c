import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from sessions.exports.registry import EXPORTS
from submissions.domain.lifecycle import State
from tests.make import make_meeting, make_session, make_slot, make_talk
from tests.sessions.views.programmes import Published, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Published:
    return make_published(slug="sky", name="Learning the Sky")


def export(meeting: str, *, to: Path | str, form: str = "markdown") -> str:
    """Run the command and return what it told."""
    told = io.StringIO()
    call_command("export_programme", meeting, format=form, output=str(to), stderr=told)
    return told.getvalue()


@pytest.mark.parametrize("form", EXPORTS)
def test_a_file_holds_the_same_as_the_page(
    published: Published, tmp_path: Path, client: Client, form: str
) -> None:
    export("sky", to=tmp_path / "file", form=form)
    address = published.address("programme-export", extension=EXPORTS[form].extension)
    assert (tmp_path / "file").read_bytes() == client.get(address).content


def test_the_command_tells_what_was_written(published: Published, tmp_path: Path) -> None:
    target = tmp_path / "programme.md"
    told = export("sky", to=target)
    size = f"{target.stat().st_size:,}"
    assert told == (
        "Learning the Sky, release 1: 2 sessions and 3 talks as markdown "
        f"to {target}, {size} bytes\n"
    )


def test_a_dash_writes_to_the_standard_output_and_nothing_else(
    published: Published, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    export("sky", to="-", form="csv")
    out = capsysbinary.readouterr().out
    assert out.startswith(b'"session_number",')
    assert out.count(b"Late light") == 1


def test_a_file_is_replaced_as_a_whole(published: Published, tmp_path: Path) -> None:
    target = tmp_path / "programme.md"
    target.write_text("old")
    export("sky", to=target)
    assert target.read_text().startswith("# Learning the Sky\n")
    assert list(tmp_path.iterdir()) == [target]


def test_a_withdrawn_talk_is_marked(published: Published, tmp_path: Path) -> None:
    published.dust.state = State.WITHDRAWN.value
    published.dust.save()
    export("sky", to=tmp_path / "file")
    assert "Dust (withdrawn)" in (tmp_path / "file").read_text()


def test_an_unknown_meeting_is_answered_with_those_there_are(published: Published) -> None:
    make_meeting(slug="other")
    with pytest.raises(CommandError, match=r"no meeting “sly”\. The meetings here: other, sky\."):
        export("sly", to="-")


def test_before_publication_nothing_is_written(tmp_path: Path) -> None:
    meeting = make_meeting(slug="sky")
    make_slot(make_session(meeting), make_talk(meeting, State.CONFIRMED))
    with pytest.raises(CommandError, match="has published no programme yet"):
        export("sky", to=tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(published: Published, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "file"
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        export("sky", to=target)


def test_a_device_is_written_to_and_not_replaced(published: Published) -> None:
    export("sky", to=os.devnull)
    assert not Path(os.devnull).is_file()


def test_a_folder_is_no_place_for_a_file(published: Published, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: Is a directory"):
        export("sky", to=tmp_path)


def test_an_unknown_format_is_answered_with_those_there_are(published: Published) -> None:
    with pytest.raises(CommandError, match=r"markdown.*html.*ical.*csv"):
        call_command("export_programme", "sky", "--format", "pdf", "--output", "-")
