from pathlib import Path

from submissions.domain.lifecycle import TRANSITIONS
from submissions.exports.lifecycle import markdown

PAGE = Path(__file__).resolve().parents[3] / "docs" / "lifecycle.md"


def test_the_documented_lifecycle_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run: python manage.py write_lifecycle"


def test_every_step_of_the_table_is_an_arrow() -> None:
    arrows = [line for line in markdown().splitlines() if "-->" in line and "[*]" not in line]
    assert len(arrows) == sum(len(transition.sources) for transition in TRANSITIONS.values())
    assert "    submitted --> accepted: accept" in arrows
