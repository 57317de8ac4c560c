import pytest

from submissions.domain import email_kinds as kinds
from submissions.domain.email_kinds import PLACEHOLDERS, EmailKind, KindTaken, Origin, email_kind
from submissions.domain.lifecycle import DECISIONS


def test_every_decision_has_a_kind() -> None:
    for decision in DECISIONS:
        assert email_kind(f"decision_{decision}") is not None


@pytest.mark.parametrize("kind", kinds.email_kinds(), ids=lambda kind: kind.name)
def test_a_kind_names_known_placeholders_and_has_what_it_must_have(kind: EmailKind) -> None:
    assert set(kind.must_have) <= set(kind.placeholders) <= set(PLACEHOLDERS)
    assert len(set(kind.placeholders)) == len(kind.placeholders)
    assert len(kind.name) <= 40


def test_only_our_own_words_and_the_organisers_may_be_links() -> None:
    by_people = {name for name, each in PLACEHOLDERS.items() if each.origin is Origin.PEOPLE}
    of_persons = {name for name in PLACEHOLDERS if name.endswith(("_name", "_authors", "_title"))}
    assert by_people == (of_persons - {"meeting_name"}) | {"answer_reason"}


def test_a_coauthor_is_not_given_the_link_that_changes_the_talk() -> None:
    kind = email_kind("coauthor_notice")
    assert kind is not None
    assert "private_link" not in kind.placeholders


def test_an_app_above_adds_a_kind_of_its_own_and_none_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    moved = EmailKind("slot_moved", "moved", "When a slot moves.", "sessions/emails/moved.txt")
    kinds.register(moved)
    assert email_kind("slot_moved") is moved
    with pytest.raises(KindTaken):
        kinds.register(moved)
