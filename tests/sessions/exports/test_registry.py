import pytest

from sessions.exports.registry import BY_EXTENSION, EXPORTS, Export
from tests.sessions.domain.programmes import PROGRAMME
from tests.sessions.exports.files import ADDRESSES


def test_formats_are_found_by_name_and_by_extension() -> None:
    assert {name: export.extension for name, export in EXPORTS.items()} == {
        "markdown": "md",
        "html": "html",
        "ical": "ics",
        "csv": "csv",
    }
    assert list(BY_EXTENSION.values()) == list(EXPORTS.values())


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_the_same_programme_gives_the_same_bytes(export: Export) -> None:
    assert export.render(PROGRAMME, ADDRESSES) == export.render(PROGRAMME, ADDRESSES)
