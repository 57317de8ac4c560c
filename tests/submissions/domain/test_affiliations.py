import pytest

from submissions.domain.affiliations import read_affiliations, written_affiliations
from submissions.domain.proposal import ProposedAffiliation, typed_affiliations

ESO = ProposedAffiliation("European Southern Observatory", "https://ror.org/01qtasp15")


def test_one_on_each_line_or_between_semicolons_and_each_once() -> None:
    assert read_affiliations(" Here \n\nThere;  Over   there; Here") == typed_affiliations(
        "Here", "There", "Over there"
    )


@pytest.mark.parametrize(
    "text",
    [
        "European Southern Observatory (https://ror.org/01qtasp15)",
        "European Southern Observatory, https://ror.org/01QTASP15",
        "European Southern Observatory [ror.org/01qtasp15]",
    ],
)
def test_an_identifier_behind_the_name_is_the_institutes(text: str) -> None:
    assert read_affiliations(text) == (ESO,)


@pytest.mark.parametrize(
    "text", ["ESO (https://ror.org/01qtasp16)", "https://ror.org/01qtasp15", "See ror.org/about"]
)
def test_what_is_no_identifier_stays_text(text: str) -> None:
    assert read_affiliations(text) == typed_affiliations(text)


def test_what_is_written_is_read_back() -> None:
    affiliations = (ESO, ProposedAffiliation("Institut d'Été (ABC)"))
    assert read_affiliations(written_affiliations(affiliations)) == affiliations
