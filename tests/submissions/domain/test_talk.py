from submissions.domain.talk import Author, AuthorLine


def author(slug: str, *affiliations: str) -> Author:
    return Author(slug, slug.title(), "Made-Up", affiliations=affiliations)


def marks(line: AuthorLine) -> list[tuple[int, ...]]:
    return [marked.marks for marked in line.authors]


def test_institutes_are_numbered_as_they_first_appear() -> None:
    line = AuthorLine.of([author("ada", "Beta", "Alpha"), author("bo", "Alpha", "Gamma")])
    assert line.affiliations == ("Beta", "Alpha", "Gamma")
    assert marks(line) == [(1, 2), (2, 3)]


def test_one_institute_for_everybody_needs_no_numbers() -> None:
    line = AuthorLine.of([author("ada", "Alpha"), author("bo", "Alpha")])
    assert (line.affiliations, marks(line), line.has_marks) == (("Alpha",), [(), ()], False)


def test_one_institute_of_some_is_numbered() -> None:
    line = AuthorLine.of([author("ada", "Alpha"), author("bo")])
    assert (line.affiliations, marks(line), line.has_marks) == (("Alpha",), [(1,), ()], True)


def test_names_are_shown_given_first_and_indexed_family_first() -> None:
    one = Author("x", "", "Plato")
    assert (author("ada").name, author("ada").index_name) == ("Ada Made-Up", "Made-Up, Ada")
    assert (one.name, one.index_name) == ("Plato", "Plato")


def test_an_orcid_is_shown_as_its_address() -> None:
    with_orcid = Author("x", "Ada", "Made-Up", orcid="000000021694233X")
    assert with_orcid.orcid_uri == "https://orcid.org/0000-0002-1694-233X"
    assert author("bo").orcid_uri == ""
