import pytest

from submissions.domain.author_lists.personal_names import split_name
from submissions.domain.author_lists.values import Doubt


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Jane Doe", "Jane", "Doe"),
        ("J. K. Doe", "J. K.", "Doe"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Vincent Van Gogh", "Vincent", "Van Gogh"),
        ("Maria de la Cruz García", "Maria", "de la Cruz García"),
        ("Catherine d’Ignazio", "Catherine", "d’Ignazio"),
        ("Jane DOE-SMITH", "Jane", "DOE-SMITH"),
        ("LÓPEZ FERNÁNDEZ Ana", "Ana", "LÓPEZ FERNÁNDEZ"),
        ("John Smith Jr.", "John", "Smith Jr."),
        ("Sally O'Neill", "Sally", "O'Neill"),
        ("jane mcdonald", "jane", "mcdonald"),
        ("张伟", "", "张伟"),
    ],
)
def test_what_is_sure(name: str, given: str, family: str) -> None:
    assert split_name(name) == (given, family, [])


@pytest.mark.parametrize(
    ("name", "given", "family", "doubt"),
    [
        ("Plato", "", "Plato", Doubt.ONE_WORD),
        ("Ana María López Fernández", "Ana María López", "Fernández", Doubt.FAMILY_NAME),
        ("Smith J. K.", "J. K.", "Smith", Doubt.ORDER),
        ("山田 太郎", "山田", "太郎", Doubt.FAMILY_NAME),
    ],
)
def test_what_is_guessed(name: str, given: str, family: str, doubt: Doubt) -> None:
    assert split_name(name) == (given, family, [doubt])
