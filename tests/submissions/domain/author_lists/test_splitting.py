"""Author lists as they stand in papers, mails and spreadsheets, and what becomes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.domain.author_lists import Doubt, Note, SplitAuthor, split_author_list


def names(text: str) -> list[tuple[str, str]]:
    return [(one.given_name, one.family_name) for one in split_author_list(text).authors]


def places(text: str) -> list[tuple[str, ...]]:
    return [one.affiliations for one in split_author_list(text).authors]


JANE, JOHN = ("Jane", "Doe"), ("John", "Smith")


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe, John Smith",
        "Jane Doe and John Smith",
        "Jane Doe & John Smith",
        "Jane Doe; John Smith",
        "Doe, Jane; Smith, John",
        "Jane Doe\nJohn Smith",
        "Doe, Jane\nSmith, John",
        "1. Jane Doe\n2. John Smith",
        "Jane Doe,\nJohn Smith",
        "Jane DOE, John SMITH",
        "Jane Doe \\and John Smith",
        "Jane Doe <jane@example.org>; John Smith <john@example.org>",
        "- Jane Doe\n- John Smith",
    ],
)
def test_two_authors_however_they_are_separated(text: str) -> None:
    found = [(given, family.capitalize()) for given, family in names(text)]
    assert found == [JANE, JOHN]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe^1,2, John Smith^2 ; ^1 Inst One ^2 Inst Two",
        "Jane Doe¹,², John Smith²\n¹ Inst One\n² Inst Two",
        "Jane Doe1,2, John Smith2\n1 Inst One\n2 Inst Two",
        "Jane Doe (1,2), John Smith (2)\n(1) Inst One\n(2) Inst Two",
        "Jane Doe (1,2), John Smith (2); (1) Inst One; (2) Inst Two",
        "Jane Doe [1,2] and John Smith [2]\n[1] Inst One\n[2] Inst Two",
        "Jane Doe$^{1,2}$, John Smith$^{2}$\n$^{1}$Inst One\n$^{2}$Inst Two",
        "Jane Doe<sup>1,2</sup>, John Smith<sup>2</sup><br>1. Inst One<br>2. Inst Two",
        "Jane Doe\\inst{1,2} \\and John Smith\\inst{2}\n1 Inst One\n2 Inst Two",
        "Jane Doe (Inst One; Inst Two), John Smith (Inst Two)",
    ],
)
def test_marks_lead_to_institutes(text: str) -> None:
    assert names(text) == [JANE, JOHN]
    assert places(text) == [("Inst One", "Inst Two"), ("Inst Two",)]
    assert [one.doubts for one in split_author_list(text).authors] == [(), ()]


def test_an_institute_in_brackets_may_hold_brackets_and_numbers() -> None:
    text = "A. Author (Inst. 1), Jane Doe (Institute (ABC), Town)"
    assert places(text) == [("Inst. 1",), ("Institute (ABC), Town",)]


def test_one_institute_below_an_empty_line_is_everybodys() -> None:
    text = "Jane Doe\nJohn Smith\n\nInstitute of Stars, Town"
    assert places(text) == [("Institute of Stars, Town",)] * 2


def test_an_institute_behind_a_comma_is_taken_for_one_and_said_to_be() -> None:
    authors = split_author_list("Jane Doe, Institute of Stars\nJohn Smith, University of X").authors
    assert [(one.affiliations, one.doubts) for one in authors] == [
        (("Institute of Stars",), (Doubt.INSTITUTE,)),
        (("University of X",), (Doubt.INSTITUTE,)),
    ]


def test_a_mark_without_an_institute_and_an_institute_without_an_author_are_told() -> None:
    found = split_author_list("Jane Doe1, John Smith3\n1 Inst One\n2 Inst Two")
    assert [one.doubts for one in found.authors] == [(), (Doubt.MARK,)]
    assert (found.notes, found.unused) == ((Note.UNUSED,), ("Inst Two",))


@pytest.mark.parametrize(
    "orcid",
    ["0000-0002-1825-0097", "0000000218250097", "https://orcid.org/0000-0002-1825-0097"],
)
def test_addresses_and_orcids_belong_to_the_name_before_them(orcid: str) -> None:
    for text in (
        f"Jane Doe (jane@example.org, {orcid}), John Smith",
        f"Jane Doe [{orcid}] <jane@example.org>, John Smith",
        f"Doe, Jane, jane@example.org, ORCID: {orcid}; Smith, John",
    ):
        jane, john = split_author_list(text).authors
        assert (jane.given_name, jane.family_name, jane.email) == (
            "Jane",
            "Doe",
            "jane@example.org",
        )
        assert jane.orcid in (orcid, orcid.rpartition("/")[2])
        assert (john.given_name, john.family_name, john.email, john.orcid) == (
            "John",
            "Smith",
            "",
            "",
        )


def test_a_mistyped_orcid_is_kept_and_doubted() -> None:
    [author] = split_author_list("Jane Doe (0000-0002-1825-0098)").authors
    assert (author.orcid, author.doubts) == ("0000-0002-1825-0098", (Doubt.ORCID,))


def test_the_asterisk_presents_unless_it_is_said_to_correspond() -> None:
    plain = split_author_list("Jane Doe*, John Smith")
    assert [one.is_presenting for one in plain.authors] == [True, False]
    assert plain.notes == (Note.ASTERISK,)
    said = split_author_list("Jane Doe1*, John Smith1\n1 Inst One\n* presenting author")
    assert ([one.is_presenting for one in said.authors], said.notes) == ([True, False], ())
    corresponding = split_author_list(
        "Jane Doe1*, John Smith1\n1 Inst One\n* Corresponding author: jane@example.org"
    )
    assert [(one.is_presenting, one.email) for one in corresponding.authors] == [
        (False, "jane@example.org"),
        (False, ""),
    ]
    assert corresponding.notes == (Note.CORRESPONDING,)
    bracket = split_author_list("Jane Doe (presenting), John Smith (she/her)").authors
    assert [(one.is_presenting, one.affiliations) for one in bracket] == [(True, ()), (False, ())]


@pytest.mark.parametrize(
    ("text", "collaboration"),
    [
        ("Jane Doe, John Smith for the Euclid Consortium", "Euclid Consortium"),
        ("Jane Doe, John Smith, on behalf of the DES Collaboration", "DES Collaboration"),
        ("Jane Doe, John Smith (on behalf of HARPS-N)", "HARPS-N"),
        ("Jane Doe, John Smith, The LSST Science Collaboration", "LSST Science Collaboration"),
    ],
)
def test_a_collaboration_is_no_author(text: str, collaboration: str) -> None:
    assert names(text) == [JANE, JOHN]
    assert split_author_list(text).collaboration == collaboration


def test_an_institute_for_something_is_no_collaboration() -> None:
    text = "Jane Doe (Institute for the Physics and Mathematics of the Universe)"
    assert split_author_list(text).collaboration == ""


def test_others_are_told_of() -> None:
    found = split_author_list("Jane Doe, John Smith, et al.")
    assert (names("Jane Doe, John Smith et al."), found.notes) == ([JANE, JOHN], (Note.ET_AL,))


def test_pairs_of_family_names_and_initials() -> None:
    text = "Smith, J., Doe, J. K., Roe, R. and van Dam, A.-M."
    assert names(text) == [("J.", "Smith"), ("J. K.", "Doe"), ("R.", "Roe"), ("A.-M.", "van Dam")]
    assert not any(one.doubts for one in split_author_list(text).authors)


def test_a_single_family_name_given_name_is_a_guess() -> None:
    assert split_author_list("Doe, Jane").authors == (
        SplitAuthor("Jane", "Doe", doubts=(Doubt.ORDER,)),
    )


def test_suffixes_stay_with_the_family_name() -> None:
    assert names("John Smith Jr., Henry Ford III") == [("John", "Smith Jr."), ("Henry", "Ford III")]
    assert names("Smith, John, Jr.; Doe, Jane") == [("John", "Smith Jr."), JANE]


def test_mixed_scripts_and_leftover_digits_are_hints() -> None:
    [author] = split_author_list("Jаne Doe").authors
    assert (author.given_name, author.doubts) == ("Jаne", (Doubt.SCRIPTS,))
    [author] = split_author_list("R2D2x").authors
    assert (author.family_name, set(author.doubts)) == ("R2D2x", {Doubt.ONE_WORD, Doubt.DIGITS})


def test_five_thousand_authors_with_institutes_are_read() -> None:
    listed = ", ".join(f"Ana Bo{chr(97 + n % 26)}^{n % 300 + 1}" for n in range(5000))
    below = "\n".join(f"{n + 1} Institute Number {n}" for n in range(300))
    found = split_author_list(f"{listed}\n{below}")
    assert (len(found.authors), found.notes) == (5000, ())
    assert found.authors[299].affiliations == ("Institute Number 299",)


# Work that grew with the square of the length would not come back from these.
@pytest.mark.thorough
@pytest.mark.parametrize("piece", ["a\n", "(", "^1", "for the ", "a@"])
def test_a_megabyte_of_anything_is_read(piece: str) -> None:
    found = split_author_list(piece * (1_000_001 // len(piece) + 1))
    assert Note.CUT in found.notes


@given(st.text(alphabet="Aa1é张,;.&*^()[]@<>\n\t \x01\x02\x03 ¹²0-X/", max_size=200))
def test_nothing_is_an_error_and_nothing_inside_shows(text: str) -> None:
    for author in split_author_list(text).authors:
        shown = "".join((author.given_name, author.family_name, *author.affiliations))
        assert not set(shown) & set("\x01\x02\x03\x04")
        assert author.family_name
