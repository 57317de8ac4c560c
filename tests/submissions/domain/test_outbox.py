import pytest

from submissions.domain.outbox import BY_ORGANISERS, STEPS, EmailAction, EmailState, actions_on

S, A = EmailState, EmailAction


def test_every_action_has_a_step_and_every_state_can_be_reached() -> None:
    assert set(STEPS) == set(EmailAction)
    begun_in = {S.HELD, S.QUEUED}
    assert begun_in | {step.target for step in STEPS.values()} == set(EmailState)


@pytest.mark.parametrize("state", [S.SENT, S.DISCARDED])
def test_what_is_sent_or_discarded_stays_so(state: EmailState) -> None:
    assert not [action for action, step in STEPS.items() if state in step.sources]


def test_organisers_leave_alone_what_is_being_sent() -> None:
    assert {state: actions_on(state) for state in EmailState} == {
        S.HELD: (A.SEND, A.EDIT, A.DISCARD),
        S.QUEUED: (A.SEND, A.HOLD, A.DISCARD),
        S.SENDING: (),
        S.SENT: (),
        S.FAILED: (A.SEND, A.HOLD, A.DISCARD),
        S.DISCARDED: (),
    }
    assert set(BY_ORGANISERS) == {A.SEND, A.HOLD, A.EDIT, A.DISCARD}
