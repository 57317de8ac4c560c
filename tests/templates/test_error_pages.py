"""Pages for when something is wrong say what to do next and need nothing that may be broken."""

from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import RequestFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["400", "500"])
def test_page_of_a_broken_server_needs_no_request_and_no_list_of_static_files(name: str) -> None:
    source = (ROOT / "templates" / f"{name}.html").read_text(encoding="utf-8")
    frame = (ROOT / "templates" / "bare.html").read_text(encoding="utf-8")
    assert '{% extends "bare.html" %}' in source
    assert "load static" not in source + frame
    assert '<a href="/">All meetings</a>' in get_template(f"{name}.html").render()


@pytest.mark.parametrize("name", ["400", "500"])
def test_plainly_named_stylesheets_exist(name: str) -> None:
    page = get_template(f"{name}.html").render()
    named = [part.split('"')[0] for part in page.split('href="/static/')[1:]]
    assert named != []
    assert [path for path in named if not (ROOT / "static" / path).is_file()] == []


@pytest.mark.parametrize(
    ("name", "next_step"),
    [
        ("403", "sign in and open the page again"),
        ("403_csrf", "Reload that page"),
        ("404", "copy the whole link"),
    ],
)
def test_page_of_a_refusal_says_what_to_do(name: str, next_step: str) -> None:
    assert next_step in get_template(f"{name}.html").render({}, RequestFactory().get("/x/"))
