import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[3]
EMPTY: dict[str, list[Any]] = {"astronomy": [], "ml": []}


def suggest_areas(content: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    out = io.StringIO()
    call_command("suggest_areas", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_talk_gives_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    talks = [
        {"title": "Spectra of quasars", "abstract": "We use t-SNE."},
        {"title": "Attention is all you need"},
    ]
    content = "\n".join(json.dumps(talk) for talk in talks).encode()
    assert suggest_areas(content, monkeypatch) == [
        {
            "astronomy": [
                {"slug": "active-galactic-nuclei", "because": ["quasars"], "confidence": 0.95},
                {"slug": "spectroscopy", "because": ["Spectra"], "confidence": 0.76},
            ],
            "ml": [{"slug": "dimensionality-reduction", "because": ["t-SNE"], "confidence": 0.71}],
        },
        EMPTY,
    ]


@pytest.mark.parametrize(
    "talk", ["{}", '{"title": null}', '{"abstract": null, "title": ""}', '{"more": [1, {"a": 2}]}']
)
def test_what_is_missing_is_empty_and_more_is_passed_over(
    talk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert suggest_areas(talk.encode(), monkeypatch) == [EMPTY]


def test_empty_lines_and_a_byte_order_mark_are_no_talks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = '\ufeff{"title": "x"}\r\n\r\n  \n'.encode()
    assert suggest_areas(content, monkeypatch) == [EMPTY]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{bad", r"^Line 2 is not JSON \(column 2\)"),
        (b'["title"]', r"^Line 2 is no JSON object"),
        (b'{"title": 5}', r'^Line 2: "title" is no text\.'),
        (b'{"title": "\xff"}', r"^Line 2 is not UTF-8 \(byte 12\)\."),
        (b"[" * 200_000, r"^Line 2 is "),
        (b"9" * 10_000, r"^Line 2 is "),
    ],
)
def test_a_bad_line_is_named(line: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=message):
        suggest_areas(b'{"title": "stars"}\n' + line, monkeypatch)


def test_half_a_character_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    content = rb'{"title": "\ud800 quasars\u2028and \ud800 galaxies"}'
    [found] = suggest_areas(content, monkeypatch)
    assert [each["slug"] for each in found["astronomy"]] == ["active-galactic-nuclei", "galaxies"]


def test_it_needs_no_database_and_answers_line_by_line() -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "SECRET_KEY": "a-key-for-tests",
        "PYTHONIOENCODING": "ascii",
    }
    with subprocess.Popen(
        [sys.executable, "manage.py", "suggest_areas"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write('{"title": "é GANs of galaxies"}\n'.encode())
        process.stdin.flush()
        found = json.loads(process.stdout.readline())
        assert [each["slug"] for each in found["ml"]] == ["generative-adversarial-networks"]
        process.stdout.close()
        process.stdin.write(b'{"title": "more"}\n')
        process.stdin.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)
