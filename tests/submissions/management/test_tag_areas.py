import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[3]


def tag_areas(kind: str, content: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    out = io.StringIO()
    call_command("tag_areas", kind, stdout=out)
    return out.getvalue()


def test_each_line_gives_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "CNN, Ünbekanntes\r\n\nOptical flow"
    lines = tag_areas("ml", text.encode(), monkeypatch).splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "text": "CNN, Ünbekanntes",
            "areas": ["convolutional-neural-networks"],
            "suggestions": [],
            "unmatched": ["Ünbekanntes"],
        },
        {"text": "", "areas": [], "suggestions": [], "unmatched": []},
        {
            "text": "Optical flow",
            "areas": [],
            "suggestions": [{"slug": "normalizing-flows", "because": ["flow"], "score": 0.7}],
            "unmatched": ["Optical flow"],
        },
    ]
    assert "Ü" in lines[0]


def test_nothing_in_gives_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tag_areas("astronomy", b"", monkeypatch) == ""


def test_a_byte_order_mark_is_not_text(monkeypatch: pytest.MonkeyPatch) -> None:
    out = tag_areas("astronomy", "\ufeffstars".encode(), monkeypatch)
    assert json.loads(out)["text"] == "stars"


def test_signs_that_some_readers_take_for_line_ends_are_escaped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "stars\u2028galaxies\x85cosmology\x0bdust"
    out = tag_areas("astronomy", text.encode(), monkeypatch)
    assert len(out.splitlines()) == 1
    assert json.loads(out)["text"] == text


def test_a_line_that_is_not_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=r"^Line 2 is not UTF-8 \(byte 3\)\."):
        tag_areas("astronomy", b"stars\nab\xff\n", monkeypatch)


def test_it_needs_no_database_and_stops_when_its_reader_does() -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "SECRET_KEY": "a-key-for-tests",
        "PYTHONIOENCODING": "ascii",
    }
    # A line is answered before the next one is read, and no answer is written into a closed pipe.
    with subprocess.Popen(
        [sys.executable, "manage.py", "tag_areas", "ml"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("é GANs\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["areas"] == ["generative-adversarial-networks"]
        process.stdout.close()
        process.stdin.write(b"deep learning\n")
        process.stdin.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)
