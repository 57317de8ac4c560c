import pytest

from submissions.domain.orcid import OrcidNotValid, check_character, hyphenated, normalise


@pytest.mark.parametrize(
    "text",
    [
        "000000021825" + "0097",
        "0000-0002-1825-0097",
        " 0000-0002-1825-0097 ",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000-0002-1825-0097",
        "0000‐0002‐1825‐0097",
    ],
)
def test_every_way_of_writing_an_orcid_gives_the_bare_characters(text: str) -> None:
    assert normalise(text) == "0000000218250097"


def test_the_last_character_may_be_x_in_either_case() -> None:
    assert normalise("0000-0002-1694-233x") == "000000021694233X"


def test_no_orcid_stays_empty() -> None:
    assert normalise("  ") == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0000-0002-1825-0098", "mistyped"),
        ("0000-0002-1825-009", "sixteen"),
        ("https://example.org/0000-0002-1825-0097", "sixteen"),
        ("٠٠٠٠-0002-1825-0097", "sixteen"),
        ("ada@example.org", "sixteen"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(OrcidNotValid, match=reason):
        normalise(text)


def test_the_check_character_of_the_two_published_examples() -> None:
    assert [check_character("000000021825009"), check_character("000000021694233")] == ["7", "X"]


def test_people_read_it_in_groups_of_four() -> None:
    assert hyphenated("000000021694233X") == "0000-0002-1694-233X"
