"""Nobody comes to know what is not for them, by any address, link, form, header or count."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from sessions.snapshots import forget_published
from submissions.domain.lifecycle import Action
from submissions.models import Affiliation, Talk
from submissions.operations import deciding
from submissions.operations.indexing import reindex
from submissions.views import review
from tests.make import NOW
from tests.personas.crawling import crawl
from tests.personas.matrix import Answer, ask
from tests.personas.world import PERSONAS, SECRETS, World, not_for, secrets_in

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def met(answers: Mapping[str, Answer]) -> set[str]:
    return secrets_in("\n".join(given.text for given in answers.values()))


def test_every_secret_is_met_by_those_who_may_know_it_and_by_nobody_else(world: World) -> None:
    found: dict[str, set[str]] = {secret: set() for secret in SECRETS}
    for who in set(PERSONAS) - {"superuser"}:
        for secret in met(crawl(world, who)):
            found[secret].add(who)
    assert found == {name: set(s.known_to) - {"superuser"} for name, s in SECRETS.items()}


def test_a_leak_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "may_see_authors", lambda _user, _meeting: True)
    leaked = met(crawl(world, "reviewer")) & not_for("reviewer")
    assert leaked == {"name of a blind author", "institute of a blind author"}


def test_asking_for_the_head_alone_tells_no_more(world: World) -> None:
    pages = crawl(world, "anonymous")
    heads = {address: ask(world.client("anonymous"), "HEAD", address).response for address in pages}
    assert {address: head.status_code for address, head in heads.items()} == {
        address: page.response.status_code for address, page in pages.items()
    }
    assert [address for address, head in heads.items() if head.getvalue()] == []
    headers = "\n".join(f"{name}: {value}" for h in heads.values() for name, value in h.items())
    assert secrets_in(headers) == set()


# --- Two worlds that differ in one secret answer alike ----------------------------------------


def prepare_another_decision(world: World) -> None:
    Talk.objects.filter(pk=world.sky.talk.pk).update(
        prepared_decision="", prepared_at=None, prepared_by=None, prepared_note=""
    )


def let_somebody_else_be_the_author(world: World) -> None:
    """With everything that follows from it: the index for searching, the order of names."""
    person = world.sky.speaker
    person.given_name, person.family_name = "Aaron", "Aardvark"
    person.email, person.orcid = "aaron@example.net", ""
    person.save()
    Affiliation.objects.filter(authorship__speaker=person).update(name="Another institute")
    reindex(world.sky.talk)


def add_a_draft(world: World) -> None:
    talk = Talk.objects.get(pk=world.draft.pk)
    talk.pk, talk.code = None, "DRAFTS"
    talk.save()
    talk.authors.through.objects.create(talk=talk, speaker=world.sky.speaker, position=1)


_CHANCE = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|csrftoken=\w+|(?<=name="submit_key" value=")[\w-]+'
    # What a new passkey signs; the key of a new authenticator app and its picture of any length.
    r'|(?<="challenge": ")[\w-]+|(?<=svg\+xml;base64,)[\w+/=]+|(?<=<code>)[A-Z2-7]{32}'
    r"|(?<=Content-Length: )\d+"
)


def compared(answers: Mapping[str, Answer]) -> dict[str, tuple[str, int]]:
    """What must not differ: every byte but tokens made by chance, and the work that was done."""
    return {
        address: (_CHANCE.sub("(chance)", given.text), given.statements)
        for address, given in answers.items()
    }


def differing(world: World, who: str, *changes: Callable[[World], None]) -> list[str]:
    """The addresses at which this visitor could tell that the world was changed."""
    forget_published()
    before = compared(crawl(world, who))
    for change in changes:
        change(world)
    forget_published()
    after = compared(crawl(world, who))
    return [
        address
        for address in before.keys() | after.keys()
        if before.get(address) != after.get(address)
    ]


def test_a_blind_reviewer_cannot_tell_authors_decisions_and_drafts(world: World) -> None:
    changes = [prepare_another_decision, let_somebody_else_be_the_author, add_a_draft]
    assert differing(world, "reviewer", *changes) == []


def test_a_speaker_cannot_tell_that_a_decision_is_prepared(world: World) -> None:
    assert differing(world, "owner", prepare_another_decision, add_a_draft) == []


def prepare_for_somebody_signed_in(world: World) -> None:
    talk = Talk.objects.get(title="By account")
    organiser = world.users["organiser"]
    deciding.prepare(talk, decision=Action.REJECT, note="Thinkagain", by=organiser, at=NOW)


def test_a_speaker_who_signed_in_cannot_tell_that_a_decision_is_prepared(world: World) -> None:
    """In the list of their talks, in versions, in the data that they take away: nowhere."""
    assert differing(world, "speaker", prepare_for_somebody_signed_in) == []


def test_a_leak_without_words_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is shown, but something is missing."""
    honest = review._to_review

    def only_undecided(request: Any, slug: str) -> Any:
        meeting, talks = honest(request, slug)
        return meeting, talks.filter(prepared_decision="")

    monkeypatch.setattr(review, "_to_review", only_undecided)
    found = differing(world, "reviewer", prepare_another_decision)
    assert "/sky/review/" in found


# --- Searching --------------------------------------------------------------------------------


SEARCHES = {
    "anonymous": ["/sky/programme/"],
    "reviewer": ["/sky/review/", "/sky/programme/"],
    "stranger": [f"/admin/submissions/{model}/" for model in ("talk", "speaker", "email")],
}


@pytest.mark.parametrize("who", SEARCHES)
def test_searching_for_a_secret_is_like_searching_for_anything(world: World, who: str) -> None:
    """The same page by the same number of statements: a search is no oracle."""
    client, oracles = world.client(who), []
    for path in SEARCHES[who]:
        ask(client, "GET", path)  # whatever is kept in memory is there from now on
        nothing = found_by(ask(client, "GET", f"{path}?q=Qqq"), "Qqq")
        for secret in sorted(not_for(who)):
            word = SECRETS[secret].word
            found = found_by(ask(client, "GET", f"{path}?q={quote(word)}"), word)
            oracles += [f"{path}: {secret}"] * (found != nothing)
    assert oracles == []


def test_a_search_that_finds_something_is_told_apart(world: World) -> None:
    answers = {
        word: ask(world.client("organiser"), "GET", f"/admin/submissions/talk/?q={word}")
        for word in ("Zanthorpe", "Qqq")
    }
    assert len({found_by(given, word) for word, given in answers.items()}) == 2


def found_by(given: Answer, word: str) -> tuple[str, int]:
    """What must not differ, without the word that was searched for."""
    text = re.sub(r"Content-Length: \d+", "", _CHANCE.sub("(chance)", given.text))
    for form in (quote(quote(word)), quote(word), word):
        text = text.replace(form, "(word)")
    return text, given.statements


@pytest.mark.parametrize(
    "question",
    [
        "submissions/talk/?decided_by__email__startswith=o",
        "submissions/speaker/?user__password__startswith=m",
        "submissions/email/?talk__meeting__slug=far",
        "submissions/meeting/?memberships__user__email__startswith=o",
        "programme/room/?meeting__memberships__user__password__startswith=m",
        "programme/session/?chairs__user__is_superuser=1",
    ],
)
def test_a_list_is_not_filtered_by_what_it_does_not_show(world: World, question: str) -> None:
    """Letter by letter, a filter would tell a password's hash by the number of rows."""
    assert ask(world.client("organiser"), "GET", f"/admin/{question}").word == "400"
