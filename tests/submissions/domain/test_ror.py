import pytest

from submissions.domain.ror import RorNotValid, normalise


@pytest.mark.parametrize(
    "text",
    ["01qtasp15", "ror.org/01qtasp15", "https://ror.org/01qtasp15/", " HTTPS://ROR.ORG/01QTASP15 "],
)
def test_any_usual_form(text: str) -> None:
    assert normalise(text) == "https://ror.org/01qtasp15"


def test_nothing_stays_nothing() -> None:
    assert normalise(" ") == ""


@pytest.mark.parametrize("text", ["01qtasp16", "01qtapp15", "0lqtasp15", "11qtasp15", "01qtasp1"])
def test_a_wrong_character_is_noticed(text: str) -> None:
    with pytest.raises(RorNotValid):
        normalise(text)
