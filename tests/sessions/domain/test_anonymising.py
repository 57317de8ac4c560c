"""One person taken out of the content of a release."""

from typing import Any

from sessions.domain.anonymising import codes_in, people_in, without_person

ADA = {
    "slug": "ada-lovelace",
    "given_name": "Ada",
    "family_name": "Lovelace",
    "orcid": "0000000218250097",
    "affiliations": ["Engines"],
    "is_presenting": True,
}
MARY = {"slug": "mary-byron", "given_name": "Mary", "family_name": "Byron"}
CONTENT: dict[str, Any] = {
    "version": 1,
    "meeting": {"slug": "ada-lovelace", "name": "A meeting with her address"},
    "sessions": [
        {
            "chairs": [{**ADA}, MARY],
            "slots": [
                {"talk": {"code": "ABC234", "title": "By Ada Lovelace", "authors": [ADA, MARY]}},
                {"kind": "break"},
            ],
        }
    ],
}


def clean(text: str) -> str:
    return text.replace("Ada Lovelace", "Nobody")


def test_the_person_has_a_new_name_everywhere_and_nothing_else() -> None:
    found = without_person(CONTENT, "ada-lovelace", new_slug="nobody", name="Nobody", clean=clean)
    nobody = {"slug": "nobody", "given_name": "", "family_name": "Nobody", "is_presenting": True}
    assert found == {
        "version": 1,
        "meeting": {"slug": "ada-lovelace", "name": "A meeting with her address"},
        "sessions": [
            {
                "chairs": [nobody, MARY],
                "slots": [
                    {"talk": {"code": "ABC234", "title": "By Nobody", "authors": [nobody, MARY]}},
                    {"kind": "break"},
                ],
            }
        ],
    }


def test_the_content_that_was_given_stays_as_it_is() -> None:
    before = repr(CONTENT)
    without_person(CONTENT, "ada-lovelace", new_slug="nobody", name="Nobody", clean=clean)
    assert repr(CONTENT) == before


def test_people_and_talks_are_found_however_deep() -> None:
    assert people_in(CONTENT) == {"ada-lovelace", "mary-byron"}
    assert codes_in(CONTENT) == {"ABC234"}
