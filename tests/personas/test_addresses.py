"""The matrix of addresses and visitors holds, and nothing is missing from it."""

import re

import pytest

from tests.personas.addresses import Addresses, all_addresses, posted
from tests.personas.matrix import Answer, Row, ask, matrix
from tests.personas.world import PERSONAS, World, not_for, secrets_in

pytestmark = pytest.mark.django_db

REFUSED = {"404", "403", "index"}


def answer(world: World, row: Row, who: str, path: str) -> Answer:
    data = posted(world, row.name, row.about) if row.method == "POST" else None
    return ask(world.client(who), row.method, path, data)


@pytest.mark.parametrize("section", matrix())
def test_everybody_is_answered_as_the_matrix_says(world: World, section: str) -> None:
    addresses = Addresses(world)
    surprises = []
    for row, words in matrix()[section].items():
        path = addresses.path(row.name, row.about)
        answers = {who: answer(world, row, who, path) for who in PERSONAS}
        found = " ".join(given.word for given in answers.values())
        if found != " ".join(words.values()):
            surprises.append(f"{row}: {found}")
        surprises += [
            f"{row}: {who} writes to {set(given.written)}"
            for who, given in answers.items()
            if wrote_unasked(row, given)
        ]
        surprises += [
            f"{row}: {who} learns the {secret}"
            for who, given in answers.items()
            for secret in secrets_in(given.text) & not_for(who)
        ]
    assert not surprises, "\n".join(surprises)


def wrote_unasked(row: Row, given: Answer) -> bool:
    """Looking changes nothing, and neither does what is refused or sent back to be corrected."""
    return bool(given.written) and (row.method == "GET" or given.word != "done")


@pytest.mark.parametrize("section", matrix())
def test_what_is_refused_looks_like_what_does_not_exist(world: World, section: str) -> None:
    """Status, address, headers and body: nobody can find out what there is by asking for it."""
    addresses = Addresses(world)
    different = []
    for row, words in matrix()[section].items():
        refused = [who for who in PERSONAS if words[who] in REFUSED]
        if row.about == "-" or not refused:
            continue
        path, missing = (
            addresses.path(row.name, row.about),
            addresses.missing(row.name, row.about),
        )
        for who in refused:
            real, absent = (answer(world, row, who, each) for each in (path, missing))
            if without(real, path) != without(absent, missing):
                different.append(f"{who}: {row}")
    assert not different, "\n".join(different)


def without(given: Answer, path: str) -> str:
    """What was answered, without what the asker had to know: the address, and the key in it."""
    keys = re.findall(r"\d+|[A-Z0-9]{6}", path)
    text = given.text.replace(path, "(address)")
    for key in keys:
        text = text.replace(f"“{key}”", "“(key)”")
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+|csrftoken=\w+', r"\1", text)


def test_every_address_is_in_the_matrix_and_the_other_way_round() -> None:
    names = {name for name, _route in all_addresses()}
    for method in ("GET", "POST"):
        listed = {row.name for rows in matrix().values() for row in rows if row.method == method}
        assert listed == names


def test_nothing_is_done_for_a_page_of_another_site(world: World) -> None:
    """No view is exempt from the check that a form comes from our own page."""
    addresses = Addresses(world)
    careless = []
    for rows in matrix().values():
        for row, words in rows.items():
            if row.method == "POST" and words["superuser"] == "done":
                client = world.client("superuser")
                client.handler.enforce_csrf_checks = True
                data = posted(world, row.name, row.about)
                given = ask(client, "POST", addresses.path(row.name, row.about), data)
                careless += [str(row)] * (given.word != "403")
    assert not careless, "\n".join(careless)
